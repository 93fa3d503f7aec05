import type { Pixels } from "../../media/pixels.ts";
import { type TimeSpan, timeSpan } from "../../media/span.ts";

/** Browsers show a delay of 0 or 10 ms as 100 ms, and so do people expect it. */
const shortestDelayMs = 20;
const usualDelayMs = 100;
const apartMs = 1000;
const maxMoments = 60;

export interface Moment {
  /** Number of the frame, from 0. */
  readonly frame: number;
  readonly span: TimeSpan;
}

/** How long an animation takes to play through once, in ms. */
export function animationMs(delays: readonly number[]): number {
  return delays.reduce((sum, delay) => sum + shown(delay), 0);
}

/** Which frame of an animation is on screen at `timeMs` of its first round. */
export function frameAt(delays: readonly number[], timeMs: number): number {
  let end = 0;
  for (const [frame, delay] of delays.entries()) {
    end += shown(delay);
    if (timeMs < end) return frame;
  }
  return Math.max(0, delays.length - 1);
}

/** The frames of an animation that are looked at: the first of each second, at most 60, evenly where it is longer. */
export function animationMoments(delays: readonly number[]): readonly Moment[] {
  const total = animationMs(delays);
  const step = Math.max(apartMs, Math.ceil(total / maxMoments));
  const starts: { frame: number; startMs: number }[] = [];
  let startMs = 0;
  for (const [frame, delay] of delays.entries()) {
    const last = starts.at(-1);
    if (!last || Math.floor(startMs / step) > Math.floor(last.startMs / step))
      starts.push({ frame, startMs });
    startMs += shown(delay);
  }
  return starts.map(({ frame, startMs: from }, index) => ({
    frame,
    span: timeSpan(from, starts[index + 1]?.startMs ?? total),
  }));
}

/** Two frames that nobody could tell apart: a mean difference of under 2 grey levels. */
export function looksSame(left: Pixels, right: Pixels): boolean {
  if (left.width !== right.width || left.height !== right.height) return false;
  let sum = 0;
  for (let at = 0; at < left.data.length; at++) sum += Math.abs((left.data[at] ?? 0) - (right.data[at] ?? 0));
  return sum < left.data.length * 2;
}

function shown(delay: number): number {
  return delay < shortestDelayMs ? usualDelayMs : delay;
}
