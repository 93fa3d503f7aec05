import type { MediaItem } from "../media/media-item.ts";
import type { Segment } from "../media/segment.ts";
import { spanKey, timeSpan, wholeSpan } from "../media/span.ts";

/** What one sentence tells of: a shot, or a piece of a long one; or a whole picture. */
export interface Stretch {
  readonly span: Segment["span"];
  /** Where in a video to look, ms; absent for a picture. */
  readonly lookAtMs?: number;
}

/** A shot of a fixed camera may last for hours: after so long a new sentence begins with the next change. */
const longestMs = 20_000;
/** A picture that stands for so long, a slide, is worth a sentence of its own. */
const standsMs = 6_000;

/**
 * The stretches of one item, from the frame segments that indexing made of it: a new one at every cut, where the
 * picture changes after 20 seconds, and for every picture that stands. The same segments always give the same stretches, so that work can be resumed.
 */
export function stretchesOf(item: MediaItem, frames: readonly Segment[]): readonly Stretch[] {
  if (item.kind === "image") return [{ span: wholeSpan }];
  if (item.kind !== "video") return [];
  const stretches: { startMs: number; endMs: number; stands: boolean }[] = [];
  for (const { span, startsShot } of frames) {
    if (span.kind !== "time") continue;
    const open = stretches.at(-1);
    const stands = span.endMs - span.startMs >= standsMs;
    const joins = open && !startsShot && !stands && !open.stands;
    if (joins && span.endMs - open.startMs <= longestMs) open.endMs = Math.max(open.endMs, span.endMs);
    else stretches.push({ startMs: span.startMs, endMs: span.endMs, stands });
  }
  return stretches.map(({ startMs, endMs }) => ({
    span: timeSpan(startMs, endMs),
    lookAtMs: Math.floor((startMs + endMs) / 2),
  }));
}

/** Those that have no caption yet. */
export function withoutCaption(
  stretches: readonly Stretch[],
  captions: readonly Segment[],
): readonly Stretch[] {
  const known = new Set(captions.map(({ span }) => spanKey(span)));
  return stretches.filter(({ span }) => !known.has(spanKey(span)));
}
