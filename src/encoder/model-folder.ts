import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../media/failure.ts";
import { EncoderManifest, manifestFileName } from "./manifest.ts";

const remedy = "Run `sightline doctor` to see what is damaged and how to get it again.";

/** Up to here a file's whole hash is checked at every start; a larger one's length only. */
const cheapBytes = 64 * 1024 * 1024;

/** Reads and checks a model folder. A missing or damaged one is a `Failure`. */
export async function readModelFolder(directory: string): Promise<EncoderManifest> {
  const manifest = parseManifest(directory, await readManifest(directory));
  await Promise.all(Object.values(manifest.files).map((file) => checkFile(directory, file)));
  return manifest;
}

async function readManifest(directory: string): Promise<string> {
  const file = path.join(directory, manifestFileName);
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw new Failure({ code: "unavailable", message: `No encoder at ${file}`, remedy }, { cause });
  });
}

function parseManifest(directory: string, text: string): EncoderManifest {
  try {
    return EncoderManifest.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(path.join(directory, manifestFileName), "it does not describe an encoder", cause);
  }
}

async function checkFile(directory: string, expected: EncoderManifest["files"]["vision"]): Promise<void> {
  const file = path.join(directory, expected.name);
  const facts = await stat(file).catch((cause: unknown) => {
    throw new Failure(
      { code: "unavailable", message: `The encoder's file is missing: ${file}`, remedy },
      { cause },
    );
  });
  if (facts.size !== expected.bytes) throw damaged(file, "its length is wrong");
  if (facts.size > cheapBytes) return;
  const hash = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  if (hash !== expected.sha256) throw damaged(file, "its content is not what was published");
}

/** A file that is there but cannot be what it should be. */
export function damaged(file: string, reason: string, cause?: unknown): Failure {
  const message = `The encoder's file is damaged: ${file} (${reason})`;
  return new Failure({ code: "corrupt", message, remedy }, { cause });
}
