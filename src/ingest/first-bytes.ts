import { open } from "node:fs/promises";
import { Failure } from "../media/failure.ts";
import { sniffBytes } from "./sniff.ts";

/** As much of a file's start as tells its kind; fewer bytes, or none, where it is shorter. Throws `Failure`. */
export async function firstBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw fileFailure(path, cause);
  }
}

/** What the operating system says about a file that cannot be opened, as a `Failure`. */
export function fileFailure(path: string, cause: unknown): Failure {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT")
    return new Failure(
      {
        code: "not-found",
        message: `${path} is not there.`,
        remedy: "Check the path, or index the folder again.",
      },
      { cause },
    );
  return new Failure(
    {
      code: "unreadable",
      message: `${path} cannot be read (${String(code ?? cause)}).`,
      remedy: `Check who may read it, for example with \`ls -l\`, and give yourself the right with \`chmod u+r\`.`,
    },
    { cause },
  );
}
