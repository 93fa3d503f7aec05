import type { ActivityEvent } from "../../media/activity-event.ts";
import { assessPicture, type Verdict } from "./assess.ts";
import { type Background, followStability, learnBackground, learnPixel } from "./background.ts";
import { type Exposure, fitExposure, sameExposure } from "./exposure.ts";
import { type Foreground, findForeground, pixelClass } from "./foreground.ts";
import { judgeTracks } from "./judge.ts";
import { touchesEdge } from "./lifecycle.ts";
import { relight } from "./light-change.ts";
import { type ActivityFrame, type Planes, quantile, toPlanes } from "./planes.ts";
import { findRegions, type Region } from "./regions.ts";
import { inLightOf, judgeResidue, stillShare } from "./residue.ts";
import { createRestingObjects, type RestingObjects } from "./resting.ts";
import { eventsOf } from "./track-events.ts";
import { createTracker, type Tracker, track } from "./tracker.ts";

/** A stretch of video before one unmoved camera. Mutable; its owner is the analyser. */
export interface Shot {
  readonly startMs: number;
  readonly frameMs: number;
  readonly background: Background;
  /** Standard deviation of the camera's noise in brightness. */
  readonly noise: number;
  readonly tracker: Tracker;
  readonly resting: RestingObjects;
  /** The newest frame. */
  picture: Planes;
  /** A dim picture's colours are named as if it were lit: times this. */
  brighten: number;
  exposure: Exposure;
  unexplained: number;
  /** The last time at which nothing unexplained was seen. */
  quietMs: number;
  /** Until when a change of light is still going on. */
  lightUntilMs: number;
  /** When the light last changed: what was covered then was not seen in the new light. */
  relitMs: number;
  nowMs: number;
}

const lightSettlesMs = 1200;

export function openShot(frames: readonly ActivityFrame[], frameMs: number): Shot {
  const startMs = frames[0]!.timeMs;
  const background = learnBackground(frames.map(toPlanes), startMs);
  const noise = Math.max(0.5, quantile(Float32Array.from(background.spread)));
  const shot: Shot = {
    startMs,
    frameMs,
    background,
    noise,
    tracker: createTracker({
      liveliness: (region) => livelinessOf(region, background, shot.nowMs, frameMs),
      isBody: (region) =>
        judgeResidue(region, shot.picture, inLightOf(background, shot.exposure)).kind === "put-down",
      rests: (region) => stillShare(region, background, shot.nowMs, 600) > 0.8,
    }),
    picture: background,
    brighten: brightenFor(background),
    resting: createRestingObjects(),
    exposure: sameExposure,
    unexplained: 0,
    quietMs: startMs,
    lightUntilMs: Number.NEGATIVE_INFINITY,
    relitMs: Number.NEGATIVE_INFINITY,
    nowMs: startMs,
  };
  return shot;
}

const brightenFor = ({ y }: Background): number =>
  Math.max(1, Math.min(3.5, 190 / quantile(Float32Array.from(y), 0.9)));

function livelinessOf(region: Region, { stableSince }: Background, nowMs: number, frameMs: number): number {
  let lively = 0;
  for (const pixel of region.pixels) if (nowMs - stableSince[pixel]! < 2.5 * frameMs) lively++;
  return lively / region.pixels.length;
}

/** The places of confirmed objects and two pixels around them: there the background is not learned. */
function heldPixels({ tracker, background }: Shot): Uint8Array {
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

function learn(shot: Shot, planes: Planes, { classes }: Foreground, held: Uint8Array): void {
  const { background, exposure, nowMs } = shot;
  const settling = nowMs < shot.lightUntilMs;
  for (let pixel = 0; pixel < classes.length; pixel++) {
    const isBackground = classes[pixel] === pixelClass.background;
    if (isBackground) background.lastSeen[pixel] = nowMs;
    if (held[pixel]) continue;
    const now = exposure.gain * background.y[pixel]! + exposure.offset;
    const deviation = 1.25 * Math.abs(planes.y[pixel]! - now);
    const rate = isBackground ? 0.03 : 0.012;
    if (!settling) background.spread[pixel]! += rate * (deviation - background.spread[pixel]!);
    if (settling) learnPixel(background, planes, pixel, exposure, 0.6);
    else if (isBackground) learnPixel(background, planes, pixel, exposure, 0.025);
  }
}

function changeLight(shot: Shot, planes: Planes, held: Uint8Array): void {
  const { tracker } = shot;
  const regions = tracker.tracks.flatMap((entry) =>
    entry.state === "confirmed" && entry.region ? [entry.region] : [],
  );
  shot.exposure = relight(shot.background, planes, regions, held, shot.nowMs, shot.exposure);
  shot.lightUntilMs = shot.nowMs + lightSettlesMs;
  shot.relitMs = shot.nowMs;
  shot.brighten = brightenFor(shot.background);
  for (const entry of [...tracker.tracks])
    if (entry.state === "tentative") tracker.tracks.splice(tracker.tracks.indexOf(entry), 1);
}

/** While the light changes nothing new is believed, and what is tracked is followed. */
function believable(shot: Shot, regions: readonly Region[], held: Uint8Array): readonly Region[] {
  if (shot.nowMs >= shot.lightUntilMs) return regions;
  return regions.filter((region) => {
    let known = 0;
    for (const pixel of region.pixels) known += held[pixel]!;
    return known > 0.3 * region.pixels.length;
  });
}

/** Takes in one frame. Unless the verdict is "still", the shot is over and the frame belongs to what follows. */
export function stepShot(shot: Shot, frame: ActivityFrame): Verdict {
  const { background, noise, tracker } = shot;
  shot.nowMs = frame.timeMs;
  const planes = toPlanes(frame);
  shot.picture = planes;
  const held = heldPixels(shot);
  shot.exposure = fitExposure(planes, background, held, shot.exposure);
  let foreground = findForeground(planes, background, shot.exposure, noise, held);
  const verdict = assessPicture(shot, planes, foreground, held);
  if (verdict === "cut" || verdict === "camera") return verdict;
  if (verdict === "light") {
    changeLight(shot, planes, held);
    foreground = findForeground(planes, background, shot.exposure, noise, held);
  }
  shot.unexplained = foreground.unexplained;
  if (foreground.unexplained < 0.02) shot.quietMs = frame.timeMs;
  followStability(background, planes, frame.timeMs, noise);
  const smallest = Math.max(6, Math.round(0.0005 * planes.y.length));
  const regions = believable(shot, findRegions(foreground.classes, planes, smallest), held);
  const atStart = frame.timeMs - shot.startMs < 1.5 * shot.frameMs;
  // A bright object darkens a camera's picture: colours are named in the light of the background.
  const brighten = shot.brighten / Math.max(0.6, Math.min(1.5, shot.exposure.gain));
  track(tracker, regions, frame, brighten, atStart ? shot.startMs : undefined);
  judgeTracks(shot, frame, planes);
  learn(shot, planes, foreground, heldPixels(shot));
  return "still";
}

/** What happened in the shot, which ends at `endMs`; `ids` numbers the objects. Tracks born after `untilMs` are none. */
export function closeShot(shot: Shot, endMs: number, untilMs: number, nextId: () => number): ActivityEvent[] {
  const { tracker, background, frameMs } = shot;
  const events: ActivityEvent[] = [];
  for (const entry of [...tracker.closed, ...tracker.tracks]) {
    if (entry.bornMs > untilMs || entry.ages < 3) continue;
    const open = tracker.tracks.includes(entry);
    if (open && entry.state !== "confirmed") continue;
    const gone = !open || (entry.missing > 1 && touchesEdge(entry));
    events.push(...eventsOf(entry, nextId(), background, frameMs, gone ? undefined : endMs));
  }
  return [...events, ...shot.resting.events(endMs, nextId)];
}
