import { Failure } from "../media/failure.ts";
import { guarded } from "./lance-errors.ts";
import type { LanceTable } from "./lance-table.ts";

/** Below this, comparing with every vector is as fast as an index, and exact. */
export const rowsForVectorIndex = 10_000;

export async function hasVectorIndex(open: LanceTable): Promise<boolean> {
  return (await open.table.listIndices()).some((index) => index.columns.includes("vector"));
}

/** So long may another machine need for what it began on an older version. */
const graceMs = 15 * 60_000;

/**
 * Joins small files, brings the indices up to date, builds those that rows justify by now, and deletes the files of
 * every older version, which would double the disk. A search that still reads those is repeated by `guarded`.
 * On an object store versions stay for a while, and who is always forestalled by other machines' commits leaves the
 * table as it is: another time will do.
 */
export async function tidyTable(open: LanceTable, signal?: AbortSignal): Promise<void> {
  const cleanupOlderThan = () => new Date(Date.now() - (open.isShared ? graceMs : 0));
  try {
    await guarded(open.directory, async () => {
      const rebuild = await vectorIndexIsDue(open);
      await open.table.optimize({ cleanupOlderThan: cleanupOlderThan() });
      signal?.throwIfAborted();
      if (!rebuild) return;
      await buildIndices(open);
      await open.table.optimize({ cleanupOlderThan: cleanupOlderThan() });
    });
  } catch (error) {
    const isForestalled = open.isShared && error instanceof Failure && error.code === "busy";
    if (!isForestalled) throw error;
  }
}

/** Due on the first time, and again when most rows came after its partitions were learned. */
async function vectorIndexIsDue({ table }: LanceTable): Promise<boolean> {
  const index = (await table.listIndices()).find(({ columns }) => columns.includes("vector"));
  if (!index) return (await table.countRows("vector IS NOT NULL")) >= rowsForVectorIndex;
  const stats = await table.indexStats(index.name);
  return stats !== undefined && stats.numUnindexedRows > stats.numIndexedRows;
}

async function buildIndices({ table, dimensions }: LanceTable): Promise<void> {
  const { Index } = await import("@lancedb/lancedb");
  // RaBitQ packs eight dimensions into a byte.
  const distance = { distanceType: "cosine" } as const;
  const config = dimensions % 8 === 0 ? Index.ivfRq(distance) : Index.ivfFlat(distance);
  await table.createIndex("vector", { config });
  await table.createIndex("media_id", { config: Index.btree() });
}
