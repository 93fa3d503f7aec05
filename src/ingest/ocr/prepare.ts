import type { Sharp } from "sharp";
import type { RegionBox } from "../../media/activity-event.ts";
import type { Pixels } from "../../media/pixels.ts";
import { type Grey, histogram, percentile, toGrey } from "./grey.ts";
import { measureSkew, type Skew } from "./skew.ts";

const skewSide = 800;

/** The part of a picture inside `region` (fractions of it); at least one pixel, never beyond the edges. */
export function crop(pixels: Pixels, region: RegionBox): Pixels {
  const left = clamp(Math.floor(region.x * pixels.width), 0, pixels.width - 1);
  const top = clamp(Math.floor(region.y * pixels.height), 0, pixels.height - 1);
  const right = clamp(Math.ceil((region.x + region.width) * pixels.width), left + 1, pixels.width);
  const bottom = clamp(Math.ceil((region.y + region.height) * pixels.height), top + 1, pixels.height);
  const [width, height] = [right - left, bottom - top];
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * pixels.width + left) * 3;
    data.set(pixels.data.subarray(start, start + width * 3), row * width * 3);
  }
  return { width, height, data };
}

/** Shrinks so that the longer side is at most `longestSide`; in grey, since text needs no colour. */
export async function greyWithin(pixels: Pixels, longestSide: number): Promise<Grey> {
  return shrink(toGrey(pixels), longestSide);
}

export async function skewOf(grey: Grey): Promise<Skew> {
  return measureSkew(await shrink(grey, skewSide));
}

/** Turned clockwise, on a larger canvas filled with the picture's background. */
export async function rotate(grey: Grey, degrees: number): Promise<Grey> {
  const paper = median(grey);
  const background = { r: paper, g: paper, b: paper };
  return withSharp(grey, (picture) => picture.rotate(degrees, { background }));
}

export async function enlarge(grey: Grey, factor: number): Promise<Grey> {
  return withSharp(grey, (picture) =>
    picture.resize(Math.round(grey.width * factor), Math.round(grey.height * factor), {
      kernel: "cubic",
      fit: "fill",
    }),
  );
}

export async function denoise(grey: Grey): Promise<Grey> {
  return withSharp(grey, (picture) => picture.median(3));
}

/** A Gaussian of 1.2 pixels, then full contrast: what sensor noise takes from letters comes back. */
export async function smooth(grey: Grey): Promise<Grey> {
  return stretch(await withSharp(grey, (picture) => picture.blur(1.2)));
}

/** A margin in the paper's brightness: letters that touch the edge of a crop are not found. */
export function pad(grey: Grey, margin: number): Grey {
  const [width, height] = [grey.width + margin * 2, grey.height + margin * 2];
  const data = new Uint8Array(width * height).fill(median(grey));
  for (let row = 0; row < grey.height; row++) {
    const line = grey.data.subarray(row * grey.width, (row + 1) * grey.width);
    data.set(line, (row + margin) * width + margin);
  }
  return { width, height, data };
}

/** Spreads the brightness between the 1st and the 99th percentile over the whole range. */
export function stretch(grey: Grey): Grey {
  const counts = histogram(grey);
  const [low, high] = [percentile(counts, 0.01), percentile(counts, 0.99)];
  if (high - low < 4) return grey;
  return mapped(grey, (value) => ((value - low) * 255) / (high - low));
}

export function invert(grey: Grey): Grey {
  return mapped(grey, (value) => 255 - value);
}

/** Black where a pixel is clearly darker than the mean of its neighbourhood (Bradley and Roth, 2007). */
export function threshold(grey: Grey): Grey {
  const { width, height, data } = grey;
  const sums = integral(grey);
  const reach = Math.max(8, Math.round(Math.min(width, height) / 16));
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const row = width + 1;
      const sum =
        (sums[bottom * row + right] ?? 0) -
        (sums[top * row + right] ?? 0) -
        (sums[bottom * row + left] ?? 0) +
        (sums[top * row + left] ?? 0);
      const mean = sum / ((bottom - top) * (right - left));
      result[y * width + x] = (data[y * width + x] ?? 0) < mean * 0.85 ? 0 : 255;
    }
  }
  return { width, height, data: result };
}

function integral({ width, height, data }: Grey): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let line = 0;
    for (let x = 0; x < width; x++) {
      line += data[y * width + x] ?? 0;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + line;
    }
  }
  return sums;
}

/** The brightness of most of the picture: of the paper, where there is text. */
export function median(grey: Grey): number {
  return percentile(histogram(grey), 0.5);
}

function mapped(grey: Grey, change: (value: number) => number): Grey {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => change(value));
  return { ...grey, data: grey.data.map((value) => table[value] ?? 0) };
}

async function shrink(grey: Grey, longestSide: number): Promise<Grey> {
  if (Math.max(grey.width, grey.height) <= longestSide) return grey;
  return withSharp(grey, (picture) => picture.resize(longestSide, longestSide, { fit: "inside" }));
}

async function withSharp({ width, height, data }: Grey, change: (picture: Sharp) => Sharp): Promise<Grey> {
  const { default: sharp } = await import("sharp");
  const picture = sharp(data, { raw: { width, height, channels: 1 } });
  const result = await change(picture).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  return { width: result.info.width, height: result.info.height, data: new Uint8Array(result.data) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
