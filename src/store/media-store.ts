import type { MediaId, MediaItem, MediaKind } from "../media/media-item.ts";
import type { Segment, SegmentSource } from "../media/segment.ts";

export interface EmbeddedSegment extends Segment {
  /** Unit length, in the store's space. Absent for segments that are found by text alone. */
  readonly vector?: Float32Array;
}

/** Every given condition must hold. */
export interface Filter {
  readonly kinds?: readonly MediaKind[];
  /** Absolute folder or file: one of the item's paths is it, or lies below it. */
  readonly under?: string;
  readonly mediaIds?: readonly MediaId[];
  readonly sources?: readonly SegmentSource[];
  /** Epoch ms, inclusive; compared with `takenAt`, or `modifiedAt` where a file says no date. */
  readonly takenFrom?: number;
  readonly takenTo?: number;
  /** Only segments with a time span that overlaps this range of their item; spans that merely touch it do not. */
  readonly within?: { readonly startMs: number; readonly endMs: number };
  /** At most this many results; the store's own default is 50. */
  readonly limit?: number;
}

export interface SearchHit {
  readonly item: MediaItem;
  readonly segment: Segment;
  /** `nearest`: cosine similarity, -1..1. `matching`: the full-text score, above 0. Best first. */
  readonly score: number;
}

/** One item's new content, and the items whose place it takes (a changed file has a new content id). */
export interface Replacement {
  readonly item: MediaItem;
  readonly segments: readonly EmbeddedSegment[];
  readonly replaces?: readonly MediaId[];
}

export interface StoreCounts {
  readonly items: number;
  readonly segments: number;
  readonly vectors: number;
}

/** The index of one library, opened for one vector space. */
export interface MediaStore extends AsyncDisposable {
  readonly space: string;
  /** Replaces everything that is known of the item, in one atomic step. */
  put(item: MediaItem, segments: readonly EmbeddedSegment[]): Promise<void>;
  /** `put` for several items, all in one atomic step: many small items make few files. */
  putAll(replacements: readonly Replacement[]): Promise<void>;
  /**
   * Replaces the captions of an item and leaves all else, in one atomic step; `put` takes them away with the rest.
   * Nothing happens where the item is not in the store.
   */
  putCaptions(id: MediaId, captions: readonly EmbeddedSegment[]): Promise<void>;
  /** Changes what is known of the file (path, dates) and keeps its segments. */
  move(id: MediaId, item: MediaItem): Promise<void>;
  /** `move` for several items, in one atomic step. Items that are not in the store are left out. */
  moveAll(items: readonly MediaItem[]): Promise<void>;
  /** One atomic step for all ids given; an id that is not in the store is no error. */
  remove(id: MediaId, ...more: readonly MediaId[]): Promise<void>;
  get(id: MediaId): Promise<MediaItem | undefined>;
  /** In no order that counts: which ones a limit leaves out is not said. */
  list(filter: Filter): Promise<readonly MediaItem[]>;
  /** In order of time or page. */
  segments(id: MediaId, sources?: readonly SegmentSource[]): Promise<readonly Segment[]>;
  /** Segments of all items that fit the filter, unranked: for events and facts. */
  scan(filter: Filter): Promise<readonly SearchHit[]>;
  nearest(vector: Float32Array, filter: Filter): Promise<readonly SearchHit[]>;
  matching(text: string, filter: Filter): Promise<readonly SearchHit[]>;
  counts(filter?: Filter): Promise<StoreCounts>;
  /** Compacts files and builds the vector index when rows justify it. Searches go on meanwhile. */
  optimize(signal?: AbortSignal): Promise<void>;
}
