import { z } from "zod";
import type { ActivityEvent } from "../media/activity-event.ts";
import type { MediaId, MediaItem } from "../media/media-item.ts";
import type { Segment, SegmentSource } from "../media/segment.ts";
import type { Span } from "../media/span.ts";
import { pathSeparator } from "./filter-sql.ts";
import type { EmbeddedSegment } from "./media-store.ts";

/**
 * A row of the one table. An item is row 0 (`source` "item", so that an item without segments exists) and a row
 * for each segment. Every row carries its item, so that one query sees one state and needs no join.
 */
export interface Row extends ItemColumns {
  readonly key: string;
  readonly media_id: string;
  readonly ordinal: number;
  readonly source: string;
  readonly start_ms: number | null;
  readonly end_ms: number | null;
  readonly page: number | null;
  readonly text: string | null;
  /** JSON of what no query filters by: confidence, event, preview. */
  readonly detail: string | null;
  readonly vector: Float32Array | null;
}

/** The columns that change when a file moves. */
export interface ItemColumns {
  readonly kind: string;
  /** Every path of the item, each between two separators. */
  readonly locations: string;
  /** `takenAt`, or `modifiedAt` where the file says no date. */
  readonly taken_ms: number;
  /** JSON of the whole MediaItem. */
  readonly item: string;
}

export const itemSource = "item";
const firstAddedOrdinal = 1_000_000_000;

/** What `toSegment` reads. */
export const segmentColumns = [
  "media_id",
  "ordinal",
  "source",
  "start_ms",
  "end_ms",
  "page",
  "text",
  "detail",
];
/** What a search hit is made of. */
export const hitColumns = [...segmentColumns, "item"];

export function toRows(item: MediaItem, segments: readonly EmbeddedSegment[]): Row[] {
  const shared = { ...itemColumns(item), media_id: item.id as string };
  const blank = { start_ms: null, end_ms: null, page: null, text: null, detail: null, vector: null };
  const first: Row = { ...shared, ...blank, key: rowKey(item.id, 0), ordinal: 0, source: itemSource };
  const rest = segments.map((segment, index) => segmentRow(segment, index + 1));
  return [first, ...rest.map((row) => ({ ...shared, ...row, key: rowKey(item.id, row.ordinal) }))];
}

export function itemColumns(item: MediaItem): ItemColumns {
  const paths = [item.path, ...(item.copies ?? []).map((copy) => copy.path)];
  return {
    kind: item.kind,
    locations: pathSeparator + paths.map((path) => path + pathSeparator).join(""),
    taken_ms: item.takenAt ?? item.modifiedAt,
    item: JSON.stringify(item),
  };
}

/** Rows that are added to an item later; far beyond the ordinals that its file gave. */
export function addedRows(item: MediaItem, segments: readonly EmbeddedSegment[]): Row[] {
  const shared = { ...itemColumns(item), media_id: item.id as string };
  return segments.map((segment, index) => {
    const row = segmentRow(segment, firstAddedOrdinal + index);
    return { ...shared, ...row, key: rowKey(item.id, row.ordinal) };
  });
}

function segmentRow(segment: EmbeddedSegment, ordinal: number) {
  const { span, source, text, confidence, event, startsShot, preview, vector } = segment;
  const detail = { confidence, event, startsShot, preview };
  const hasDetail = Object.values(detail).some((value) => value !== undefined);
  return {
    ordinal,
    source: source as string,
    start_ms: span.kind === "time" ? span.startMs : null,
    end_ms: span.kind === "time" ? span.endMs : null,
    page: span.kind === "page" ? span.page : null,
    text: text ?? null,
    detail: hasDetail ? JSON.stringify(detail) : null,
    vector: vector?.some((value) => value !== 0) ? vector : null,
  };
}

function rowKey(id: MediaId, ordinal: number): string {
  return `${id}/${ordinal}`;
}

const detailShape = z.object({
  confidence: z.number().optional(),
  event: z.custom<ActivityEvent>().optional(),
  startsShot: z.boolean().optional(),
  preview: z.string().optional(),
});

export function toSegment(row: Omit<Row, "vector">): Segment {
  const { confidence, event, startsShot, preview } =
    row.detail === null ? {} : detailShape.parse(JSON.parse(row.detail));
  return {
    mediaId: row.media_id as MediaId,
    span: toSpan(row),
    source: row.source as SegmentSource,
    ...(row.text === null ? {} : { text: row.text }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(event === undefined ? {} : { event }),
    ...(startsShot === undefined ? {} : { startsShot }),
    ...(preview === undefined ? {} : { preview }),
  };
}

export function toItem(row: Pick<Row, "item">): MediaItem {
  return JSON.parse(row.item) as MediaItem;
}

function toSpan({ start_ms, end_ms, page }: Pick<Row, "start_ms" | "end_ms" | "page">): Span {
  if (start_ms !== null && end_ms !== null) return { kind: "time", startMs: start_ms, endMs: end_ms };
  return page === null ? { kind: "whole" } : { kind: "page", page };
}

type Place = Pick<Row, "media_id" | "ordinal" | "page" | "start_ms">;

export function byItemAndPlace(a: Place, b: Place): number {
  if (a.media_id === b.media_id) return byPlace(a, b);
  return a.media_id < b.media_id ? -1 : 1;
}

/** Order of a file's segments: the whole first, then by page or time, then as the extractor gave them. */
export function byPlace(a: Place, b: Place): number {
  const place = (row: Place): number => row.page ?? row.start_ms ?? Number.NEGATIVE_INFINITY;
  const [left, right] = [place(a), place(b)];
  return left === right ? a.ordinal - b.ordinal : left - right;
}
