import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../media/failure.ts";
import { printable } from "./error-lines.ts";

/** Lets a file be written beside its place and puts it there when it is whole; a failure leaves nothing behind. */
export async function replaceWhenWhole(
  outPath: string,
  write: (partial: string) => Promise<void>,
): Promise<void> {
  const folder = path.dirname(path.resolve(outPath));
  const partial = path.join(folder, `.partial-${process.pid}-${path.basename(outPath)}`);
  try {
    await mkdir(folder, { recursive: true });
    await write(partial);
    await rename(partial, outPath);
  } catch (error) {
    await rm(partial, { force: true });
    throw asWriteFailure(outPath, error);
  }
}

function asWriteFailure(outPath: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!["EACCES", "EPERM", "EROFS", "ENOTDIR", "ENOSPC"].includes(code)) return error;
  return new Failure(
    {
      code: code === "ENOSPC" ? "disk-full" : "unreadable",
      message: `${printable(outPath)} cannot be written.`,
      remedy: "Choose a folder that you may write to and that has room.",
    },
    { cause: error },
  );
}
