import type { Pixels } from "../media/pixels.ts";

export type Interpolation = "bilinear" | "bicubic";

/** Filters of `x` in output pixels; when shrinking they widen, so that every input pixel counts. */
const filters: Readonly<Record<Interpolation, { readonly support: number; weigh(x: number): number }>> = {
  bilinear: { support: 1, weigh: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, weigh: (x) => cubic(Math.abs(x)) },
};

/** Keys (1981) with a = −0.5, as Pillow has it. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

interface Taps {
  /** First input pixel of each output pixel. */
  readonly starts: Int32Array;
  readonly count: number;
  /** `count` weights for each output pixel, of sum 1. */
  readonly weights: Float32Array;
}

/** Part of a row or column, in input pixels (not always whole ones). */
export interface Range {
  readonly from: number;
  readonly size: number;
}

function tapsFor(length: number, range: Range, outputs: number, interpolation: Interpolation): Taps {
  const { support, weigh } = filters[interpolation];
  const step = range.size / outputs;
  const stretch = Math.max(1, step);
  const count = Math.min(length, Math.ceil(support * stretch) * 2 + 1);
  const starts = new Int32Array(outputs);
  const weights = new Float32Array(outputs * count);
  for (let output = 0; output < outputs; output++) {
    const centre = range.from + (output + 0.5) * step;
    const start = Math.min(length - count, Math.max(0, Math.floor(centre - support * stretch + 0.5)));
    const row = Array.from({ length: count }, (_, tap) => weigh((start + tap + 0.5 - centre) / stretch));
    const sum = row.reduce((total, weight) => total + weight, 0);
    starts[output] = start;
    row.forEach((weight, tap) => {
      weights[output * count + tap] = weight / sum;
    });
  }
  return { starts, count, weights };
}

/**
 * A part of a picture scaled to `size` × `size`, as red, green and blue planes of 0…255. Plain arithmetic in
 * one order, so the same pixels give the same values on every machine.
 */
export function resample(
  pixels: Pixels,
  part: { readonly x: Range; readonly y: Range },
  size: number,
  interpolation: Interpolation,
): Float32Array {
  const across = tapsFor(pixels.width, part.x, size, interpolation);
  const down = tapsFor(pixels.height, part.y, size, interpolation);
  const narrowed = shrinkRows(pixels, across, size);
  const planes = new Float32Array(3 * size * size);
  const rowLength = size * 3;
  for (let y = 0; y < size; y++) {
    const row = new Float32Array(rowLength);
    for (let tap = 0; tap < down.count; tap++) {
      const weight = down.weights[y * down.count + tap]!;
      if (weight === 0) continue;
      const from = (down.starts[y]! + tap) * rowLength;
      for (let n = 0; n < rowLength; n++) row[n]! += weight * narrowed[from + n]!;
    }
    for (let n = 0; n < rowLength; n++)
      planes[(n % 3) * size * size + y * size + Math.floor(n / 3)] = row[n]!;
  }
  return planes;
}

function shrinkRows(
  { width, height, data }: Pixels,
  { starts, count, weights }: Taps,
  size: number,
): Float32Array {
  const out = new Float32Array(height * size * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < size; x++) {
      let at = (y * width + starts[x]!) * 3;
      let [red, green, blue] = [0, 0, 0];
      for (let tap = x * count; tap < (x + 1) * count; tap++, at += 3) {
        const weight = weights[tap]!;
        red += weight * data[at]!;
        green += weight * data[at + 1]!;
        blue += weight * data[at + 2]!;
      }
      const to = (y * size + x) * 3;
      out[to] = red;
      out[to + 1] = green;
      out[to + 2] = blue;
    }
  }
  return out;
}
