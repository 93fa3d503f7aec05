import type { ActivityEvent } from "../../../media/activity-event.ts";
import type { CitationCheck } from "../../../media/citation.ts";
import type { Coverage } from "../../../media/coverage.ts";
import type { FailureDetail } from "../../../media/failure.ts";
import type { MediaKind } from "../../../media/media-item.ts";
import type { SegmentSource } from "../../../media/segment.ts";

/** A media item as the API tells of it: no path of the disk, an opaque id. */
export interface Item {
  readonly id: string;
  readonly name: string;
  readonly kind: MediaKind;
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly durationMs?: number;
  readonly width?: number;
  readonly height?: number;
  readonly takenAt?: number;
  readonly pages?: number;
  readonly title?: string;
  readonly placeName?: string;
}

export type ItemEvent = Pick<ActivityEvent, "kind" | "track" | "colour" | "startMs"> & {
  readonly side?: string;
  readonly from?: string;
  readonly towards?: string;
};

export interface ItemSegment {
  readonly source: SegmentSource;
  readonly startMs?: number;
  readonly endMs?: number;
  readonly page?: number;
  readonly text?: string;
  readonly event?: ItemEvent;
}

export interface Shot {
  readonly startMs: number;
  /** Without it the shot ends where the next begins. */
  readonly endMs?: number;
}

export interface ItemDetail extends Item {
  readonly segments: readonly ItemSegment[];
  readonly shots?: readonly Shot[];
}

/** A place in a media item: a stretch of time, a page, or the whole. */
export interface Place {
  readonly startMs?: number;
  readonly endMs?: number;
  readonly page?: number;
}

/** What is searched for without words: a picture, a frame or a stretch of the library. */
export interface Likeness {
  readonly image?: { readonly id: string; readonly timeMs?: number };
  readonly clip?: { readonly id: string; readonly startMs: number; readonly endMs: number };
}

export interface Hit extends Place {
  readonly id: string;
  readonly name: string;
  readonly kind: MediaKind;
  readonly source: SegmentSource;
  readonly score?: number;
  readonly text?: string;
  readonly event?: ItemEvent;
  readonly why: Why;
}

/** Why a hit is there: what speaks for it, and where the words that were searched for stand in its text. */
export interface Why {
  readonly sources: readonly SegmentSource[];
  readonly words: readonly string[];
  readonly snippet?: {
    readonly text: string;
    readonly marks: readonly (readonly [start: number, end: number])[];
  };
}

export interface SearchAnswer {
  readonly hits: readonly Hit[];
  readonly coverage: Coverage;
}

export interface Source extends Place {
  readonly handle: string;
  readonly id: string;
  readonly name: string;
  readonly kind: MediaKind;
  readonly quote?: string;
  readonly event?: ItemEvent;
  readonly check: CitationCheck;
}

export interface FileFailure extends FailureDetail {
  readonly path?: string;
  readonly name?: string;
}

/** The newest thing that an index job said; the fields depend on its type. */
export interface JobEvent {
  readonly type: string;
  readonly done?: number;
  readonly total?: number;
  readonly path?: string;
  readonly fraction?: number;
  readonly rate?: number;
  readonly etaMs?: number;
  readonly added?: number;
  readonly updated?: number;
  readonly removed?: number;
  readonly failed?: readonly FileFailure[];
}

export interface Job {
  readonly id: string;
  readonly roots: readonly string[];
  readonly state: "running" | "done" | "cancelled" | "failed";
  readonly event?: JobEvent;
  readonly failure?: FailureDetail;
}

export interface LibraryFacts {
  readonly roots: readonly string[];
  readonly failures: readonly FileFailure[];
  /** None while nothing is indexed. */
  readonly counts?: { readonly items: number } | null;
  readonly jobs: readonly Job[];
  /** None while nothing is indexed. */
  readonly model?: {
    readonly name: string;
    readonly runsOn?: string;
    readonly byRules?: boolean;
    readonly sees?: boolean;
  } | null;
}
