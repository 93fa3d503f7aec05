import { pixelClass } from "./foreground.ts";
import type { Planes } from "./planes.ts";

/** Pixels, right and bottom exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A connected piece of foreground. */
export interface Region {
  readonly box: Box;
  readonly pixels: Int32Array;
  readonly centreX: number;
  readonly centreY: number;
}

export const areaOf = ({ left, top, right, bottom }: Box): number =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

export const union = (a: Box, b: Box): Box => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

export const intersection = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

export const grow = ({ left, top, right, bottom }: Box, by: number): Box => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

/** Pixels between two boxes, 0 where they touch or overlap. */
export function gapBetween(a: Box, b: Box): number {
  const across = Math.max(a.left - b.right, b.left - a.right, 0);
  const down = Math.max(a.top - b.bottom, b.top - a.bottom, 0);
  return Math.hypot(across, down);
}

export function regionOf(pixels: Int32Array, width: number): Region {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = 0;
  let bottom = 0;
  let sumX = 0;
  let sumY = 0;
  for (const pixel of pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    if (x < left) left = x;
    if (x >= right) right = x + 1;
    if (y < top) top = y;
    if (y >= bottom) bottom = y + 1;
    sumX += x;
    sumY += y;
  }
  return {
    box: { left, top, right, bottom },
    pixels,
    centreX: sumX / pixels.length + 0.5,
    centreY: sumY / pixels.length + 0.5,
  };
}

export function joinRegions(regions: readonly Region[], width: number): Region {
  if (regions.length === 1) return regions[0]!;
  const pixels = new Int32Array(regions.reduce((sum, region) => sum + region.pixels.length, 0));
  let offset = 0;
  for (const region of regions) {
    pixels.set(region.pixels, offset);
    offset += region.pixels.length;
  }
  return regionOf(pixels, width);
}

/** Two pixels apart is still connected: thin limbs break at this size. */
const reach = 2;

function flood(
  start: number,
  classes: Uint8Array,
  seen: Uint8Array,
  width: number,
  height: number,
): number[] {
  const pixels = [start];
  seen[start] = 1;
  for (let next = 0; next < pixels.length; next++) {
    const pixel = pixels[next]!;
    const x = pixel % width;
    const y = (pixel - x) / width;
    for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++)
      for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
        const other = row * width + column;
        if (seen[other] || classes[other] !== pixelClass.object) continue;
        seen[other] = 1;
        pixels.push(other);
      }
  }
  return pixels;
}

/** The connected pieces of at least `smallest` pixels. */
export function findRegions(classes: Uint8Array, { width, height }: Planes, smallest: number): Region[] {
  const seen = new Uint8Array(classes.length);
  const regions: Region[] = [];
  for (let pixel = 0; pixel < classes.length; pixel++) {
    if (seen[pixel] || classes[pixel] !== pixelClass.object) continue;
    const pixels = flood(pixel, classes, seen, width, height);
    if (pixels.length >= smallest) regions.push(regionOf(Int32Array.from(pixels), width));
  }
  return regions;
}
