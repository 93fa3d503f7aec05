import type { Llama } from "node-llama-cpp";
import { Failure } from "../../media/failure.ts";

export interface Engine {
  readonly llama: Llama;
  /** For people: "node-llama-cpp on CUDA", "node-llama-cpp on the CPU (no graphics card was found)". */
  readonly runsOn: string;
}

export interface EngineOptions {
  /** `false`: the processor, whatever else is there. */
  readonly gpu: "auto" | false;
  /** 0 or absent: as many as the machine has cores for arithmetic. */
  readonly threads?: number;
  /** Hears llama.cpp's warnings and errors; nothing of them goes to stdout, which belongs to answers and to MCP. */
  readonly log?: (line: string) => void;
}

const gpuNames = { cuda: "CUDA", metal: "Metal", vulkan: "Vulkan" } as const;
/** Vulkan's own drawing by the processor passes for a graphics card and is slower than the processor. */
const notReallyGpus = /llvmpipe|lavapipe|swiftshader|softpipe/i;

/** Starts llama.cpp on the graphics card, or on the processor where there is none or where it fails. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  if (options.gpu === false) return onProcessor(options, "as asked");
  let llama: Llama;
  try {
    llama = await start(options, "auto");
  } catch (error) {
    return onProcessor(options, `the graphics card could not be used: ${firstLine(error)}`);
  }
  if (llama.gpu === false) return { llama, runsOn: processor("no graphics card was found") };
  const devices = await llama.getGpuDeviceNames();
  if (devices.some((name) => !notReallyGpus.test(name))) {
    return { llama, runsOn: `node-llama-cpp on ${gpuNames[llama.gpu]}, ${devices.join(", ")}` };
  }
  await llama.dispose();
  return onProcessor(options, `${gpuNames[llama.gpu]} has no graphics card to work with`);
}

export async function onProcessor(options: EngineOptions, why: string): Promise<Engine> {
  try {
    return { llama: await start(options, false), runsOn: processor(why) };
  } catch (error) {
    throw new Failure(
      {
        code: "unavailable",
        message: `llama.cpp does not start on this machine: ${firstLine(error)}.`,
        remedy: "Run `npm ci` again, or use --model builtin.",
      },
      { cause: error },
    );
  }
}

function processor(why: string): string {
  return `node-llama-cpp on the CPU (${why})`;
}

export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n")[0]?.slice(0, 200).replace(/\.$/, "") ?? "";
}

async function start({ threads, log }: EngineOptions, gpu: "auto" | false): Promise<Llama> {
  const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
  return getLlama({
    build: "never",
    gpu,
    progressLogs: false,
    skipDownload: true,
    logLevel: LlamaLogLevel.warn,
    logger: (level, message) => log?.(`${level}: ${message.trimEnd()}`),
    ...(threads ? { maxThreads: threads } : {}),
  });
}
