import type { Pixels } from "../media/pixels.ts";
import type { Line } from "./line.ts";

export interface CellSize {
  readonly columns: number;
  readonly rows: number;
}

/** How many cells a picture takes, in at most so many: a cell is twice as high as wide. */
export function thumbnailSize({ width, height }: Pixels, columns: number, mostRows: number): CellSize {
  const scale = Math.min(columns / width, (mostRows * 2) / height);
  return {
    columns: Math.max(1, Math.round(width * scale)),
    rows: Math.max(1, Math.round((height * scale) / 2)),
  };
}

/** A picture in half blocks: each character holds two pixels, one above the other. */
export function thumbnailRows(picture: Pixels, columns: number, mostRows: number): Line[] {
  const { columns: width, rows } = thumbnailSize(picture, columns, mostRows);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: width }, (_, column) => ({
      text: "▀",
      style: {
        fore: meanColour(picture, column, row * 2, width, rows * 2),
        back: meanColour(picture, column, row * 2 + 1, width, rows * 2),
      },
    })),
  );
}

/** The mean of the source pixels under one cell, as 0xrrggbb. */
function meanColour({ width, height, data }: Pixels, x: number, y: number, columns: number, rows: number) {
  const left = Math.floor((x * width) / columns);
  const right = Math.max(left + 1, Math.floor(((x + 1) * width) / columns));
  const top = Math.floor((y * height) / rows);
  const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / rows));
  const sum = [0, 0, 0] as [number, number, number];
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1)
      for (const channel of [0, 1, 2] as const)
        sum[channel] += data[(row * width + column) * 3 + channel] ?? 0;
  const count = (right - left) * (bottom - top);
  const [red, green, blue] = sum.map((value) => Math.round(value / count)) as [number, number, number];
  return (red << 16) | (green << 8) | blue;
}
