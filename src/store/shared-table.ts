import { setTimeout as sleep } from "node:timers/promises";
import type { Connection, Table } from "@lancedb/lancedb";
import type { Schema } from "apache-arrow";
import { Failure } from "../media/failure.ts";
import { guarded } from "./lance-errors.ts";
import { arrowSchema, corrupt, type Space, schemaVersion, tableOf, tooNew } from "./lance-schema.ts";
import type { LanceTable } from "./lance-table.ts";
import { knock, objectStoreOptions, unreachable } from "./object-store.ts";
import { addTextIndex } from "./text-index.ts";

const spaceKey = "sightline:space";
const versionKey = "sightline:schemaVersion";
const dimensionsKey = "sightline:dimensions";
/** The engine's name for what makes it compare the keys of commits that meet: without it rows are doubled. */
const primaryKey = new Map([["lance-schema:unenforced-primary-key:position", "1"]]);

const longestOpeningMs = 45_000;
/**
 * Who made the table waits before writing, so many times as long as making it took: whoever saw none there and is
 * making it too is done by then.
 */
const settling = 3;

/**
 * The table of a space on an object store, where there is no rename and no lock between machines. What a local index
 * says of itself in `store.json` stands in the table's schema. Reading needs no right to write.
 */
export async function openSharedTable(place: string, space: Space): Promise<LanceTable> {
  const name = tableOf(space.space);
  return withConnection(place, async (connection) => {
    const names = await connection.tableNames({ limit: 10_000 });
    if (!names.includes(name)) await createTable(connection, name, space);
    const table = await connection.openTable(name);
    checkDescription(place, await table.schema(), space);
    await guarded(place, () => ensureTextIndex(table));
    const newestState = async () => String(await guarded(place, () => table.version()));
    return { ...space, directory: place, table, isShared: true, newestState };
  });
}

/** Whether a table of any space is there. */
export async function hasSharedIndex(place: string): Promise<boolean> {
  return withConnection(place, async (connection) => (await segmentTables(connection)).length > 0);
}

/** The spaces that have a table at this place. */
export async function spacesInShared(place: string): Promise<readonly Space[]> {
  return withConnection(place, async (connection) => {
    const spaces: Space[] = [];
    for (const name of await segmentTables(connection)) {
      const table = await connection.openTable(name);
      const { metadata } = await table.schema();
      const space = metadata.get(spaceKey) ?? name;
      spaces.push({ space, dimensions: Number(metadata.get(dimensionsKey)) });
      table.close();
    }
    return spaces;
  });
}

async function segmentTables(connection: Connection): Promise<readonly string[]> {
  return (await connection.tableNames({ limit: 10_000 })).filter((name) => name.startsWith("segments-"));
}

async function withConnection<T>(place: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const storageOptions = objectStoreOptions(process.env);
  await knock(process.env);
  // Its warnings quote requests, and what a person can mend is said by a `Failure`. Read when the engine loads.
  process.env.LANCEDB_LOG ??= "error";
  const { connect } = await import("@lancedb/lancedb");
  const opening = guarded(place, async () => {
    // 0: every read looks for commits of other machines first, one request more to a read.
    const connection = await connect(place, { readConsistencyInterval: 0, storageOptions });
    try {
      return await work(connection);
    } finally {
      connection.close();
    }
  });
  const waiting = new AbortController();
  const tooLong = sleep(longestOpeningMs, undefined, { signal: waiting.signal, ref: false }).then(
    () => {
      throw unreachable(storageOptions.aws_endpoint || place);
    },
    () => undefined as never,
  );
  try {
    return await Promise.race([opening, tooLong]);
  } finally {
    waiting.abort();
  }
}

/**
 * Two machines may find no table at the same moment. The engine then lets the second one's overwrite the first one's,
 * with what was written meanwhile: the second sees that its table is not the first version, and puts that back.
 */
async function createTable(connection: Connection, name: string, space: Space): Promise<void> {
  const began = performance.now();
  const made = await connection.createEmptyTable(name, await describedSchema(space)).catch(unlessExists);
  if (made) {
    const version = await made.version();
    if (version > 1) {
      await made.checkout(version - 1);
      await made.restore();
    }
    made.close();
  }
  await sleep(settling * (performance.now() - began));
}

/** The engine says so in different words, depending on how far the other one was. */
function unlessExists(error: unknown): undefined {
  if (error instanceof Error && /already exists|commit conflict/i.test(error.message)) return undefined;
  throw error;
}

/** Its maker may have been killed before it made the index. */
async function ensureTextIndex(table: Table): Promise<void> {
  await table.checkoutLatest();
  const indices = await table.listIndices();
  if (!indices.some(({ columns }) => columns.includes("text"))) await addTextIndex(table);
}

async function describedSchema({ space, dimensions }: Space): Promise<Schema> {
  const { Field, Schema } = await import("apache-arrow");
  const { fields } = await arrowSchema(dimensions);
  return new Schema(
    fields.map((field) =>
      field.name === "key" ? new Field(field.name, field.type, field.nullable, primaryKey) : field,
    ),
    new Map([
      [spaceKey, space],
      [versionKey, String(schemaVersion)],
      [dimensionsKey, String(dimensions)],
    ]),
  );
}

function checkDescription(place: string, { metadata }: Schema, { space, dimensions }: Space): void {
  const version = Number(metadata.get(versionKey));
  if (version > schemaVersion) throw tooNew(place, { schemaVersion: version });
  if (metadata.get(spaceKey) !== space || !(version > 0)) {
    throw new Failure({
      code: "corrupt",
      message: `What lies at ${place} is no index of Sightline.`,
      remedy: "Name another prefix: --index s3://bucket/prefix",
    });
  }
  const found = Number(metadata.get(dimensionsKey));
  if (found === dimensions) return;
  throw corrupt(place, `it holds vectors of ${found} numbers for ${space}, not ${dimensions}`);
}
