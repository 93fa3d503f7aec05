import type { Data } from "@lancedb/lancedb";
import type { MediaId, MediaItem } from "../media/media-item.ts";
import { allOf, anyOf } from "./filter-sql.ts";
import { guarded } from "./lance-errors.ts";
import { listItems } from "./lance-read.ts";
import type { LanceTable } from "./lance-table.ts";
import type { EmbeddedSegment, Replacement } from "./media-store.ts";
import { addedRows, itemColumns, type Row, toRows } from "./rows.ts";

/**
 * Puts the new rows in the place of all rows of the items they replace: one commit, so that a reader or a kill
 * sees the old or the new whole. Where nothing is replaced, a plain append does, at a sixth of the cost.
 */
export async function replaceRows(open: LanceTable, replacements: readonly Replacement[]): Promise<void> {
  const latest = new Map(replacements.map((replacement) => [replacement.item.id, replacement]));
  const rows = [...latest.values()].flatMap(({ item, segments }) => toRows(item, segments));
  if (rows.length === 0) return;
  const replaced = replacements.flatMap(({ item, replaces = [] }) => [item.id, ...replaces]);
  await guarded(open.directory, async () => {
    const outdated = anyOf("media_id", [...new Set(replaced)]);
    const data = await toArrow(open, rows);
    // Of an append nobody can tell afterwards whether it arrived, or whether another machine added the same.
    if (!open.isShared && (await open.table.countRows(outdated)) === 0) {
      await open.table.add(data);
      return;
    }
    await mergeOver(open, outdated, data);
  });
}

export async function replaceCaptions(
  open: LanceTable,
  id: MediaId,
  captions: readonly EmbeddedSegment[],
): Promise<void> {
  const [item] = await listItems(open, { mediaIds: [id], limit: 1 });
  if (!item) return;
  const outdated = allOf(anyOf("media_id", [id]), anyOf("source", ["caption"])) ?? "false";
  await guarded(open.directory, async () => {
    if (captions.length === 0) {
      await open.table.delete(outdated);
      return;
    }
    await mergeOver(open, outdated, await toArrow(open, addedRows(item, captions)));
  });
}

/** Puts rows in and takes those out that `outdated` names and `data` does not hold, in one commit. */
async function mergeOver(
  open: LanceTable,
  outdated: string,
  data: Awaited<ReturnType<typeof toArrow>>,
): Promise<void> {
  await open.table
    .mergeInsert("key")
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .whenNotMatchedBySourceDelete({ where: outdated })
    .execute(data);
}

/** Rewrites what the rows say of their items, in one commit, and nothing else of them. */
export async function moveRows(open: LanceTable, items: readonly MediaItem[]): Promise<void> {
  if (items.length === 0) return;
  const columns = new Map<string, object>(items.map((item) => [item.id, itemColumns(item)]));
  await guarded(open.directory, async () => {
    const found: Pick<Row, "key" | "media_id">[] = await open.table
      .query()
      .where(anyOf("media_id", [...columns.keys()]))
      .select(["key", "media_id"])
      .toArray();
    if (found.length === 0) return;
    const changed = found.map(({ key, media_id }) => ({ key, ...columns.get(media_id) }));
    const data = await toArrow(open, changed, ["key", "kind", "locations", "taken_ms", "item"]);
    await open.table.mergeInsert("key").whenMatchedUpdateAll().execute(data);
  });
}

export async function removeRows(open: LanceTable, ids: readonly MediaId[]): Promise<void> {
  await guarded(open.directory, async () => {
    const condition = allOf(anyOf("media_id", ids)) ?? "false";
    if ((await open.table.countRows(condition)) > 0) await open.table.delete(condition);
  });
}

async function toArrow(
  open: LanceTable,
  rows: readonly object[],
  columns?: readonly string[],
): Promise<Data> {
  const [{ makeArrowTable }, { Schema }] = await Promise.all([
    import("@lancedb/lancedb"),
    import("apache-arrow"),
  ]);
  const whole = await open.table.schema();
  const fields = columns ? whole.fields.filter((field) => columns.includes(field.name)) : whole.fields;
  return makeArrowTable(
    rows.map((row) => ({ ...row })),
    { schema: new Schema(fields) },
  );
}
