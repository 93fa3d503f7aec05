import { realpath } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../src/media/failure.ts";
import { plainText } from "../src/media/plain-text.ts";
import { isInside } from "../src/store/is-inside.ts";
import { unhideFolder } from "./hide-paths.ts";

/**
 * The real folder or file that a client asks to have indexed. Throws `Failure` unless it lies below one of the
 * allowed ones, links followed: a client must not make the rest of the disk searchable.
 */
export async function allowedPath(asked: string, allowed: readonly string[]): Promise<string> {
  const wanted = unhideFolder(asked, allowed);
  const real = path.isAbsolute(wanted) ? await realpath(wanted).catch(() => undefined) : undefined;
  const folders = await Promise.all(
    allowed.map((folder) => realpath(folder).catch(() => path.resolve(folder))),
  );
  if (real !== undefined && folders.some((folder) => isInside(real, folder))) return real;
  // The same answer for what is forbidden and what is not there: it tells nothing of the rest of the disk.
  const names = [...new Set(folders)].map((folder) => `"${path.basename(folder)}"`).join(", ");
  throw new Failure({
    code: "invalid-input",
    message: `"${plainText(asked, 200)}" is not in a folder that may be indexed from here`,
    remedy:
      `Allowed: ${names || "nothing yet"}. The person can allow more: \`sightline mcp --root FOLDER\`, ` +
      "or index it once in a terminal: `sightline index FOLDER`.",
  });
}
