import type { VectorQuery } from "@lancedb/lancedb";
import { allOf, itemCondition, quote, segmentCondition } from "./filter-sql.ts";
import type { HeldRows } from "./held-rows.ts";
import { guarded } from "./lance-errors.ts";
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
  text: string,
  filter: Filter,
): Promise<readonly SearchHit[]> {
  const limit = limitOf(filter);
  if (limit === 0 || text.trim() === "") return [];
  const columns = [...hitColumns, "key"];
  const byWord = await guarded(open.directory, () => fullText<Row>(open, text, filter, columns));
  const pieces = substringsOf(text);
  if (pieces.length === 0 || byWord.length >= limit) return byWord.map((row) => toHit(row, row._score));
  const bySubstring = await guarded(open.directory, () => substrings(open, pieces, filter));
  return withSubstrings(byWord, bySubstring, pieces)
    .slice(0, limit)
    .map((row) => toHit(row, row._score));
}

/** The same with the engine asked for no more than the keys; undefined when the rows are no longer those of the table. */
export async function matchingHeld(
  open: LanceTable,
  rows: HeldRows,
  text: string,
  filter: Filter,
): Promise<readonly SearchHit[] | undefined> {
  const limit = limitOf(filter);
  if (limit === 0 || text.trim() === "") return [];
  const byWord = await guarded(open.directory, () => fullText<KeyAndText>(open, text, filter, ["key"]));
  const pieces = substringsOf(text);
  const wanting = pieces.length > 0 && byWord.length < limit;
  const scored = wanting ? withSubstrings(byWord, rows.containing(pieces, filter), pieces) : byWord;
  const hits = scored.slice(0, limit).map((row) => rows.hit(row.key, row._score));
  return hits.every((hit) => hit !== undefined) ? hits : undefined;
}

type KeyAndText = Pick<Row, "key" | "text">;
type Scored<Found> = Found & { readonly _score: number };

async function fullText<Found extends Pick<Row, "key">>(
  open: LanceTable,
  text: string,
  filter: Filter,
  columns: readonly string[],
): Promise<Scored<Found>[]> {
  const { MatchQuery } = await import("@lancedb/lancedb");
  const query = open.table.query().fullTextSearch(new MatchQuery(text, "text")).limit(limitOf(filter));
  query.select([...columns, "_score"]);
  // Rows of items have no text: a condition that leaves them out would cost as much as the search.
  const condition = allOf(itemCondition(filter), segmentCondition(filter));
  if (condition !== undefined) query.where(condition);
  return ((await query.toArray()) as Scored<Found>[]).sort(bestFirst);
}

/** What holds pieces of the text only as substrings comes after all that holds its words. */
function withSubstrings<Found extends KeyAndText>(
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
