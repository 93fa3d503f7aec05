import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../media/failure.ts";
import { corrupt } from "./lance-schema.ts";
import { isObjectStore } from "./object-store.ts";
import { isPassing, objectStoreFailure } from "./object-store-errors.ts";

const diskFull = /no space left|os error 28|disk quota/i;
const forbidden = /permission denied|read-only file system|os error 13\b|os error 30\b/i;
const missingFile = /not found|no such file/i;
const damaged =
  /corrupt|invalid (?:magic|manifest|footer)|failed to decode|unexpected (?:eof|end)|lanceerror\(io\)/i;

/** Another machine committed first, and the engine's own repetitions were not enough. */
const contention = /commit conflict|incompatible transaction|preempted|write contention/i;

/** A clean-up may take the files from under a query, and the next from under its repetition. */
const tries = 4;
const triesAgainstOthers = 8;

/**
 * Runs one operation of the engine. A file that a clean-up removed under a running query is no damage: the
 * next try reads the newest version. So is a commit that another machine's went before; operations are such that
 * a second run of one that did arrive changes nothing. What remains wrong becomes a `Failure` where a person can mend it.
 */
export async function guarded<T>(directory: string, operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (!(await mayTryAgain(directory, error, attempt))) throw translated(directory, error);
    }
  }
}

function lostToAnother(error: unknown): boolean {
  return contention.test(messageOf(error));
}

function forestalled(place: string, error: unknown): Failure | undefined {
  if (!lostToAnother(error)) return undefined;
  return new Failure(
    {
      code: "busy",
      message: `Other machines write to the index at ${place} without a pause.`,
      remedy: "Run the command again when they are done: nothing that was indexed is lost.",
    },
    { cause: error },
  );
}

async function mayTryAgain(directory: string, error: unknown, attempt: number): Promise<boolean> {
  if (isObjectStore(directory) && (lostToAnother(error) || isPassing(error))) {
    if (attempt >= triesAgainstOthers) return false;
    // Whoever lost together waits for different times.
    await sleep(2 ** attempt * 25 * (1 + Math.random()));
    return true;
  }
  return attempt < tries && missingFile.test(messageOf(error)) && !/NoSuchBucket/.test(messageOf(error));
}

function translated(directory: string, error: unknown): unknown {
  if (error instanceof Failure) return error;
  const message = messageOf(error);
  const remote = isObjectStore(directory)
    ? (forestalled(directory, error) ?? objectStoreFailure(directory, error))
    : undefined;
  if (remote) return remote;
  if (diskFull.test(message)) {
    return new Failure(
      {
        code: "disk-full",
        message: `No space is left for the index in ${directory}.`,
        remedy: `Free some space (df -h "${directory}") and run the command again: nothing that was indexed is lost.`,
      },
      { cause: error },
    );
  }
  if (forbidden.test(message)) {
    return new Failure(
      {
        code: "unreadable",
        message: `The index in ${directory} may not be read or written.`,
        remedy: `Check its permissions (ls -ld "${directory}"), or name another library with \`--library DIR\`.`,
      },
      { cause: error },
    );
  }
  if (missingFile.test(message)) return corrupt(directory, "a file of it is missing", error);
  return damaged.test(message) ? corrupt(directory, "a file of it cannot be read", error) : error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
