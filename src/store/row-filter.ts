import { finite, pathSeparator, placesOf } from "./filter-sql.ts";
import type { Filter } from "./media-store.ts";
import type { Row } from "./rows.ts";

/** The columns that a filter asks about. */
export type FilteredRow = Pick<
  Row,
  "media_id" | "kind" | "locations" | "taken_ms" | "source" | "start_ms" | "end_ms"
>;

type Condition = (row: FilteredRow) => boolean;

/** The rows that fit all conditions; what asks nothing costs nothing. */
export function fittingRows<Found extends FilteredRow>(
  rows: readonly Found[],
  ...conditions: readonly (Condition | undefined)[]
): readonly Found[] {
  return conditions.reduce<readonly Found[]>(
    (left, condition) => (condition === undefined ? left : left.filter(condition)),
    rows,
  );
}

/** `itemCondition` of `filter-sql.ts`, for rows in memory; undefined when the filter says nothing of items. */
export function itemFits({ kinds, mediaIds, under, takenFrom, takenTo }: Filter): Condition | undefined {
  if ([kinds, mediaIds, under, takenFrom, takenTo].every((asked) => asked === undefined)) return undefined;
  const ofKind = kinds && new Set<string>(kinds);
  const ids = mediaIds && new Set<string>(mediaIds);
  const places = under === undefined ? undefined : placesOf(under).map((place) => pathSeparator + place);
  const from = finite(takenFrom ?? Number.NEGATIVE_INFINITY);
  const to = finite(takenTo ?? Number.POSITIVE_INFINITY);
  return (row) =>
    (ids?.has(row.media_id) ?? true) &&
    (ofKind?.has(row.kind) ?? true) &&
    (places === undefined || places.some((place) => row.locations.includes(place))) &&
    row.taken_ms >= from &&
    row.taken_ms <= to;
}

/** `segmentCondition` of `filter-sql.ts`; undefined when the filter says nothing of segments. */
export function segmentFits({ sources, within }: Filter): Condition | undefined {
  if (sources === undefined && within === undefined) return undefined;
  const ofSource = sources && new Set<string>(sources);
  const range = within && { startMs: finite(within.startMs), endMs: finite(within.endMs) };
  return (row) => (ofSource?.has(row.source) ?? true) && (range === undefined || overlaps(row, range));
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
