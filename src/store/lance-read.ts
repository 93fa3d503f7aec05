import type { MediaItem } from "../media/media-item.ts";
import type { Segment, SegmentSource } from "../media/segment.ts";
import { allOf, anyOf, itemCondition, quote, segmentCondition } from "./filter-sql.ts";
import { guarded } from "./lance-errors.ts";
import type { LanceTable } from "./lance-table.ts";
import type { Filter, SearchHit, StoreCounts } from "./media-store.ts";
import {
  byItemAndPlace,
  byPlace,
  hitColumns,
  itemSource,
  type Row,
  segmentColumns,
  toItem,
  toSegment,
} from "./rows.ts";

export const defaultLimit = 50;

const isItem = `source = ${quote(itemSource)}`;
const isSegment = `source <> ${quote(itemSource)}`;

export async function listItems(open: LanceTable, filter: Filter): Promise<readonly MediaItem[]> {
  const condition = allOf(isItem, itemCondition(filter), await withFittingSegments(open, filter));
  const rows = await select(open, condition, ["media_id", "item"], limitOf(filter));
  return rows.map(toItem).sort(byPath);
}

export async function itemSegments(
  open: LanceTable,
  id: string,
  sources?: readonly SegmentSource[],
): Promise<readonly Segment[]> {
  const condition = allOf(isSegment, anyOf("media_id", [id]), sources && anyOf("source", sources));
  const rows = await select(open, condition, segmentColumns);
  return rows.sort(byPlace).map(toSegment);
}

export async function scanSegments(open: LanceTable, filter: Filter): Promise<readonly SearchHit[]> {
  const rows = await select(open, segmentsThatFit(filter), hitColumns, limitOf(filter));
  return rows.sort(byItemAndPlace).map((row) => toHit(row, 0));
}

export async function countRows(open: LanceTable, filter: Filter): Promise<StoreCounts> {
  const fitting = segmentsThatFit(filter);
  const count = (condition: string | undefined) =>
    guarded(open.directory, () => open.table.countRows(condition));
  const items = allOf(isItem, itemCondition(filter), await withFittingSegments(open, filter));
  return {
    items: await count(items),
    segments: await count(fitting),
    vectors: await count(allOf(fitting, "vector IS NOT NULL")),
  };
}

export function segmentsThatFit(filter: Filter): string | undefined {
  return allOf(isSegment, itemCondition(filter), segmentCondition(filter));
}

/** Where a filter speaks of segments, an item fits when one of its segments does. */
async function withFittingSegments(open: LanceTable, filter: Filter): Promise<string | undefined> {
  if (segmentCondition(filter) === undefined) return undefined;
  const rows = await select(open, segmentsThatFit(filter), ["media_id"]);
  return anyOf("media_id", [...new Set(rows.map((row) => row.media_id))]);
}

async function select(
  open: LanceTable,
  condition: string | undefined,
  columns: readonly string[],
  limit?: number,
): Promise<Row[]> {
  return guarded(open.directory, async () => {
    const query = open.table.query().select([...columns]);
    if (condition !== undefined) query.where(condition);
    if (limit !== undefined) query.limit(limit);
    return (await query.toArray()) as Row[];
  });
}

export function toHit(row: Row, score: number): SearchHit {
  return { item: toItem(row), segment: toSegment(row), score };
}

export function byPath(a: MediaItem, b: MediaItem): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

/** The engine counts in 32 bits. */
export function limitOf({ limit = defaultLimit }: Filter): number {
  return Math.max(0, Math.min(Math.floor(limit), 2 ** 31 - 1));
}
