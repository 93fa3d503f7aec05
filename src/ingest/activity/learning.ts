import { learnPixel } from "./background.ts";
import { type Foreground, pixelClass } from "./foreground.ts";
import { relight } from "./light-change.ts";
import type { Planes } from "./planes.ts";
import type { Shot } from "./shot.ts";

const lightSettlesMs = 1200;

/** The places of confirmed objects and two pixels around them: there the background is not learned. */
export function heldPixels({ tracker, background }: Shot): Uint8Array {
  const { width, height } = background;
  const held = new Uint8Array(width * height);
  for (const { state, region } of tracker.tracks) {
    if (state !== "confirmed" || !region) continue;
    for (const pixel of region.pixels) {
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++)
        held.fill(1, row * width + Math.max(0, x - 2), row * width + Math.min(width, x + 3));
    }
  }
  return held;
}

/** Keeps the background up to date wherever no confirmed object is. What flutters becomes less sensitive. */
export function learn(shot: Shot, planes: Planes, { classes }: Foreground, held: Uint8Array): void {
  const { background, exposure, nowMs } = shot;
  const settling = nowMs < shot.lightUntilMs;
  for (let pixel = 0; pixel < classes.length; pixel++) {
    const isBackground = classes[pixel] === pixelClass.background;
    if (isBackground) background.lastSeen[pixel] = nowMs;
    if (held[pixel]) continue;
    if (isBackground) background.guessed[pixel] = 0;
    const now = exposure.gain * background.y[pixel]! + exposure.offset;
    const deviation = 1.25 * Math.abs(planes.y[pixel]! - now);
    const rate = isBackground ? 0.03 : 0.012;
    if (!settling) background.spread[pixel]! += rate * (deviation - background.spread[pixel]!);
    if (settling) learnPixel(background, planes, pixel, exposure, 0.6);
    else if (isBackground) learnPixel(background, planes, pixel, exposure, 0.025);
  }
}

/** Starts anew in new light; what is not sure yet is forgotten. */
export function changeLight(shot: Shot, planes: Planes, held: Uint8Array): void {
  const { tracker } = shot;
  const regions = tracker.tracks.flatMap((entry) =>
    entry.state === "confirmed" && entry.region ? [entry.region] : [],
  );
  shot.exposure = relight(shot.background, planes, regions, held, shot.nowMs, shot.exposure);
  shot.lightUntilMs = shot.nowMs + lightSettlesMs;
  for (const entry of [...tracker.tracks])
    if (entry.state === "tentative") tracker.tracks.splice(tracker.tracks.indexOf(entry), 1);
}

/** While the light changes nothing new is believed, and what is tracked is followed. */
export function believable(shot: Shot, { classes }: Foreground, held: Uint8Array): Uint8Array {
  if (shot.nowMs >= shot.lightUntilMs) return classes;
  return classes.map((kind, pixel) => (held[pixel] ? kind : pixelClass.background));
}
