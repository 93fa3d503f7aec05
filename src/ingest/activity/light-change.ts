import { type Background, learnPixel } from "./background.ts";
import { type Exposure, sameExposure } from "./exposure.ts";
import { type Planes, quantile } from "./planes.ts";
import type { Region } from "./regions.ts";

interface Ring {
  readonly ratio: number;
  readonly u: number;
  readonly v: number;
}

/** How the light changed around a region: medians over the free pixels near it. */
function ringAround(region: Region, background: Background, picture: Planes, held: Uint8Array): Ring {
  const { width, height } = background;
  const reach = 10;
  const { left, top, right, bottom } = region.box;
  const ratios: number[] = [];
  const us: number[] = [];
  const vs: number[] = [];
  for (let y = Math.max(0, top - reach); y < Math.min(height, bottom + reach); y++)
    for (let x = Math.max(0, left - reach); x < Math.min(width, right + reach); x++) {
      const pixel = y * width + x;
      if (held[pixel]) continue;
      ratios.push(picture.y[pixel]! / Math.max(4, background.y[pixel]!));
      us.push(picture.u[pixel]! - background.u[pixel]!);
      vs.push(picture.v[pixel]! - background.v[pixel]!);
    }
  if (ratios.length === 0) return { ratio: 1, u: 0, v: 0 };
  return { ratio: quantile(ratios), u: quantile(us), v: quantile(vs) };
}

/**
 * Takes the picture over as background in its new light. Behind the regions of tracked objects (`held`) the old
 * background is kept and lit as their surroundings are. The exposure starts anew with `sameExposure`.
 */
export function relight(
  background: Background,
  picture: Planes,
  regions: readonly Region[],
  held: Uint8Array,
  timeMs: number,
  before: Exposure,
): Exposure {
  for (let pixel = 0; pixel < held.length; pixel++) {
    background.y[pixel] = before.gain * background.y[pixel]! + before.offset;
    background.u[pixel] = background.u[pixel]! + before.u;
    background.v[pixel] = background.v[pixel]! + before.v;
  }
  // A ramp of light comes in steps: what is a guess already is guessed again from its surroundings.
  for (const region of regions) {
    const { ratio, u, v } = ringAround(region, background, picture, held);
    for (const pixel of region.pixels) {
      background.y[pixel] = background.y[pixel]! * ratio;
      background.u[pixel] = background.u[pixel]! + u;
      background.v[pixel] = background.v[pixel]! + v;
    }
  }
  for (let pixel = 0; pixel < held.length; pixel++) {
    background.guessed[pixel] = held[pixel]!;
    if (held[pixel]) continue;
    learnPixel(background, picture, pixel, sameExposure, 1);
    background.lastSeen[pixel] = timeMs;
  }
  return sameExposure;
}
