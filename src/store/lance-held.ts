import { type HeldRows, holdRows, type StoredRow } from "./held-rows.ts";
import { guarded } from "./lance-errors.ts";
import type { LanceTable } from "./lance-table.ts";

/** More than this is left to the engine: as many rows as its vector index begins at, and 64 MiB of vectors. */
const mostRows = 10_000;
const mostVectorBytes = 64 * 1024 * 1024;
/** One search from the command line reads less: it shall not load what it does not use. */
const usualReads = 16;

export interface HeldTable {
  /**
   * The rows of the state that is newest now; undefined while they are not in memory. The state is asked for at
   * every call (0.05 ms on a disk), so that a commit of any process is seen at once.
   */
  current(): Promise<HeldRows | undefined>;
  /** Whether these rows are still of the newest state. */
  isCurrent(rows: HeldRows): Promise<boolean>;
}

/** Holds the rows of a small table in memory from the `after`th read of one state on. */
export function holdTable(open: LanceTable, after = usualReads): HeldTable {
  const newestState = askState(open);
  let state = "";
  let reads = 0;
  let rows: HeldRows | undefined;

  const current = async () => {
    const newest = await newestState();
    if (newest !== state) [state, reads, rows] = [newest, 0, undefined];
    reads += 1;
    // One read waits for the rows; the engine answers the others meanwhile, and all of them where there are too many.
    if (reads !== after) return rows;
    const loaded = await loadRows(open);
    if ((await newestState()) !== newest || state !== newest) return undefined;
    rows = loaded;
    return rows;
  };
  return { current, isCurrent: async (held) => (await newestState()) === state && held === rows };
}

/** Asks for the newest state; reads that begin together ask once. */
function askState(open: LanceTable): () => Promise<string> {
  let asked: Promise<string> | undefined;
  const ask = async () => {
    await Promise.resolve();
    // A commit from here on may be missed by this question: who reads later asks anew.
    asked = undefined;
    return await open.newestState();
  };
  return () => {
    asked ??= ask();
    return asked;
  };
}

async function loadRows(open: LanceTable): Promise<HeldRows | undefined> {
  const most = Math.min(mostRows, mostVectorBytes / (4 * open.dimensions));
  return guarded(open.directory, async () =>
    (await open.table.countRows()) > most ? undefined : await holdRows(rowBatches(open)),
  );
}

async function* rowBatches(open: LanceTable): AsyncGenerator<readonly StoredRow[]> {
  for await (const batch of open.table.query().withRowId())
    yield batch.toArray().map((row) => row.toJSON() as unknown as StoredRow);
}
