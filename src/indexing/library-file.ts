import { statSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { Failure, type FailureCode } from "../media/failure.ts";
import type { Costs } from "./estimate.ts";
import type { FailedFile } from "./index-event.ts";

const cost = z.object({ files: z.number(), bytes: z.number(), ms: z.number(), segments: z.number() });

const shape = z.object({
  version: z.literal(1),
  index: z.string().optional(),
  roots: z.array(z.string()),
  excluded: z.array(z.string()).optional(),
  forgetting: z.array(z.string()).optional(),
  failures: z.array(
    z.object({ path: z.string(), code: z.custom<FailureCode>(), message: z.string(), remedy: z.string() }),
  ),
  costs: z.object({
    video: cost.optional(),
    image: cost.optional(),
    document: cost.optional(),
    audio: cost.optional(),
    caption: cost.optional(),
  }),
});

/** What a library knows beside its index; where machines share an index, each machine for itself. */
export interface LibraryRecord {
  /** The shared index that the roots were last indexed into. */
  readonly index?: string;
  /** Every folder and file ever given to `index`, absolute. */
  readonly roots: readonly string[];
  /** Forgotten folders and files below a root that stays: indexing it passes over them. None of them is a root. */
  readonly excluded?: readonly string[];
  /** Paths whose items are on their way out of the index: a run that was killed left them, the next one finishes. */
  readonly forgetting?: readonly string[];
  /** Files that could not be read when they were last tried; each run tries them again. */
  readonly failures: readonly FailedFile[];
  readonly costs: Costs;
}

const empty: LibraryRecord = { roots: [], failures: [], costs: {} };

/** `library.json` of a library folder; an empty record where there is none. Throws `Failure` when it is damaged. */
export async function readLibrary(libraryDirectory: string): Promise<LibraryRecord> {
  const file = fileOf(libraryDirectory);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return empty;
  try {
    const { version: _, index, excluded, forgetting, costs, ...rest } = shape.parse(JSON.parse(text));
    return {
      ...rest,
      ...(index === undefined ? {} : { index }),
      ...(excluded === undefined ? {} : { excluded }),
      ...(forgetting === undefined ? {} : { forgetting }),
      costs: costs as Costs,
    };
  } catch (error) {
    throw new Failure(
      {
        code: "corrupt",
        message: `${file} is damaged.`,
        remedy: `Delete "${file}" and run \`sightline index PATH…\` with your folders again: the index itself is kept.`,
      },
      { cause: error },
    );
  }
}

/** `readLibrary` for one that reads often: parsed again only when the file is another one than last time. */
export function libraryReader(libraryDirectory: string): () => Promise<LibraryRecord> {
  let known: { readonly stamp: string; readonly record: LibraryRecord } | undefined;
  return async () => {
    // Every writing makes a new file and renames it. To wake a thread for this would cost a hundred times as much.
    const file = statSync(fileOf(libraryDirectory), { bigint: true, throwIfNoEntry: false });
    const stamp = file ? `${file.ino} ${file.mtimeNs} ${file.size}` : "";
    if (known?.stamp === stamp) return known.record;
    const record = await readLibrary(libraryDirectory);
    known = { stamp, record };
    return record;
  };
}

/** Written beside and renamed, so that a kill leaves the old file or the new one. */
export async function writeLibrary(libraryDirectory: string, record: LibraryRecord): Promise<void> {
  await mkdir(libraryDirectory, { recursive: true });
  const file = fileOf(libraryDirectory);
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, JSON.stringify({ version: 1, ...record }, null, 2), { flush: true });
  await rename(temporary, file);
}

function fileOf(libraryDirectory: string): string {
  return path.join(libraryDirectory, "library.json");
}
