import { finite, pathSeparator, placesOf } from "./filter-sql.ts";
import type { Filter } from "./media-store.ts";
import { itemSource, type Row } from "./rows.ts";

/** The columns that a filter asks about. */
export type FilteredRow = Pick<
  Row,
  "media_id" | "kind" | "locations" | "taken_ms" | "source" | "start_ms" | "end_ms"
>;

type Condition = (row: FilteredRow) => boolean;

/** `itemCondition` of `filter-sql.ts`, for rows in memory. */
export function itemFits({ kinds, mediaIds, under, takenFrom, takenTo }: Filter): Condition {
  const places = under === undefined ? undefined : placesOf(under).map((place) => pathSeparator + place);
  const ids = mediaIds && new Set<string>(mediaIds);
  const [from, to] = [
    finite(takenFrom ?? Number.NEGATIVE_INFINITY),
    finite(takenTo ?? Number.POSITIVE_INFINITY),
  ];
  return (row) =>
    (kinds === undefined || kinds.some((kind) => kind === row.kind)) &&
    (ids === undefined || ids.has(row.media_id)) &&
    (places === undefined || places.some((place) => row.locations.includes(place))) &&
    row.taken_ms >= from &&
    row.taken_ms <= to;
}

/** `segmentCondition` of `filter-sql.ts`; undefined when the filter says nothing of segments. */
export function segmentFits({ sources, within }: Filter): Condition | undefined {
  if (sources === undefined && within === undefined) return undefined;
  const range = within && { startMs: finite(within.startMs), endMs: finite(within.endMs) };
  return (row) =>
    (sources === undefined || sources.some((source) => source === row.source)) &&
    (range === undefined || overlaps(row, range));
}

export function isSegment(row: FilteredRow): boolean {
  return row.source !== itemSource;
}

function overlaps(
  { start_ms: start, end_ms: end }: FilteredRow,
  { startMs, endMs }: NonNullable<Filter["within"]>,
): boolean {
  if (start === null || end === null) return false;
  if (startMs === endMs) return start <= startMs && end >= endMs;
  if (start === end) return start >= startMs && start <= endMs;
  return start < endMs && end > startMs;
}
