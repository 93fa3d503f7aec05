import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Schema } from "apache-arrow";
import { z } from "zod";
import { Failure } from "../media/failure.ts";
import { isObjectStore } from "./object-store.ts";

/** Grows when older code could no longer read what newer code writes. */
export const schemaVersion = 1;

export interface Space {
  /** Model id and revision. */
  readonly space: string;
  readonly dimensions: number;
}

const versionOnly = z.object({ schemaVersion: z.int().positive() });
const description = versionOnly.extend({
  spaces: z.record(z.string(), z.object({ table: z.string(), dimensions: z.int().positive() })),
});
type Description = z.infer<typeof description>;

export function descriptionPath(directory: string): string {
  return path.join(directory, "store.json");
}

/** The table of a space, entered in `store.json` on first use. Throws `Failure` where the index is of no use here. */
export async function tableNameOf(directory: string, { space, dimensions }: Space): Promise<string> {
  await mkdir(directory, { recursive: true });
  const known = await readDescription(directory);
  const entry = known?.spaces[space];
  if (entry && entry.dimensions !== dimensions) {
    throw corrupt(
      directory,
      `it holds vectors of ${entry.dimensions} numbers for ${space}, not ${dimensions}`,
    );
  }
  if (entry) return entry.table;
  const table = tableOf(space);
  const spaces = { ...known?.spaces, [space]: { table, dimensions } };
  await writeDescription(directory, { schemaVersion, spaces });
  return table;
}

export function tableOf(space: string): string {
  return `segments-${createHash("sha256").update(space).digest("hex").slice(0, 16)}`;
}

/** The spaces that have a table here, in the order they came. */
export async function spacesInFolder(directory: string): Promise<readonly Space[]> {
  const spaces = (await readDescription(directory))?.spaces ?? {};
  return Object.entries(spaces).map(([space, { dimensions }]) => ({ space, dimensions }));
}

async function readDescription(directory: string): Promise<Description | undefined> {
  const file = descriptionPath(directory);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw corrupt(directory, `${file} is not valid JSON`, error);
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const version = versionOnly.safeParse(json);
  if (version.success && version.data.schemaVersion > schemaVersion) throw tooNew(directory, version.data);
  const parsed = description.safeParse(json);
  if (parsed.success) return parsed.data;
  throw corrupt(directory, `${file} does not describe an index`, parsed.error);
}

async function writeDescription(directory: string, content: Description): Promise<void> {
  const temporary = `${descriptionPath(directory)}.${randomUUID()}.tmp`;
  await writeFile(temporary, JSON.stringify(content, null, 2), { flush: true });
  await rename(temporary, descriptionPath(directory));
}

export function tooNew(
  directory: string,
  { schemaVersion: found }: { readonly schemaVersion: number },
): Failure {
  return new Failure({
    code: "unsupported",
    message: `The index in ${directory} was written by a newer Sightline (format ${found}; this one reads ${schemaVersion}).`,
    remedy: "Update with `npm install -g sightline@latest`, or name another library with `--library DIR`.",
  });
}

export function corrupt(directory: string, reason: string, cause?: unknown): Failure {
  return new Failure(
    {
      code: "corrupt",
      message: `The index in ${directory} is damaged: ${reason}.`,
      remedy: `Delete ${isObjectStore(directory) ? "all below" : "the folder"} "${directory}" (your media are not in it) and run \`sightline index PATH…\` again.`,
    },
    { cause },
  );
}

export async function arrowSchema(dimensions: number): Promise<Schema> {
  const arrow = await import("apache-arrow");
  const field = (name: string, type: InstanceType<typeof arrow.DataType>, nullable: boolean) =>
    new arrow.Field(name, type, nullable);
  const number = new arrow.Float32();
  return new arrow.Schema([
    field("key", new arrow.Utf8(), false),
    field("media_id", new arrow.Utf8(), false),
    field("ordinal", new arrow.Int32(), false),
    field("kind", new arrow.Utf8(), false),
    field("locations", new arrow.Utf8(), false),
    field("taken_ms", new arrow.Float64(), false),
    field("item", new arrow.Utf8(), false),
    field("source", new arrow.Utf8(), false),
    field("start_ms", new arrow.Float64(), true),
    field("end_ms", new arrow.Float64(), true),
    field("page", new arrow.Int32(), true),
    field("text", new arrow.Utf8(), true),
    field("detail", new arrow.Utf8(), true),
    field("vector", new arrow.FixedSizeList(dimensions, new arrow.Field("item", number, true)), true),
  ]);
}
