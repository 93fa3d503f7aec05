import type { Grey } from "./grey.ts";

export interface Skew {
  /** Turning the picture by this many degrees clockwise makes the lines of text level. */
  readonly degrees: number;
  /** How much sharper the lines' profile is there than as it stands: 1 means no better. */
  readonly gain: number;
}

const largestDegrees = 20;
const maxPoints = 20_000;

interface Points {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/**
 * How far text lies askew, up to 20° either way, by the angle at which the projection profile of its horizontal edges
 * is sharpest (W. Postl, "Detection of linear oblique structures and skew scan in digitized documents", ICPR 1986).
 * Polarity does not matter. `grey` is best a small copy, up to about 800 pixels.
 */
export function measureSkew(grey: Grey): Skew {
  const points = edgePoints(grey);
  if (points.x.length < 50) return { degrees: 0, gain: 1 };
  const sharpness = (degrees: number) => profileSharpness(points, degrees, grey);
  const coarse = best(sharpness, 0, largestDegrees, 1);
  const middle = best(sharpness, coarse, 1, 0.25);
  const fine = best(sharpness, middle, 0.25, 0.05);
  const level = sharpness(0);
  return { degrees: fine === 0 ? 0 : -fine, gain: level === 0 ? 1 : sharpness(fine) / level };
}

function best(sharpness: (degrees: number) => number, centre: number, reach: number, step: number): number {
  let found = centre;
  let highest = sharpness(centre);
  for (let shift = step; shift <= reach + 1e-9; shift += step) {
    for (const degrees of [centre - shift, centre + shift]) {
      const value = sharpness(degrees);
      if (value > highest) [found, highest] = [degrees, value];
    }
  }
  return found;
}

/** Pixels at the upper and lower edge of strokes, thinned evenly where there are very many. */
function edgePoints({ width, height, data }: Grey): Points {
  const steepness = new Uint8Array(data.length);
  const counts = new Uint32Array(256);
  for (let at = width; at < data.length - width; at++) {
    const value = Math.abs((data[at + width] ?? 0) - (data[at - width] ?? 0));
    steepness[at] = value;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  const threshold = Math.max(8, steepestTenth(counts, width * (height - 2)));
  const found: number[] = [];
  for (let at = 0; at < steepness.length; at++) if ((steepness[at] ?? 0) >= threshold) found.push(at);
  const step = Math.max(1, found.length / maxPoints);
  const size = Math.floor(found.length / step);
  const x = new Float32Array(size);
  const y = new Float32Array(size);
  for (let index = 0; index < size; index++) {
    const at = found[Math.floor(index * step)] ?? 0;
    x[index] = at % width;
    y[index] = Math.floor(at / width);
  }
  return { x, y };
}

function steepestTenth(counts: Uint32Array, total: number): number {
  let above = 0;
  for (let value = 255; value > 0; value--) {
    above += counts[value] ?? 0;
    if (above > total / 10) return value;
  }
  return 0;
}

function profileSharpness({ x, y }: Points, degrees: number, { width, height }: Grey): number {
  const radians = (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  const offset = Math.ceil(width * Math.abs(sin));
  const profile = new Uint32Array(offset * 2 + height + 2);
  for (let index = 0; index < x.length; index++) {
    const row = Math.round((y[index] ?? 0) * cos - (x[index] ?? 0) * sin) + offset;
    profile[row] = (profile[row] ?? 0) + 1;
  }
  let sum = 0;
  for (let row = 1; row < profile.length; row++) {
    const step = (profile[row] ?? 0) - (profile[row - 1] ?? 0);
    sum += step * step;
  }
  return sum;
}
