import path from "node:path";
import { folderPrefix } from "./is-inside.ts";
import type { Filter } from "./media-store.ts";

/** A text as an SQL literal. The engine knows no other escape than the doubled quote. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function anyOf(column: string, values: readonly string[]): string {
  return values.length === 0 ? "false" : `${column} IN (${values.map(quote).join(", ")})`;
}

/** All conditions at once; undefined when there are none. */
export function allOf(...conditions: readonly (string | undefined)[]): string | undefined {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? undefined : given.map((condition) => `(${condition})`).join(" AND ");
}

/** Stands between the paths in the `locations` column: no file system allows it in a name. */
export const pathSeparator = "\0";

/** What a filter says about items: true or false for every row of an item alike. */
export function itemCondition(filter: Filter): string | undefined {
  return allOf(
    filter.kinds && anyOf("kind", filter.kinds),
    filter.mediaIds && anyOf("media_id", filter.mediaIds),
    filter.under === undefined ? undefined : underCondition(filter.under),
    filter.takenFrom === undefined ? undefined : `taken_ms >= ${sqlNumber(filter.takenFrom)}`,
    filter.takenTo === undefined ? undefined : `taken_ms <= ${sqlNumber(filter.takenTo)}`,
  );
}

/** What a filter says about single segments. */
export function segmentCondition(filter: Filter): string | undefined {
  return allOf(filter.sources && anyOf("source", filter.sources), filter.within && overlap(filter.within));
}

function underCondition(under: string): string {
  const places = placesOf(under).map((place) => `contains(locations, ${quote(pathSeparator + place)})`);
  return places.join(" OR ");
}

/** How a path of the `locations` column goes on after its separator when it is `under`, or lies below it. */
export function placesOf(under: string): readonly string[] {
  const place = path.normalize(under);
  const bare = place.length > 1 && place.endsWith(path.sep) ? place.slice(0, -1) : place;
  return [bare + pathSeparator, folderPrefix(bare)];
}

/** Half-open on both sides, so that neighbours do not count; an instant lies in every span that holds it. */
function overlap({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): string {
  const [start, end] = [sqlNumber(startMs), sqlNumber(endMs)];
  if (startMs === endMs) return `start_ms <= ${start} AND end_ms >= ${end}`;
  return `(start_ms < ${end} AND end_ms > ${start}) OR (start_ms = end_ms AND start_ms >= ${start} AND start_ms <= ${end})`;
}

/** Times are floats in the table, which have no trouble with any finite number a caller may give. */
function sqlNumber(value: number): string {
  return finite(value).toFixed(3);
}

export function finite(value: number): number {
  if (Number.isNaN(value)) throw new RangeError("A filter holds NaN where a time belongs.");
  return Math.min(Math.max(value, -8.64e15), 8.64e15);
}
