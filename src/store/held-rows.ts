import type { MediaItem } from "../media/media-item.ts";
import type { Segment, SegmentSource } from "../media/segment.ts";
import { byPath, limitOf } from "./lance-read.ts";
import type { Filter, SearchHit, StoreCounts } from "./media-store.ts";
import { lengthOf, mostSimilar } from "./most-similar.ts";
import { type FilteredRow, fittingRows, itemFits, segmentFits } from "./row-filter.ts";
import { byItemAndPlace, byPlace, itemSource, type Row, toItem, toSegment } from "./rows.ts";

/** A row with what it stands for worked out once. Rows of one item share its parts. */
export interface HeldRow extends FilteredRow, Pick<Row, "key" | "ordinal" | "page" | "text" | "vector"> {
  /** Of the vector; 0 without one. */
  readonly length: number;
  readonly parsed: MediaItem;
  readonly segment: Segment;
}

/** The rows of one version of the table: they answer what the table of that version answers. */
export interface HeldRows {
  list(filter: Filter): readonly MediaItem[];
  segments(id: string, sources?: readonly SegmentSource[]): readonly Segment[];
  scan(filter: Filter): readonly SearchHit[];
  nearest(vector: Float32Array, filter: Filter): readonly SearchHit[];
  counts(filter: Filter): StoreCounts;
  /** Segments under the filter whose text holds one of the pieces; none without pieces. */
  containing(pieces: readonly string[], filter: Filter): readonly HeldRow[];
  /** By the engine's number of the row, which holds for this version alone. */
  numbered(id: bigint): HeldRow | undefined;
}

/** A row as the engine gives it. */
export interface StoredRow extends Omit<Row, "vector"> {
  readonly vector: { toArray(): Float32Array } | null;
  readonly _rowid: bigint;
}

/** @param batches all rows, in the table's order; between two batches other work goes on */
export async function holdRows(batches: AsyncIterable<readonly StoredRow[]>): Promise<HeldRows> {
  const byNumber = new Map<bigint, HeldRow>();
  const shared = new Map<string, SharedByItem>();
  for await (const batch of batches) for (const row of batch) byNumber.set(row._rowid, heldOf(row, shared));
  const rows = [...byNumber.values()];
  const items = rows.filter((row) => row.source === itemSource);
  const segments = rows.filter((row) => row.source !== itemSource);
  const byItem = groupedByItem(segments);
  const fitting = (filter: Filter): readonly HeldRow[] => {
    const [only, ...others] = filter.mediaIds ?? [];
    const searched = only !== undefined && others.length === 0 ? (byItem.get(only) ?? []) : segments;
    return fittingRows(searched, segmentFits(filter), itemFits(filter));
  };
  /** Where a filter speaks of segments, an item fits when one of its segments does. */
  const fittingItems = (filter: Filter): readonly HeldRow[] => {
    const ids = segmentFits(filter) && new Set(fitting(filter).map((row) => row.media_id));
    return fittingRows(items, itemFits(filter), ids && ((row) => ids.has(row.media_id)));
  };
  return {
    list: (filter) => {
      const found = fittingItems(filter).slice(0, limitOf(filter));
      return found.map(({ parsed }) => parsed).sort(byPath);
    },
    segments: (id, sources) => {
      const found = fittingRows(byItem.get(id) ?? [], segmentFits(sources ? { sources } : {}));
      return [...found].sort(byPlace).map(({ segment }) => segment);
    },
    scan: (filter) => {
      const found = fitting(filter).slice(0, limitOf(filter));
      return found.sort(byItemAndPlace).map((row) => toHit(row, 0));
    },
    nearest: (vector, filter) =>
      mostSimilar(vector, fitting(filter), limitOf(filter)).map(({ value, score }) => toHit(value, score)),
    counts: (filter) => {
      const found = fitting(filter);
      const vectors = found.filter(({ vector }) => vector !== null).length;
      return { items: fittingItems(filter).length, segments: found.length, vectors };
    },
    containing: (pieces, filter) => {
      const holds = ({ text }: HeldRow) => text !== null && pieces.some((piece) => text.includes(piece));
      return pieces.length === 0 ? [] : fitting(filter).filter(holds);
    },
    numbered: (id) => byNumber.get(id),
  };
}

type SharedByItem = Pick<HeldRow, "media_id" | "kind" | "locations" | "taken_ms" | "parsed">;

function heldOf(row: StoredRow, known: Map<string, SharedByItem>): HeldRow {
  const { media_id, kind, locations, taken_ms } = row;
  const ofItem = known.get(media_id) ?? { media_id, kind, locations, taken_ms, parsed: toItem(row) };
  known.set(media_id, ofItem);
  const { key, ordinal, source, start_ms, end_ms, page, text } = row;
  // A copy: the engine's own array would keep its whole answer in memory.
  const vector = row.vector?.toArray().slice() ?? null;
  const own = { key, ordinal, source, start_ms, end_ms, page, text, vector, length: lengthOf(vector) };
  return { ...ofItem, ...own, segment: toSegment(row) };
}

function groupedByItem(rows: readonly HeldRow[]): ReadonlyMap<string, HeldRow[]> {
  const groups = new Map<string, HeldRow[]>();
  for (const row of rows) {
    const group = groups.get(row.media_id);
    if (group) group.push(row);
    else groups.set(row.media_id, [row]);
  }
  return groups;
}

function toHit({ parsed, segment }: HeldRow, score: number): SearchHit {
  return { item: parsed, segment, score };
}
