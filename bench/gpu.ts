import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { ChatMessage } from "../src/chat/chat-model.ts";
import { openLlamaCpp } from "../src/chat/llama-cpp.ts";
import { openInstalledLlamaServer } from "../src/chat/llama-server.ts";
import { engineFolder } from "../src/config.ts";
import { writeRandom4b } from "./random-4b.ts";

/**
 * `npm run bench:gpu [-- [--cpu] FILE.gguf [MMPROJ.gguf]]`: tokens a second of each engine beside llama-bench of the same
 * file. Without a file a model of the real 4B shape with random weights is written once.
 */
const promptWords = 400;
const runs = 3;

interface Speed {
  readonly engine: string;
  readonly loadSeconds: number;
  readonly promptRate: number;
  readonly answerRate: number;
}

const args = process.argv.slice(2);
const onProcessor = args.includes("--cpu");
const [given, mmproj] = args.filter((arg) => !arg.startsWith("--"));
process.stdout.write(`${await report()}\n`);

async function report(): Promise<string> {
  const { getLlama } = await import("node-llama-cpp");
  const probe = await getLlama({ build: "never", gpu: onProcessor ? false : "auto", logger: () => {} });
  const { gpu } = probe;
  const names = gpu === false ? [] : await probe.getGpuDeviceNames();
  await probe.dispose();
  if (gpu === false && !onProcessor)
    return "No graphics card was found: nothing was measured. `npm run bench:gpu -- --cpu` measures the processor.";
  const file = given ?? (await randomModel());
  const speeds = [
    await measure("node-llama-cpp", () =>
      openLlamaCpp({ modelFile: file, gpu: onProcessor ? false : "auto" }),
    ),
  ];
  const served = async () => {
    const found = await openInstalledLlamaServer({
      engineFolder: engineFolder(),
      modelFile: file,
      ...(mmproj ? { mmproj } : {}),
    });
    if (!found) throw new Error("llama-server is not installed: sightline models engine");
    return found;
  };
  const notes: string[] = [];
  await measure("llama-server", served).then(
    (speed) => speeds.push(speed),
    (error: unknown) => notes.push(String(error)),
  );
  notes.push(await llamaBench(file));
  return [
    `${gpu === false ? "processor" : `${gpu}: ${names.join(", ")}`}  ${path.basename(file)}`,
    ...speeds.map(line),
    ...notes,
  ].join("\n");
}

async function randomModel(): Promise<string> {
  const folder = path.join(tmpdir(), "sightline-bench");
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "random-qwen3vl-4b-q4_0.gguf");
  process.stderr.write(`Writing 2.3 GB of random weights once: ${file}\n`);
  await writeRandom4b(file);
  return file;
}

async function measure(engine: string, open: () => ReturnType<typeof openLlamaCpp>): Promise<Speed> {
  const loading = performance.now();
  await using model = await open();
  const loadSeconds = (performance.now() - loading) / 1000;
  const rates: { prompt: number; answer: number }[] = [];
  for (let run = 0; run <= runs; run++) {
    // Another first word each time, so that no prompt is remembered.
    const text = `${run} ${"frame ".repeat(promptWords)}`;
    const messages: ChatMessage[] = [{ role: "user", text }];
    const start = performance.now();
    let first = 0;
    let usage = { promptTokens: 0, completionTokens: 0 };
    const signal = AbortSignal.timeout(600_000);
    for await (const chunk of model.stream({ messages, tools: [], thinking: "off", signal })) {
      first ||= performance.now();
      if (chunk.type === "usage") usage = chunk;
    }
    const end = performance.now();
    first ||= end;
    const seconds = { prompt: (first - start) / 1000, answer: (end - first) / 1000 };
    rates.push({
      prompt: usage.promptTokens / seconds.prompt,
      answer: Math.max(0, usage.completionTokens - 1) / seconds.answer,
    });
  }
  const warm = rates.slice(1);
  const best = (part: "prompt" | "answer") => Math.max(...warm.map((rate) => rate[part]));
  return { engine, loadSeconds, promptRate: best("prompt"), answerRate: best("answer") };
}

function line({ engine, loadSeconds, promptRate, answerRate }: Speed): string {
  return `  ${engine.padEnd(16)} load ${loadSeconds.toFixed(1)} s  prompt ${promptRate.toFixed(0)} tok/s  answer ${answerRate.toFixed(1)} tok/s`;
}

async function llamaBench(file: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("llama-bench", [
      "-m",
      file,
      "-p",
      "512",
      "-n",
      "128",
      "-r",
      "3",
      "-o",
      "md",
    ]);
    return stdout.trim();
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return missing
      ? "  llama-bench is not on PATH: no limit to compare with"
      : `  llama-bench failed: ${String(error)}`;
  }
}
