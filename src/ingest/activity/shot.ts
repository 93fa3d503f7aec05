import type { ActivityEvent } from "../../media/activity-event.ts";
import { assessPicture, type Verdict } from "./assess.ts";
import { type Background, followStability, learnBackground } from "./background.ts";
import { type Exposure, fitExposure, sameExposure } from "./exposure.ts";
import { findForeground } from "./foreground.ts";
import { judgeTracks } from "./judge.ts";
import { believable, changeLight, heldPixels, learn } from "./learning.ts";
import { touchesEdge } from "./lifecycle.ts";
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
  nowMs: number;
}

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
      rests: (region) => stillShare(region, background, shot.nowMs, 400) > 0.8,
    }),
    picture: background,
    brighten: brightenFor(background),
    resting: createRestingObjects(),
    exposure: sameExposure,
    unexplained: 0,
    quietMs: startMs,
    lightUntilMs: Number.NEGATIVE_INFINITY,
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
    shot.brighten = brightenFor(background);
    foreground = findForeground(planes, background, shot.exposure, noise, held);
  }
  shot.unexplained = foreground.unexplained;
  if (foreground.unexplained < 0.02) shot.quietMs = frame.timeMs;
  followStability(background, planes, frame.timeMs, noise);
  const smallest = Math.max(6, Math.round(0.0005 * planes.y.length));
  const regions = findRegions(believable(shot, foreground, held), planes, smallest);
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
