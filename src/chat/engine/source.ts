import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Failure } from "../../media/failure.ts";
import { plainText } from "../../media/plain-text.ts";
import { runProgram } from "./run-program.ts";

/** llama.cpp's source as node-llama-cpp carries it: a git bundle that matches its own binaries. */
export interface EngineSource {
  readonly bundle: string;
  /** llama.cpp's release: "v0.5.0". */
  readonly release: string;
}

export async function findEngineSource(): Promise<EngineSource> {
  const require = createRequire(import.meta.url);
  const folder = path.join(path.dirname(require.resolve("node-llama-cpp")), "..", "llama");
  const bundle = path.join(folder, "gitRelease.bundle");
  if (!existsSync(bundle)) {
    throw new Failure({
      code: "not-found",
      message: `node-llama-cpp came without llama.cpp's source: ${bundle} is not there.`,
      remedy: "Install again: npm ci; or give a binary: sightline models engine --binary FILE",
    });
  }
  const info: unknown = JSON.parse(await readFile(path.join(folder, "binariesGithubRelease.json"), "utf8"));
  const release = typeof info === "object" && info && "release" in info ? String(info.release) : "unknown";
  return { bundle, release: release.replace(/[^\w.-]/g, "") };
}

/** Unpacks the source into `folder`, once: it lies under its name only when it is whole. */
export async function unpackSource(
  { bundle }: EngineSource,
  folder: string,
  git: string,
  signal: AbortSignal,
): Promise<void> {
  if (existsSync(folder)) return;
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  const args = ["-c", "advice.detachedHead=false", "clone", "--quiet", bundle, part];
  const { code, tail } = await runProgram(git, { args, signal });
  if (code !== 0) {
    throw new Failure({
      code: "unreadable",
      message: `git could not unpack llama.cpp's source from ${bundle}: ${plainText(tail.join(" "), 300)}`,
      remedy: "Install again: npm ci",
    });
  }
  await rename(part, folder);
}
