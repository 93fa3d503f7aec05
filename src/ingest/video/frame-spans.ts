import type { Frame, Pixels } from "../../media/pixels.ts";
import { type PictureGrid, pictureGrid } from "./picture-grid.ts";

const columns = 32;
const rows = 18;
/** Mean difference of a field's colour, of 255, from which on a field counts as changed. Above sensor noise and compression. */
const fieldChange = 14;
/** Changed fields that make two pictures different: a small figure far away covers about four of 576. */
const changedFields = 4;

export interface FrameSpan {
  readonly startMs: number;
  readonly endMs: number;
  readonly frame: Frame;
  /** A cut comes right before it. */
  readonly startsShot?: boolean;
}

/** Merges frames that look the same into spans, so that a still minute is one segment and not sixty. */
export interface FrameSpans {
  /** `startsShot`: a cut begins with this frame, so it opens a span whatever the second. Returns the span that it ends. */
  push(frame: Frame, startsShot: boolean): FrameSpan | undefined;
  finish(endMs: number): FrameSpan | undefined;
}

/**
 * A span opens with the first frame of a second, or of a shot, that differs from the last span's picture. It begins
 * when its picture came on, which may be earlier in that second; the spans join without gaps.
 */
export function createFrameSpans(): FrameSpans {
  let open: (Omit<FrameSpan, "endMs"> & { readonly grid: PictureGrid }) | undefined;
  let previous: PictureGrid | undefined;
  let stillSinceMs = 0;
  let differsSinceMs: number | undefined;
  let lastSecond = -1;

  return {
    push(frame, startsShot) {
      const grid = pictureGrid(frame.pixels, columns, rows);
      if (previous === undefined || differ(previous, grid)) stillSinceMs = frame.timeMs;
      previous = grid;
      const second = Math.floor(frame.timeMs / 1000);
      const due = second > lastSecond || startsShot;
      lastSecond = second;
      const differs = open === undefined || differ(open.grid, grid);
      differsSinceMs = differs ? (differsSinceMs ?? frame.timeMs) : undefined;
      if (!(due && differs)) return undefined;
      const startMs = Math.max(stillSinceMs, differsSinceMs ?? 0);
      differsSinceMs = undefined;
      const ended = open && spanUntil(open, startMs);
      open = { startMs, frame: own(frame), grid, ...(startsShot ? { startsShot } : {}) };
      return ended;
    },
    finish(endMs) {
      return open && spanUntil(open, Math.max(endMs, open.frame.timeMs));
    },
  };
}

function spanUntil({ startMs, frame, startsShot }: Omit<FrameSpan, "endMs">, endMs: number): FrameSpan {
  return { startMs, endMs, frame, ...(startsShot ? { startsShot } : {}) };
}

function own(frame: Frame): Frame {
  const pixels: Pixels = { ...frame.pixels };
  return { timeMs: frame.timeMs, pixels };
}

function differ(a: PictureGrid, b: PictureGrid): boolean {
  let changed = 0;
  for (let at = 0; at < a.colours.length; at += 3) {
    const difference =
      Math.abs(a.colours[at]! - b.colours[at]!) +
      Math.abs(a.colours[at + 1]! - b.colours[at + 1]!) +
      Math.abs(a.colours[at + 2]! - b.colours[at + 2]!);
    if (difference > fieldChange * 3) changed += 1;
    if (changed >= changedFields) return true;
  }
  return false;
}
