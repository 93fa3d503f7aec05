import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Table } from "@lancedb/lancedb";
import { guarded } from "./lance-errors.ts";
import { arrowSchema, type Space, tableNameOf } from "./lance-schema.ts";
import { isObjectStore } from "./object-store.ts";
import { openSharedTable } from "./shared-table.ts";
import { addTextIndex } from "./text-index.ts";

/** The open table with what its readers and writers need to know of it. */
export interface LanceTable extends Space {
  readonly directory: string;
  /** To be read anew for each operation: `newestState` may have put another one here. */
  readonly table: Table;
  /** Other machines may write at the same moment. */
  readonly isShared: boolean;
  /**
   * What every commit of any process changes, asked for now. It opens the table again whose folder was deleted and
   * made anew: the engine would go on with what it remembers of the old one.
   */
  newestState(): Promise<string>;
}

/** Opens the table of a space; creates it, with its full-text index, where there is none. */
export async function openTable(directory: string, space: Space): Promise<LanceTable> {
  if (isObjectStore(directory)) return openSharedTable(directory, space);
  const name = await tableNameOf(directory, space);
  const openNow = () => guarded(directory, () => openLocal(directory, name, space.dimensions));
  let open = await openNow();
  return {
    ...space,
    directory,
    isShared: false,
    get table() {
      return open.table;
    },
    newestState: async () => {
      const born = birthOf(directory, name);
      // While there is none, the engine says what is missing.
      if (born !== undefined && born !== open.born) open = await openNow();
      const { table } = open;
      return `${open.born} ${await guarded(directory, () => table.version())}`;
    },
  };
}

async function openLocal(directory: string, name: string, dimensions: number) {
  const { connect } = await import("@lancedb/lancedb");
  // 0: every read looks for commits of other processes first.
  const connection = await connect(directory, { readConsistencyInterval: 0 });
  const names = await connection.tableNames({ limit: 10_000 });
  if (!names.includes(name)) await createTable(directory, name, dimensions);
  // Asked before it is opened: of a table that is made anew meanwhile, the next question tells.
  const born = birthOf(directory, name);
  const table = await connection.openTable(name);
  connection.close();
  return { table, born };
}

/** Tells the table's folder from another one made in its place. The number alone may be given again. */
function birthOf(directory: string, name: string): string | undefined {
  const folder = path.join(directory, `${name}.lance`);
  // In a thread of its own this would cost ten times as much.
  const found = statSync(folder, { bigint: true, throwIfNoEntry: false });
  return found && `${found.ino} ${found.birthtimeNs}`;
}

/**
 * Made aside, index and all, and renamed into place: the engine's own "create if absent" overwrites the table
 * of another process that is a moment faster. The full-text index is made while the table is empty, because
 * the engine searches rows that came after an index, but none without one.
 */
async function createTable(directory: string, name: string, dimensions: number): Promise<void> {
  const { connect } = await import("@lancedb/lancedb");
  const aside = path.join(directory, `.new-${randomUUID()}`);
  try {
    const connection = await connect(aside);
    const table = await connection.createEmptyTable(name, await arrowSchema(dimensions));
    await addTextIndex(table);
    table.close();
    connection.close();
    const folder = `${name}.lance`;
    await rename(path.join(aside, folder), path.join(directory, folder)).catch(unlessExists);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "EPERM") throw error;
}
