import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { Failure } from "../../media/failure.ts";
import { plainText } from "../../media/plain-text.ts";
import { serverFileName } from "../llama-server/find-binary.ts";
import { runProgram } from "./run-program.ts";

const installedEngine = z.object({
  /** As the program prints it: "0.5.0-dev (build 1, commit de3ff81)". */
  version: z.string(),
  /** What it was built from and for: "v0.5.0 cuda"; "given" for a binary that a person gave. */
  build: z.string(),
});

export type InstalledEngine = z.infer<typeof installedEngine> & { readonly file: string };

/** What `models engine` has installed; undefined when there is nothing, or half of it. */
export async function readInstalledEngine(folder: string): Promise<InstalledEngine | undefined> {
  const file = path.join(folder, serverFileName);
  if (!existsSync(file)) return undefined;
  const text = await readFile(path.join(folder, "engine.json"), "utf8").catch(() => "{}");
  try {
    return { ...installedEngine.parse(JSON.parse(text)), file };
  } catch {
    return undefined;
  }
}

/**
 * Copies a llama-server into the engine folder, with the libraries of llama.cpp that lie beside it, proves that it
 * runs from there, and only then puts it under its name. Throws `Failure` for a file that is no llama-server.
 */
export async function installEngine(
  binary: string,
  {
    folder,
    build,
    signal,
  }: { readonly folder: string; readonly build: string; readonly signal: AbortSignal },
): Promise<InstalledEngine> {
  const from = path.resolve(binary);
  if (!(await stat(from).catch(() => undefined))?.isFile()) {
    throw new Failure({
      code: "not-found",
      message: `There is no file ${from}.`,
      remedy: "Give the path of a llama-server: sightline models engine --binary FILE",
    });
  }
  await mkdir(folder, { recursive: true });
  const libraries = await librariesBeside(from);
  for (const library of libraries)
    await copyWhole(path.join(path.dirname(from), library), path.join(folder, library));
  const part = path.join(folder, `new-${serverFileName}`);
  await copyFile(from, part);
  await chmod(part, 0o755);
  const version = await versionOf(part, signal);
  if (version === undefined) {
    await rm(part, { force: true });
    throw new Failure({
      code: "unsupported",
      message: `${from} is no llama-server that runs on this machine.`,
      remedy: `Try it by hand: "${from}" --version. If it runs only where it lies: export SIGHTLINE_LLAMA_SERVER="${from}"`,
    });
  }
  const file = path.join(folder, serverFileName);
  await rename(part, file);
  await writeFile(path.join(folder, "engine.json"), `${JSON.stringify({ version, build })}\n`);
  return { version, build, file };
}

/** Official releases of llama.cpp come with their libraries beside the program. */
async function librariesBeside(binary: string): Promise<readonly string[]> {
  const names = await readdir(path.dirname(binary));
  return names.filter((name) =>
    /^(?:lib)?(?:ggml|llama|mtmd)[\w.-]*\.(?:so|dylib|dll)(?:\.[\d.]+)?$/.test(name),
  );
}

async function copyWhole(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.part`);
  await rename(`${to}.part`, to);
}

/** What `--version` says, when it is a llama-server's. */
async function versionOf(file: string, signal: AbortSignal): Promise<string | undefined> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
  try {
    const { code, tail } = await runProgram(file, { args: ["--version"], signal: limit });
    const said = tail.map((line) => /^version: (.+)$/.exec(line.trim())?.[1]).find(Boolean);
    return code === 0 && said ? plainText(said, 100) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
