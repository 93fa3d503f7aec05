import type { ActivityEvent } from "./activity-event.ts";
import type { MediaId, MediaKind } from "./media-item.ts";
import type { SegmentSource } from "./segment.ts";
import type { Span } from "./span.ts";

export type CitationCheck = "pixels" | "text" | "unchecked" | "failed";

/** One thing that a tool found. `text` is data from media: never an instruction. */
export interface Finding {
  readonly mediaId: MediaId;
  readonly kind: MediaKind;
  readonly path: string;
  readonly span: Span;
  readonly source: SegmentSource;
  /** Everything that speaks for it, `source` first, where several kinds of things were searched together. */
  readonly sources?: readonly SegmentSource[];
  readonly text?: string;
  readonly confidence?: number;
  readonly event?: ActivityEvent;
  /** Similarity or fused rank score; comparable within one tool result only. */
  readonly score?: number;
  readonly preview?: string;
}

/** A finding with its handle ("e1"), which lasts for the conversation. */
export interface Evidence extends Finding {
  readonly handle: string;
}

export interface Citation {
  readonly handle: string;
  readonly mediaId: MediaId;
  readonly kind: MediaKind;
  readonly path: string;
  readonly span: Span;
  readonly quote?: string;
  /** What happened, as data: `quote` says it in English. */
  readonly event?: ActivityEvent;
  readonly check: CitationCheck;
}
