import type { ActivityEvent } from "../../media/activity-event.ts";
import { slopeLikeness } from "./contour.ts";
import { measureMotion } from "./picture-motion.ts";
import { type ActivityFrame, type Planes, toPlanes } from "./planes.ts";
import { closeShot, openShot, type Shot, stepShot } from "./shot.ts";

/** The stream that the analyser wants: pixels of the longer side, frames a second. */
export const activityStream = { longestSide: 160, framesPerSecond: 8 } as const;

export interface ActivityAnalyser {
  /** Frames in time order, all of one size. */
  push(frame: ActivityFrame): void;
  /** Everything that happened, by time; `endMs` is the video's end. */
  finish(endMs: number): ActivityEvent[];
}

const learningMs = 4000;
const settledMs = 500;
const frameMs = 1000 / activityStream.framesPerSecond;

type Phase =
  | { readonly kind: "learning"; readonly frames: ActivityFrame[] }
  | { readonly kind: "watching"; readonly shot: Shot }
  | { readonly kind: "moving"; readonly sinceMs: number; readonly recent: ActivityFrame[] };

const noiseGuess = 2;

/** Does this frame belong to another picture than the first one: camera moved, cut, or light switched? */
function breaksLearning(first: Planes, now: Planes): boolean {
  let change = 0;
  for (let pixel = 0; pixel < now.y.length; pixel += 3) change += Math.abs(now.y[pixel]! - first.y[pixel]!);
  if (change / (now.y.length / 3) < 5) return false;
  const motion = measureMotion(first, now, noiseGuess);
  if (motion.blocks >= 4 && motion.still < 0.3) return true;
  return change / (now.y.length / 3) > 14;
}

function isSettled(recent: readonly ActivityFrame[]): boolean {
  const last = toPlanes(recent.at(-1)!);
  const first = toPlanes(recent[0]!);
  if (recent.at(-1)!.timeMs - recent[0]!.timeMs < settledMs) return false;
  const { blocks, still } = measureMotion(first, last, noiseGuess);
  if (blocks >= 4) return still > 0.7;
  return slopeLikeness(first, last, first.y.keys()).likeness > 0.7;
}

/** Finds what happens before a camera that stands still; see `ActivityEvent`. Memory does not grow with the video. */
export function createActivityAnalyser(): ActivityAnalyser {
  const events: ActivityEvent[] = [];
  let tracks = 0;
  const nextId = (): number => tracks++;
  let phase: Phase = { kind: "learning", frames: [] };
  let firstPlanes: Planes | undefined;

  const endShot = (shot: Shot, endMs: number, untilMs = Number.POSITIVE_INFINITY): void => {
    events.push(...closeShot(shot, endMs, untilMs, nextId));
  };
  const cameraMoved = (startMs: number, endMs: number): void => {
    const last = events.at(-1);
    const joins = last?.kind === "camera-moves" && startMs - last.endMs < 1500;
    const from = joins ? last.startMs : startMs;
    if (joins) events.pop();
    events.push(cameraEvent(from, endMs));
  };
  const startLearning = (frames: ActivityFrame[]): void => {
    firstPlanes = undefined;
    phase = { kind: "learning", frames: [] };
    for (const frame of frames) take(frame);
  };
  const watch = (shot: Shot, frame: ActivityFrame): boolean => {
    const verdict = stepShot(shot, frame);
    if (verdict !== "cut" && verdict !== "camera") return true;
    const recently = Math.max(shot.startMs, shot.quietMs, frame.timeMs - 2000);
    const movedMs = verdict === "camera" ? recently : frame.timeMs;
    endShot(shot, movedMs, verdict === "camera" ? movedMs - 300 : undefined);
    if (verdict === "camera") phase = { kind: "moving", sinceMs: movedMs, recent: [frame] };
    else startLearning([frame]);
    return false;
  };
  const learned = (frames: readonly ActivityFrame[]): void => {
    const shot = openShot(frames, frameMs);
    phase = { kind: "watching", shot };
    for (const [index, frame] of frames.entries()) {
      if (watch(shot, frame)) continue;
      for (const later of frames.slice(index + 1)) take(later);
      return;
    }
  };
  const learn = (frames: ActivityFrame[], frame: ActivityFrame): void => {
    const planes = toPlanes(frame);
    firstPlanes ??= planes;
    if (breaksLearning(firstPlanes, planes)) {
      learned(frames);
      take(frame);
      return;
    }
    frames.push(frame);
    if (frame.timeMs - frames[0]!.timeMs >= learningMs) learned(frames);
  };
  const settle = (moving: Extract<Phase, { kind: "moving" }>, frame: ActivityFrame): void => {
    const { recent, sinceMs } = moving;
    recent.push(frame);
    while (recent[1] && frame.timeMs - recent[1].timeMs >= settledMs) recent.shift();
    if (!isSettled(recent)) return;
    cameraMoved(sinceMs, recent[0]!.timeMs);
    startLearning([...recent]);
  };
  /** Nothing of the shot before goes on: what is there now did not come in, and what was there did not leave. */
  const cutTo = (frame: ActivityFrame): void => {
    if (phase.kind === "learning" && phase.frames.length > 0) learned(phase.frames);
    if (phase.kind === "watching") endShot(phase.shot, frame.timeMs);
    if (phase.kind === "moving") cameraMoved(phase.sinceMs, frame.timeMs);
    startLearning([]);
  };
  function take(frame: ActivityFrame): void {
    if (phase.kind === "learning") learn(phase.frames, frame);
    else if (phase.kind === "watching") watch(phase.shot, frame);
    else settle(phase, frame);
  }
  return {
    push: (frame) => {
      if (frame.startsShot) cutTo(frame);
      // A frame is taken up again while a shot is learned: its cut has been made.
      const { startsShot: _, ...taken } = frame;
      take(taken);
    },
    finish: (endMs) => {
      if (phase.kind === "learning" && phase.frames.length > 0) learned(phase.frames);
      if (phase.kind === "moving") cameraMoved(phase.sinceMs, endMs);
      if (phase.kind === "watching") endShot(phase.shot, endMs);
      return events.sort((a, b) => a.startMs - b.startMs || a.track - b.track);
    },
  };
}

function cameraEvent(startMs: number, endMs: number): ActivityEvent {
  return {
    kind: "camera-moves",
    startMs: Math.round(startMs),
    endMs: Math.round(endMs),
    track: -1,
    presence: { startMs: Math.round(startMs), endMs: Math.round(endMs) },
    size: "large",
    area: 1,
    colour: "grey",
  };
}
