import type { Query, VectorQuery } from "@lancedb/lancedb";
import { allOf, itemCondition, quote, segmentCondition } from "./filter-sql.ts";
import type { HeldRows } from "./held-rows.ts";
import { guarded } from "./lance-errors.ts";
import type { HeldTable } from "./lance-held.ts";
import { limitOf, segmentsThatFit, toHit } from "./lance-read.ts";
import type { LanceTable } from "./lance-table.ts";
import { hasVectorIndex, rowsForVectorIndex } from "./lance-upkeep.ts";
import type { Filter, SearchHit } from "./media-store.ts";
import { hitColumns, type Row } from "./rows.ts";
import { substringScore, substringsOf } from "./text-query.ts";

/** Nearest by cosine. Exact without a vector index and for narrow filters; else IVF_RQ, refined with the exact distance. */
export async function nearestSegments(
  open: LanceTable,
  vector: Float32Array,
  filter: Filter,
): Promise<readonly SearchHit[]> {
  const limit = limitOf(filter);
  if (limit === 0 || vector.every((value) => value === 0)) return [];
  const condition = allOf(itemCondition(filter), segmentCondition(filter));
  return guarded(open.directory, async () => {
    const query = open.table.query().nearestTo(vector).distanceType("cosine").limit(limit);
    query.select([...hitColumns, "_distance"]);
    if (condition !== undefined) query.where(condition);
    await chooseIndex(open, query, condition);
    const rows = (await query.toArray()) as (Row & { readonly _distance: number })[];
    return rows.map((row) => toHit(row, 1 - row._distance));
  });
}

async function chooseIndex(open: LanceTable, query: VectorQuery, condition: string | undefined) {
  if (!(await hasVectorIndex(open))) return;
  const narrow = condition !== undefined && (await open.table.countRows(condition)) < rowsForVectorIndex;
  if (narrow) query.bypassVectorIndex();
  else query.nprobes(20).refineFactor(10);
}

/** Full text by BM25; Chinese, Japanese and Korean by substring too, ranked below every full-text hit. */
export async function matchingSegments(
  open: LanceTable,
  held: HeldTable,
  text: string,
  filter: Filter,
): Promise<readonly SearchHit[]> {
  const rows = await held.current();
  const hits = rows && (await matchingHeld(open, rows, text, filter));
  // A commit may have come between the rows and the engine's answer, which names them by number.
  return hits && (await held.isCurrent(rows)) ? hits : matchingStored(open, text, filter);
}

async function matchingStored(open: LanceTable, text: string, filter: Filter): Promise<readonly SearchHit[]> {
  const limit = limitOf(filter);
  if (limit === 0 || text.trim() === "") return [];
  const byWord = await guarded(open.directory, () => fullText(open, text, filter));
  const pieces = substringsOf(text);
  if (pieces.length === 0 || byWord.length >= limit) return byWord.map((row) => toHit(row, row._score));
  const bySubstring = await guarded(open.directory, () => substrings(open, pieces, filter));
  return withSubstrings(byWord, bySubstring, pieces)
    .slice(0, limit)
    .map((row) => toHit(row, row._score));
}

/** With the engine asked for row numbers alone; undefined when these rows are not those of the table. */
async function matchingHeld(
  open: LanceTable,
  rows: HeldRows,
  text: string,
  filter: Filter,
): Promise<readonly SearchHit[] | undefined> {
  const limit = limitOf(filter);
  if (limit === 0 || text.trim() === "") return [];
  const found = await guarded(open.directory, async () => {
    const query = await fullTextQuery(open, text, filter);
    return (await query.withRowId().select(["_rowid", "_score"]).toArray()) as NumberedScore[];
  });
  const byWord = found.flatMap(({ _rowid, _score }) => {
    const row = rows.numbered(_rowid);
    return row ? [{ row, key: row.key, text: row.text, _score }] : [];
  });
  if (byWord.length < found.length) return undefined;
  byWord.sort(bestFirst);
  const pieces = byWord.length < limit ? substringsOf(text) : [];
  const containing = rows.containing(pieces, filter).map((row) => ({ row, key: row.key, text: row.text }));
  const scored = withSubstrings(byWord, containing, pieces).slice(0, limit);
  return scored.map(({ row, _score }) => ({ item: row.parsed, segment: row.segment, score: _score }));
}

type Scored<Found> = Found & { readonly _score: number };
type NumberedScore = Scored<{ readonly _rowid: bigint }>;

async function fullText(open: LanceTable, text: string, filter: Filter): Promise<Scored<Row>[]> {
  const query = await fullTextQuery(open, text, filter);
  const rows = await query.select([...hitColumns, "key", "_score"]).toArray();
  return (rows as Scored<Row>[]).sort(bestFirst);
}

async function fullTextQuery(open: LanceTable, text: string, filter: Filter): Promise<Query> {
  const { MatchQuery } = await import("@lancedb/lancedb");
  const query = open.table.query().fullTextSearch(new MatchQuery(text, "text")).limit(limitOf(filter));
  // Rows of items have no text: a condition that leaves them out would cost as much as the search.
  const condition = allOf(itemCondition(filter), segmentCondition(filter));
  return condition === undefined ? query : query.where(condition);
}

/** What holds pieces of the text only as substrings comes after all that holds its words. */
function withSubstrings<Found extends Pick<Row, "key" | "text">>(
  byWord: readonly Scored<Found>[],
  bySubstring: readonly Found[],
  pieces: readonly string[],
): readonly Scored<Found>[] {
  const known = new Set(byWord.map((row) => row.key));
  const lowest = byWord.at(-1)?._score ?? 1;
  const added = bySubstring
    .filter((row) => !known.has(row.key))
    .map((row) => ({ ...row, _score: lowest * 0.99 * substringScore(row.text ?? "", pieces) }))
    .sort(bestFirst);
  return [...byWord, ...added];
}

/** A plain pass over the texts: 10 ms for 100,000 rows, and never out of date. */
async function substrings(open: LanceTable, pieces: readonly string[], filter: Filter): Promise<Row[]> {
  const holdsOne = pieces.map((piece) => `contains(text, ${quote(piece)})`).join(" OR ");
  const condition = allOf("text IS NOT NULL", holdsOne, segmentsThatFit(filter)) ?? "true";
  return (await open.table
    .query()
    .where(condition)
    .select([...hitColumns, "key"])
    .toArray()) as Row[];
}

/** Equal scores keep one order from run to run. */
function bestFirst(a: Scored<Pick<Row, "key">>, b: Scored<Pick<Row, "key">>): number {
  return b._score - a._score || (a.key < b.key ? -1 : Number(a.key > b.key));
}
