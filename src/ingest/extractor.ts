import type { ActivityEvent } from "../media/activity-event.ts";
import type { MediaFacts, MediaItem, MediaKind } from "../media/media-item.ts";
import type { Pixels } from "../media/pixels.ts";
import type { SegmentSource } from "../media/segment.ts";
import type { Span } from "../media/span.ts";

/** One segment as it comes out of a file, before it is embedded: with pixels to embed, or text, or both. */
export interface Cut {
  readonly span: Span;
  readonly source: SegmentSource;
  readonly text?: string;
  readonly confidence?: number;
  readonly event?: ActivityEvent;
  readonly startsShot?: boolean;
  readonly pixels?: Pixels;
}

/** How far the work on one file is, 0..1. */
export type ReportProgress = (fraction: number) => void;

/** Takes one kind of file apart. Throws `Failure` for a file that cannot be read. */
export interface Extractor {
  readonly kind: MediaKind;
  /** Reads headers only: fast, decodes nothing. */
  probe(path: string, signal: AbortSignal): Promise<MediaFacts>;
  extract(item: MediaItem, signal: AbortSignal, report?: ReportProgress): AsyncIterable<Cut>;
}
