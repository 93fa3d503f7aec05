import { type BuildProgress, type BuiltEngine, buildEngine } from "../chat/engine/build.ts";
import type { Graphics } from "../chat/engine/build-tools.ts";
import { installEngine } from "../chat/engine/install.ts";
import { engineBuildFolder, engineFolder } from "../config.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { printJson, printLine } from "./output.ts";
import { showStatus } from "./status-line.ts";

export interface EngineOptions {
  /** A llama-server to install instead of building one. */
  readonly binary?: string;
  readonly gpu?: Graphics | "auto";
  readonly jobs?: number;
  readonly again?: boolean;
  readonly json?: boolean;
}

/** Builds llama-server, or installs the one that was given. */
export async function runModelsEngine(
  _positional: readonly string[],
  { binary, gpu = "auto", jobs, again = false, json = false }: EngineOptions,
  { signal }: CommandContext,
): Promise<number> {
  const folder = engineFolder();
  if (binary !== undefined) {
    const engine = await installEngine(binary, { folder, build: "given", signal });
    if (json) printJson({ path: engine.file, version: engine.version, built: false });
    else printLine(`Installed llama-server ${engine.version}: ${engine.file}`);
    return exitStatus.done;
  }
  const started = performance.now();
  const onStop = () => process.stderr.write("\nStopped. Run it again to go on from here.\n");
  signal.addEventListener("abort", onStop, { once: true });
  const engine = await buildEngine({
    folder,
    workFolder: engineBuildFolder(),
    report: progressLine(started),
    signal,
    again,
    ...(gpu === "auto" ? {} : { graphics: gpu }),
    ...(jobs ? { jobs } : {}),
  }).finally(() => showStatus(""));
  signal.removeEventListener("abort", onStop);
  const seconds = Math.round((performance.now() - started) / 1000);
  const { file, version, graphics, unchanged, gaveUp } = engine;
  if (json) printJson({ path: file, version, graphics, built: !unchanged, gaveUp, seconds });
  else for (const line of summary(engine, seconds)) printLine(line);
  return exitStatus.done;
}

function summary(engine: BuiltEngine, seconds: number): readonly string[] {
  const { file, version, graphics, unchanged, gaveUp } = engine;
  const on = graphicsNames[graphics];
  if (unchanged)
    return [
      `llama-server ${version} for ${on} is installed already: ${file}`,
      "Build it anew: sightline models engine --again",
    ];
  const tried = gaveUp.map((one) => `Building for ${graphicsNames[one]} did not work on this machine.`);
  return [...tried, `Built llama-server ${version} for ${on} in ${seconds} s: ${file}`];
}

const graphicsNames: Readonly<Record<Graphics, string>> = {
  cuda: "CUDA",
  vulkan: "Vulkan",
  metal: "Metal",
  none: "the processor",
};

const stepNames: Readonly<Record<BuildProgress["step"], string>> = {
  unpack: "unpacking llama.cpp's source",
  configure: "configuring",
  compile: "compiling",
  install: "installing",
};

/** The step, how far it is, and how long it may still take. */
function progressLine(started: number): (progress: BuildProgress) => void {
  let compiling: { readonly at: number; readonly fraction: number } | undefined;
  return ({ step, graphics, fraction }) => {
    const now = performance.now();
    if (step === "compile" && fraction !== undefined) compiling ??= { at: now, fraction };
    const done = fraction === undefined ? "" : ` ${Math.round(fraction * 100)} %`;
    const left = fraction === undefined || !compiling ? "" : timeLeft(compiling, fraction, now);
    const seconds = Math.round((now - started) / 1000);
    showStatus(`llama-server for ${graphicsNames[graphics]}: ${stepNames[step]}${done}, ${seconds} s${left}`);
  };
}

function timeLeft(
  since: { readonly at: number; readonly fraction: number },
  fraction: number,
  now: number,
): string {
  const gained = fraction - since.fraction;
  if (gained < 0.05) return "";
  const seconds = ((now - since.at) / 1000 / gained) * (1 - fraction);
  return seconds < 90
    ? `, about ${Math.ceil(seconds)} s left`
    : `, about ${Math.ceil(seconds / 60)} min left`;
}
