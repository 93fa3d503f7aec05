import type { Pixels } from "../../media/pixels.ts";

/** One byte of brightness a pixel, row by row. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Luma of ITU-R BT.601, in integers. */
export function toGrey(pixels: Pixels): Grey {
  const { width, height, data } = pixels;
  const grey = new Uint8Array(width * height);
  for (let index = 0, at = 0; index < grey.length; index++, at += 3) {
    grey[index] = (77 * (data[at] ?? 0) + 150 * (data[at + 1] ?? 0) + 29 * (data[at + 2] ?? 0) + 128) >> 8;
  }
  return { width, height, data: grey };
}

export function toPixels(grey: Grey): Pixels {
  const data = new Uint8Array(grey.data.length * 3);
  for (let index = 0, at = 0; index < grey.data.length; index++, at += 3) {
    data.fill(grey.data[index] ?? 0, at, at + 3);
  }
  return { width: grey.width, height: grey.height, data };
}

/** Portable grey map, binary: the cheapest picture file that Tesseract's reader takes. */
export function toPgm(grey: Grey): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${grey.width} ${grey.height}\n255\n`);
  const file = new Uint8Array(header.length + grey.data.length);
  file.set(header);
  file.set(grey.data, header.length);
  return file;
}

/** How many pixels have each brightness. */
export function histogram(grey: Grey): Uint32Array {
  const counts = new Uint32Array(256);
  for (const value of grey.data) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** The brightness below which `fraction` of the pixels lie. */
export function percentile(counts: Uint32Array, fraction: number): number {
  let total = 0;
  for (const count of counts) total += count;
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += counts[value] ?? 0;
    if (seen >= total * fraction) return value;
  }
  return 255;
}
