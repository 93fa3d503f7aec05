import path from "node:path";
import { Failure, type FailureCode } from "./failure.ts";

interface Told {
  readonly code: FailureCode;
  readonly what: string;
  readonly remedy: (file: string) => string;
}

const permissions = (file: string) =>
  `Check the permissions there (ls -ld "${path.dirname(file)}"), or run Sightline as who may use it.`;
const room = (file: string) =>
  `Free some space (df -h "${path.dirname(file)}") and try again: nothing that was indexed is lost.`;

const systemErrors: ReadonlyMap<string, Told> = new Map<string, Told>([
  ["EACCES", { code: "unreadable", what: "permission denied", remedy: permissions }],
  ["EPERM", { code: "unreadable", what: "permission denied", remedy: permissions }],
  ["EROFS", { code: "unreadable", what: "the disk can only be read", remedy: permissions }],
  ["ENOSPC", { code: "disk-full", what: "no space is left", remedy: room }],
  ["EDQUOT", { code: "disk-full", what: "your share of the disk is used up", remedy: room }],
  [
    "ENOTDIR",
    {
      code: "unreadable",
      what: "a file stands where a folder has to be",
      remedy: (file) => `See what is there: ls -ld "${path.dirname(file)}"`,
    },
  ],
  [
    "EMFILE",
    {
      code: "busy",
      what: "too many files are open",
      remedy: () => "Allow more open files in this terminal (ulimit -n 4096) and try again.",
    },
  ],
  [
    "EIO",
    {
      code: "unreadable",
      what: "the disk or the network share did not answer",
      remedy: () => "Check the disk or the share and try again.",
    },
  ],
]);

/** What a person can mend in an error: a `Failure` as it is, and what the system said of a file; undefined of a bug. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return undefined;
  const { code = "", path: file, syscall = "use" } = error as NodeJS.ErrnoException;
  const told = systemErrors.get(code);
  if (!told || typeof file !== "string") return undefined;
  return new Failure(
    { code: told.code, message: `${file}: ${told.what} (${syscall}).`, remedy: told.remedy(file) },
    { cause: error },
  );
}
