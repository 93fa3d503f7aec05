import { existsSync } from "node:fs";
import { mkdir, rm, statfs } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Failure } from "../../media/failure.ts";
import { plainText } from "../../media/plain-text.ts";
import { serverFileName } from "../llama-server/find-binary.ts";
import { type BuildTools, findBuildTools, type Graphics } from "./build-tools.ts";
import { type InstalledEngine, installEngine, readInstalledEngine } from "./install.ts";
import { runProgram } from "./run-program.ts";
import { findEngineSource, unpackSource } from "./source.ts";

export interface BuildProgress {
  readonly step: "unpack" | "configure" | "compile" | "install";
  readonly graphics: Graphics;
  /** Of the step; undefined where it cannot be told. */
  readonly fraction?: number;
}

export interface BuildOptions {
  /** Where the finished program goes. */
  readonly folder: string;
  /** Where source and objects lie meanwhile; kept when the build is stopped, so that the next one goes on. */
  readonly workFolder: string;
  /** Left out: the best that the machine's toolkits allow. */
  readonly graphics?: Graphics;
  /** Build although the same one is installed. */
  readonly again?: boolean;
  readonly jobs?: number;
  /** Where programs are looked for; that of this process when left out. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly report: (progress: BuildProgress) => void;
  readonly signal: AbortSignal;
}

export interface BuiltEngine extends InstalledEngine {
  readonly graphics: Graphics;
  /** It was there already. */
  readonly unchanged: boolean;
  /** What was tried before and failed. */
  readonly gaveUp: readonly Graphics[];
}

/** Source and objects of a build for the processor take 0.5 GB, one for CUDA twice that. */
const neededBytes = 1.5e9;
/** A compiler of llama.cpp's larger files takes this much memory. */
const bytesPerJob = 1.5e9;

/** Only the server, in one file, without parts that would ask the network while it builds. */
const serverOnly = [
  ...["-DCMAKE_BUILD_TYPE=Release", "-DBUILD_SHARED_LIBS=OFF", "-DLLAMA_BUILD_TESTS=OFF"],
  ...["-DLLAMA_BUILD_EXAMPLES=OFF", "-DLLAMA_BUILD_APP=OFF", "-DLLAMA_CURL=OFF", "-DLLAMA_OPENSSL=OFF"],
  ...["-DLLAMA_USE_PREBUILT_UI=OFF", "-DGGML_CCACHE=OFF"],
];

/**
 * Builds llama-server from the source that node-llama-cpp carries and installs it. Goes on where a stopped build
 * ended. Where a build for the graphics card fails and none was asked for, the next best one is built.
 */
export async function buildEngine(options: BuildOptions): Promise<BuiltEngine> {
  const source = await findEngineSource();
  const tools = await findBuildTools({
    platform: process.platform,
    environment: options.environment ?? process.env,
  });
  const wanted = options.graphics ? [options.graphics] : tools.graphics;
  const installed = await readInstalledEngine(options.folder);
  const name = (graphics: Graphics) => `${source.release} ${graphics}`;
  const [best = "none"] = wanted;
  if (installed?.build === name(best) && !options.again)
    return { ...installed, graphics: best, unchanged: true, gaveUp: [] };

  const place = path.join(options.workFolder, source.release);
  await mkdir(place, { recursive: true });
  await refuseFullDisk(place);
  const sourceFolder = path.join(place, "source");
  options.report({ step: "unpack", graphics: best });
  await unpackSource(source, sourceFolder, tools.git, options.signal);

  const gaveUp: Graphics[] = [];
  for (const graphics of wanted) {
    const buildFolder = path.join(place, `build-${graphics}`);
    try {
      const binary = await compile({ tools, sourceFolder, buildFolder, graphics }, options);
      options.report({ step: "install", graphics });
      const build = name(graphics);
      const engine = await installEngine(binary, { folder: options.folder, build, signal: options.signal });
      await rm(place, { recursive: true, force: true });
      return { ...engine, graphics, unchanged: false, gaveUp };
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof Failure) || graphics === wanted.at(-1)) throw error;
      gaveUp.push(graphics);
    }
  }
  throw new Error("No way of building was tried.");
}

async function refuseFullDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= neededBytes) return;
  throw new Failure({
    code: "disk-full",
    message: `Building llama-server takes ${neededBytes / 1e9} GB, and the disk of ${folder} has ${((bavail * bsize) / 1e9).toFixed(1)} GB left.`,
    remedy: "Make room, then run it again: sightline models engine",
  });
}

interface Compilation {
  readonly tools: BuildTools;
  readonly sourceFolder: string;
  readonly buildFolder: string;
  readonly graphics: Graphics;
}

/** Configures and compiles; returns the path of the program. */
async function compile(what: Compilation, { report, signal, jobs }: BuildOptions): Promise<string> {
  const { tools, sourceFolder, buildFolder, graphics } = what;
  const run = async (step: BuildProgress["step"], args: readonly string[]) => {
    report({ step, graphics });
    const onLine = (line: string) => {
      const fraction = fractionIn(line);
      if (fraction !== undefined) report({ step, graphics, fraction });
    };
    const { code, tail } = await runProgram(tools.cmake, { args, signal, onLine, inBackground: true });
    if (code !== 0) throw stepFailed(step, graphics, tail);
  };
  const generator = tools.ninja ? ["-G", "Ninja", `-DCMAKE_MAKE_PROGRAM=${tools.ninja}`] : [];
  const flags = [...serverOnly, ...graphicsFlags(graphics)];
  await run("configure", ["-S", sourceFolder, "-B", buildFolder, ...generator, ...flags]);
  const target = ["--build", buildFolder, "--config", "Release", "--target", "llama-server"];
  await run("compile", [...target, "--parallel", String(jobs ?? usualJobs())]);
  const places = [path.join("bin", serverFileName), path.join("bin", "Release", serverFileName)];
  const binary = places.map((place) => path.join(buildFolder, place)).find((file) => existsSync(file));
  if (!binary) throw stepFailed("compile", graphics, [`${serverFileName} was not made`]);
  return binary;
}

function graphicsFlags(graphics: Graphics): readonly string[] {
  const metal = `-DGGML_METAL=${graphics === "metal" ? "ON" : "OFF"}`;
  return [
    metal,
    `-DGGML_CUDA=${graphics === "cuda" ? "ON" : "OFF"}`,
    `-DGGML_VULKAN=${graphics === "vulkan" ? "ON" : "OFF"}`,
  ];
}

function usualJobs(): number {
  return Math.max(1, Math.min(os.availableParallelism(), Math.floor(os.freemem() / bytesPerJob)));
}

/** Ninja says "[12/204] …", make "[ 12%] …". */
export function fractionIn(line: string): number | undefined {
  const steps = /^\[(\d+)\/(\d+)\]/.exec(line);
  if (steps) return Number(steps[1]) / Number(steps[2]);
  const percent = /^\[ *(\d+)%\]/.exec(line);
  return percent ? Number(percent[1]) / 100 : undefined;
}

function stepFailed(step: string, graphics: Graphics, tail: readonly string[]): Failure {
  const telling = tail.filter((line) => /error|fatal|not found|killed/i.test(line));
  const words = plainText((telling.length > 0 ? telling : tail).slice(0, 3).join(" | "), 500);
  const killed = tail.some((line) => /killed|out of memory/i.test(line));
  return new Failure({
    code: "unavailable",
    message: `llama-server could not be built (${step}, graphics: ${graphics}): ${words}`,
    remedy: killed
      ? "It ran out of memory; use fewer compilers at once: sightline models engine --jobs 1"
      : "Mend what it says and run it again (it goes on where it stopped), or give a binary: sightline models engine --binary FILE",
  });
}
