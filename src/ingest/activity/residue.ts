import { type Background, learnPixel } from "./background.ts";
import { type Contour, measureContour } from "./contour.ts";
import type { Exposure } from "./exposure.ts";
import { emptyPlanes, type Planes, quantile } from "./planes.ts";
import type { Region } from "./regions.ts";

export type ResidueKind = "put-down" | "taken-away" | "light";

export interface Residue {
  readonly kind: ResidueKind;
  readonly contour: Contour;
}

/** The background as it would look in the picture's light. */
export function inLightOf(background: Planes, exposure: Exposure): Planes {
  const planes = emptyPlanes(background.width, background.height);
  for (let pixel = 0; pixel < planes.y.length; pixel++) {
    planes.y[pixel] = exposure.gain * background.y[pixel]! + exposure.offset;
    planes.u[pixel] = background.u[pixel]! + exposure.u;
    planes.v[pixel] = background.v[pixel]! + exposure.v;
  }
  return planes;
}

/** Share of the region's pixels that have not changed for `forMs`. */
export function stillShare(region: Region, background: Background, timeMs: number, forMs: number): number {
  let still = 0;
  for (const pixel of region.pixels) if (timeMs - background.stableSince[pixel]! >= forMs) still++;
  return still / region.pixels.length;
}

/** What a piece of foreground that does not move is. */
export function judgeResidue(region: Region, picture: Planes, expected: Planes): Residue {
  const contour = measureContour(region, picture, expected);
  const { inPicture, inBackground, contrast } = contour;
  if (Math.max(inPicture, inBackground) < 0.3 * contrast) return { kind: "light", contour };
  return { kind: inBackground > inPicture ? "taken-away" : "put-down", contour };
}

/** Was the background there never seen in the present light? */
export function isGuess(region: Region, { guessed }: Background): boolean {
  let count = 0;
  for (const pixel of region.pixels) count += guessed[pixel]!;
  return count > 0.3 * region.pixels.length;
}

/** The time since which most of what can be seen of a thing that was put down has looked as it does. */
export function putDownAt(region: Region, background: Background): number {
  return quantile(
    Float32Array.from(region.pixels, (pixel) => background.stableSince[pixel]!),
    0.3,
  );
}

/** The last time (milliseconds) at which most of a thing that was taken away was still there. */
export function takenAwayAt(region: Region, background: Background): number {
  return quantile(
    Float32Array.from(region.pixels, (pixel) => background.lastSeen[pixel]!),
    0.5,
  );
}

/** From now on what the picture shows there is background. */
export function absorb(
  region: Region,
  background: Background,
  picture: Planes,
  exposure: Exposure,
  noise: number,
  timeMs: number,
): void {
  const { width, height } = background;
  for (const pixel of region.pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++)
      for (let column = Math.max(0, x - 2); column <= Math.min(width - 1, x + 2); column++) {
        const at = row * width + column;
        learnPixel(background, picture, at, exposure, 1);
        background.spread[at] = noise;
        background.guessed[at] = 0;
        background.lastSeen[at] = timeMs;
      }
  }
}
