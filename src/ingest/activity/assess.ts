import { slopeLikeness } from "./contour.ts";
import { type Foreground, pixelClass } from "./foreground.ts";
import { measureMotion } from "./picture-motion.ts";
import type { Planes } from "./planes.ts";
import type { Shot } from "./shot.ts";

export type Verdict = "still" | "light" | "camera" | "cut";

function changedPixels({ classes }: Foreground, held: Uint8Array): number[] {
  const pixels: number[] = [];
  for (let pixel = 0; pixel < classes.length; pixel++)
    if (classes[pixel] !== pixelClass.background && !held[pixel]) pixels.push(pixel);
  return pixels;
}

/**
 * Why much of the picture differs from the background: the camera moves (blocks of the background are found
 * elsewhere), the light changes (at once, and the slopes stay as they are), or it is another shot (at once, and
 * nothing is as it was). "still" leaves the change to be explained by objects.
 */
export function assessPicture(shot: Shot, planes: Planes, foreground: Foreground, held: Uint8Array): Verdict {
  const { unexplained } = foreground;
  if (unexplained < 0.05) return "still";
  const settling = shot.nowMs < shot.lightUntilMs;
  const rise = unexplained - shot.unexplained;
  const jump = settling || rise > 0.2;
  const { likeness, slope } = slopeLikeness(planes, shot.background, changedPixels(foreground, held));
  if ((jump && likeness > 0.45) || (rise > 0.08 && likeness > 0.6)) return "light";
  const motion = measureMotion(shot.background, planes, shot.noise);
  if (motion.blocks >= 4 && motion.moved > 0.5 && motion.still < 0.35) return "camera";
  if (!jump || likeness > 0.35 || unexplained < 0.5) return "still";
  const flat = slope < 1.5 + 2 * shot.noise;
  return flat && motion.lost < 0.5 ? "light" : "cut";
}
