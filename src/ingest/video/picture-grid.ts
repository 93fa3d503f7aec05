import type { Pixels } from "../../media/pixels.ts";

/** Mean colours of a picture's fields, 0..255; three numbers a field, row by row. */
export interface PictureGrid {
  readonly columns: number;
  readonly rows: number;
  readonly colours: Float32Array;
}

/** Divides a picture into equal fields. One smaller than the grid gives its pixels more than once. */
export function pictureGrid(pixels: Pixels, columns: number, rows: number): PictureGrid {
  const { width, height, data } = pixels;
  const colours = new Float32Array(columns * rows * 3);
  for (let row = 0; row < rows; row += 1) {
    const top = start(row, rows, height);
    const bottom = Math.max(top + 1, start(row + 1, rows, height));
    for (let column = 0; column < columns; column += 1) {
      const left = start(column, columns, width);
      const right = Math.max(left + 1, start(column + 1, columns, width));
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let y = top; y < bottom; y += 1) {
        const end = (y * width + right) * 3;
        for (let at = (y * width + left) * 3; at < end; at += 3) {
          red += data[at]!;
          green += data[at + 1]!;
          blue += data[at + 2]!;
        }
      }
      const count = (bottom - top) * (right - left);
      const to = (row * columns + column) * 3;
      colours[to] = red / count;
      colours[to + 1] = green / count;
      colours[to + 2] = blue / count;
    }
  }
  return { columns, rows, colours };
}

/** The first pixel of one of `count` equal parts. */
function start(part: number, count: number, length: number): number {
  return part === count ? length : Math.min(length - 1, Math.floor((part * length) / count));
}

/** The picture at a smaller size, each pixel the mean of those it stands for. Returned as it is when it fits. */
export function shrink(pixels: Pixels, longestSide: number): Pixels {
  const scale = longestSide / Math.max(pixels.width, pixels.height);
  if (scale >= 1) return pixels;
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const { colours } = pictureGrid(pixels, width, height);
  // Clamping arrays round; they share their bytes with the plain kind.
  return { width, height, data: new Uint8Array(new Uint8ClampedArray(colours).buffer) };
}

/** Rec. 709 luma of every field, 0..255. */
export function gridLuma({ colours }: PictureGrid): Float32Array {
  const luma = new Float32Array(colours.length / 3);
  for (let field = 0; field < luma.length; field += 1) {
    luma[field] =
      0.2126 * colours[field * 3]! + 0.7152 * colours[field * 3 + 1]! + 0.0722 * colours[field * 3 + 2]!;
  }
  return luma;
}
