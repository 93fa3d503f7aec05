import { Failure } from "../media/failure.ts";
import { corrupt } from "./lance-schema.ts";

const diskFull = /no space left|os error 28|disk quota/i;
const forbidden = /permission denied|read-only file system|os error 13\b|os error 30\b/i;
const missingFile = /not found|no such file/i;
const damaged =
  /corrupt|invalid (?:magic|manifest|footer)|failed to decode|unexpected (?:eof|end)|lanceerror\(io\)/i;

/** A clean-up may take the files from under a query, and the next from under its repetition. */
const tries = 4;

/**
 * Runs one operation of the engine. A file that a clean-up removed under a running query is no damage: the
 * next try reads the newest version. What remains wrong becomes a `Failure` where a person can mend it.
 */
export async function guarded<T>(directory: string, operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === tries || !missingFile.test(messageOf(error))) throw translated(directory, error);
    }
  }
}

function translated(directory: string, error: unknown): unknown {
  if (error instanceof Failure) return error;
  const message = messageOf(error);
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
