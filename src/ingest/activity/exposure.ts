import type { Planes } from "./planes.ts";

/** How the picture's light differs from the background's: `y ≈ gain · background + offset`, colour shifted. */
export interface Exposure {
  readonly gain: number;
  readonly offset: number;
  readonly u: number;
  readonly v: number;
}

export const sameExposure: Exposure = { gain: 1, offset: 0, u: 0, v: 0 };

interface Sums {
  count: number;
  b: number;
  f: number;
  bb: number;
  bf: number;
  u: number;
  v: number;
}

const stride = 3;

function sumInliers(
  frame: Planes,
  background: Planes,
  ignored: Uint8Array,
  guess: Exposure,
  tolerance: number,
): Sums {
  const sums: Sums = { count: 0, b: 0, f: 0, bb: 0, bf: 0, u: 0, v: 0 };
  for (let pixel = 0; pixel < frame.y.length; pixel += stride) {
    if (ignored[pixel]) continue;
    const b = background.y[pixel]!;
    const f = frame.y[pixel]!;
    // Clipped whites say nothing about the gain.
    if (f > 250 || Math.abs(f - guess.gain * b - guess.offset) > tolerance) continue;
    sums.count++;
    sums.b += b;
    sums.f += f;
    sums.bb += b * b;
    sums.bf += b * f;
    sums.u += frame.u[pixel]! - background.u[pixel]!;
    sums.v += frame.v[pixel]! - background.v[pixel]!;
  }
  return sums;
}

function solve({ count, b, f, bb, bf, u, v }: Sums): Exposure {
  const spread = bb - (b * b) / count;
  // A flat picture cannot tell gain from offset: gain alone.
  const fitted = spread > count * 60 ? (bf - (b * f) / count) / spread : f / Math.max(1, b);
  const gain = Math.max(0.3, Math.min(3, fitted));
  return { gain, offset: (f - gain * b) / count, u: u / count, v: v / count };
}

function guessFrom(frame: Planes, background: Planes, ignored: Uint8Array): Exposure {
  const ratios: number[] = [];
  for (let pixel = 0; pixel < frame.y.length; pixel += 11) {
    if (ignored[pixel] || background.y[pixel]! < 12) continue;
    ratios.push(frame.y[pixel]! / background.y[pixel]!);
  }
  if (ratios.length < 40) return sameExposure;
  ratios.sort((a, b) => a - b);
  return { ...sameExposure, gain: ratios[ratios.length >> 1]! };
}

/**
 * Fits the exposure by least squares over the pixels that agree with it (three rounds, ever stricter), so that
 * objects before the background do not count. Keeps `previous` where too little of the background is seen.
 */
export function fitExposure(
  frame: Planes,
  background: Planes,
  ignored: Uint8Array,
  previous: Exposure,
): Exposure {
  const median = guessFrom(frame, background, ignored);
  let best: Exposure | undefined;
  let mostInliers = 0;
  for (const start of [previous, median]) {
    let fit = start;
    for (const tolerance of [24, 14, 9]) {
      const sums = sumInliers(frame, background, ignored, fit, tolerance);
      if (sums.count < frame.y.length / stride / 12) break;
      fit = solve(sums);
      if (tolerance === 9 && sums.count > mostInliers * 1.05) {
        mostInliers = sums.count;
        best = fit;
      }
    }
  }
  return best ?? previous;
}
