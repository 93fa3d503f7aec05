import type { Background } from "./background.ts";
import type { Exposure } from "./exposure.ts";
import type { Planes } from "./planes.ts";

export const pixelClass = { background: 0, object: 1, shadow: 2 } as const;

export interface Foreground {
  /** A `pixelClass` for each pixel. */
  readonly classes: Uint8Array;
  /** Share of the pixels outside tracked objects that differ from the background, cleaned or not. */
  readonly unexplained: number;
}

/** Squared distance of a picture's pixel from a background's pixel; 1 is the edge of what noise explains. */
function difference(
  frame: Planes,
  pixel: number,
  background: Background,
  at: number,
  exposure: Exposure,
  noise: number,
): number {
  const sigma = Math.max(noise, background.spread[at]!);
  const limit = 6 + 4 * sigma;
  const dy = (frame.y[pixel]! - exposure.gain * background.y[at]! - exposure.offset) / limit;
  const colourLimit = 6 + 3 * Math.min(sigma, 2 * noise + 1);
  const du = (frame.u[pixel]! - background.u[at]! - exposure.u) / colourLimit;
  const dv = (frame.v[pixel]! - background.v[at]! - exposure.v) / colourLimit;
  return dy * dy + du * du + dv * dv;
}

/** A shadow darkens moderately and keeps colour and texture; after Horprasert et al., 1999, and Jacques et al., 2005. */
function isShadow(frame: Planes, pixel: number, background: Background, exposure: Exposure): boolean {
  const { width } = frame;
  const before = exposure.gain * background.y[pixel]! + exposure.offset;
  const ratio = frame.y[pixel]! / Math.max(1, before);
  if (ratio < 0.5 || ratio > 0.97) return false;
  const du = Math.abs(frame.u[pixel]! - ratio * background.u[pixel]! - exposure.u);
  const dv = Math.abs(frame.v[pixel]! - ratio * background.v[pixel]! - exposure.v);
  if (du + dv > 9) return false;
  const across = slopeChange(frame, pixel, 1, background, ratio * exposure.gain);
  const down = slopeChange(frame, pixel, width, background, ratio * exposure.gain);
  return across + down < 0.16 * before + 6;
}

function slopeChange(
  frame: Planes,
  pixel: number,
  step: number,
  background: Background,
  factor: number,
): number {
  const now = (frame.y[pixel + step] ?? 0) - (frame.y[pixel - step] ?? 0);
  const before = (background.y[pixel + step] ?? 0) - (background.y[pixel - step] ?? 0);
  return Math.abs(now - factor * before);
}

const steps: readonly (readonly [number, number])[] = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
];

function matchesNeighbour(
  frame: Planes,
  pixel: number,
  background: Background,
  exposure: Exposure,
  noise: number,
): boolean {
  const { width, height } = frame;
  const column = pixel % width;
  const row = (pixel - column) / width;
  for (const [dx, dy] of steps) {
    if (column + dx < 0 || column + dx >= width || row + dy < 0 || row + dy >= height) continue;
    if (difference(frame, pixel, background, pixel + dy * width + dx, exposure, noise) < 1) return true;
  }
  return false;
}

function neighbours(classes: Uint8Array, pixel: number, width: number): number {
  let count = 0;
  for (const [dx, dy] of steps) if (classes[pixel + dy * width + dx] === pixelClass.object) count++;
  return count;
}

/** Drops lone pixels, fills pinholes. */
function clean(classes: Uint8Array, width: number): Uint8Array {
  const cleaned = Uint8Array.from(classes);
  for (let pixel = 0; pixel < classes.length; pixel++) {
    const isObject = classes[pixel] === pixelClass.object;
    const around =
      isObject || classes[pixel - 1] || classes[pixel + 1] ? neighbours(classes, pixel, width) : 0;
    if (isObject && around < 3) cleaned[pixel] = pixelClass.background;
    if (!isObject && around > 4) cleaned[pixel] = pixelClass.object;
  }
  return cleaned;
}

/**
 * Which pixels belong to something before the background. A pixel that looks like the background one pixel
 * further is background too: leaves, a trembling camera and compression shift edges by that much.
 */
export function findForeground(
  frame: Planes,
  background: Background,
  exposure: Exposure,
  noise: number,
  held: Uint8Array,
): Foreground {
  const classes = new Uint8Array(frame.y.length);
  let changed = 0;
  let free = 0;
  for (let pixel = 0; pixel < classes.length; pixel++) {
    if (!held[pixel]) free++;
    if (difference(frame, pixel, background, pixel, exposure, noise) < 1) continue;
    if (!held[pixel]) changed++;
    if (matchesNeighbour(frame, pixel, background, exposure, noise)) continue;
    classes[pixel] = isShadow(frame, pixel, background, exposure) ? pixelClass.shadow : pixelClass.object;
  }
  return { classes: clean(classes, frame.width), unexplained: changed / Math.max(1, free) };
}
