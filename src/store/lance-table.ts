import type { Table } from "@lancedb/lancedb";
import { guarded } from "./lance-errors.ts";
import { arrowSchema, type Space, tableNameOf } from "./lance-schema.ts";
import { stopWords } from "./text-query.ts";

/** The open table with what its readers and writers need to know of it. */
export interface LanceTable extends Space {
  readonly directory: string;
  readonly table: Table;
}

/** Opens the table of a space; creates it, with its full-text index, where there is none. */
export async function openTable(directory: string, space: Space): Promise<LanceTable> {
  const name = await tableNameOf(directory, space);
  return guarded(directory, async () => {
    const { connect } = await import("@lancedb/lancedb");
    // 0: every read looks for commits of other processes first.
    const connection = await connect(directory, { readConsistencyInterval: 0 });
    const names = await connection.tableNames({ limit: 10_000 });
    const table = names.includes(name)
      ? await connection.openTable(name)
      : await connection.createEmptyTable(name, await arrowSchema(space.dimensions), { existOk: true });
    connection.close();
    await ensureTextIndex(table);
    return { ...space, directory, table };
  });
}

/** An index on the empty table, because the engine searches rows that came after an index too, but none without one. */
async function ensureTextIndex(table: Table): Promise<void> {
  const hasIndex = async () => (await table.listIndices()).some((index) => index.columns.includes("text"));
  if (await hasIndex()) return;
  const { Index } = await import("@lancedb/lancedb");
  const config = Index.fts({
    baseTokenizer: "icu/split",
    language: "English",
    stem: true,
    lowercase: true,
    asciiFolding: true,
    removeStopWords: true,
    customStopWords: [...stopWords],
    withPosition: false,
  });
  try {
    await table.createIndex("text", { config });
  } catch (error) {
    if (!(await hasIndex())) throw error; // Another process may have been first.
  }
}
