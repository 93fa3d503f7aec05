import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../media/failure.ts";
import { damaged, encoderRemedy } from "./damaged.ts";
import { EncoderManifest, manifestFileName } from "./manifest.ts";
import { describePublishedFolder } from "./published-folder.ts";

/** Up to here a file's whole hash is checked at every start; a larger one's length only. */
const cheapBytes = 64 * 1024 * 1024;

/**
 * Reads and checks a model folder: one of ours with `encoder.json`, or one as model hubs publish it. A missing or
 * damaged one is a `Failure`.
 */
export async function readModelFolder(directory: string): Promise<EncoderManifest> {
  if (await isPublished(directory)) return await describePublishedFolder(directory);
  const manifest = parseManifest(directory, await readManifest(directory));
  await Promise.all(Object.values(manifest.files).map((file) => checkFile(directory, file)));
  return manifest;
}

async function isPublished(directory: string): Promise<boolean> {
  const names: readonly string[] = await readdir(directory).catch(() => []);
  return !names.includes(manifestFileName) && names.includes("config.json");
}

async function readManifest(directory: string): Promise<string> {
  const file = path.join(directory, manifestFileName);
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw new Failure(
      { code: "unavailable", message: `No encoder at ${file}`, remedy: encoderRemedy },
      { cause },
    );
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
      { code: "unavailable", message: `The encoder's file is missing: ${file}`, remedy: encoderRemedy },
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
