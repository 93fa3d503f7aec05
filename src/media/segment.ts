import type { ActivityEvent } from "./activity-event.ts";
import type { MediaId } from "./media-item.ts";
import type { Span } from "./span.ts";

export const segmentSources = ["frame", "event", "ocr", "subtitle", "caption", "text", "metadata"] as const;
export type SegmentSource = (typeof segmentSources)[number];

/** The unit that is embedded, stored, found and cited. */
export interface Segment {
  readonly mediaId: MediaId;
  readonly span: Span;
  readonly source: SegmentSource;
  readonly text?: string;
  /** Mean OCR confidence, 0..100; only on `ocr` segments. */
  readonly confidence?: number;
  /** Only on `event` segments. */
  readonly event?: ActivityEvent;
  /** Only on `frame` segments of a video: a cut comes right before it. */
  readonly startsShot?: boolean;
  /** Path of a small picture in the library folder, where one was kept. */
  readonly preview?: string;
}
