import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import os from "node:os";
import { promisify } from "node:util";
import { devicesThere } from "../encoder/devices.ts";

/** What of this machine decides which models it can run. */
export interface MachineMemory {
  readonly ramBytes: number;
  /** The largest graphics processor; memory that it shares with the processor counts for both. */
  readonly gpu?: { readonly name: string; readonly bytes: number };
  /** The runtime of encoders can use it; language models have their own ways. */
  readonly encodersUseGpu?: boolean;
}

/** Asks the drivers' own tools: loading a graphics runtime for it could take down the program. */
export async function machineMemory(signal?: AbortSignal): Promise<MachineMemory> {
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const ramBytes = Math.min(os.totalmem(), limit);
  const gpu = (await nvidia(signal)) ?? (await amd()) ?? apple(ramBytes);
  const { cuda, webgpu } = devicesThere();
  return { ramBytes, ...(gpu ? { gpu, encodersUseGpu: cuda || webgpu } : {}) };
}

const answerWithinMs = 3_000;

async function nvidia(signal: AbortSignal | undefined): Promise<MachineMemory["gpu"]> {
  const question = ["--query-gpu=name,memory.total", "--format=csv,noheader,nounits"];
  const options = { timeout: answerWithinMs, ...(signal ? { signal } : {}) };
  const answer = await promisify(execFile)("nvidia-smi", question, options).catch(() => undefined);
  return answer && largestGpu(answer.stdout);
}

/** "NVIDIA GeForce RTX 4090, 24564" a line, in MiB; lines that say otherwise ("[N/A]") are passed over. */
export function largestGpu(table: string): MachineMemory["gpu"] {
  const cards = table.split("\n").flatMap((line) => {
    const match = /^(.+),\s*(\d+)\s*$/.exec(line);
    return match ? [{ name: (match[1] ?? "").trim(), bytes: Number(match[2]) * 2 ** 20 }] : [];
  });
  return cards.toSorted((a, b) => b.bytes - a.bytes)[0];
}

async function amd(): Promise<MachineMemory["gpu"]> {
  const root = "/sys/class/drm";
  const cards = (await readdir(root).catch(() => [])).filter((name) => /^card\d+$/.test(name));
  const sizes = await Promise.all(
    cards.map((card) => readFile(`${root}/${card}/device/mem_info_vram_total`, "utf8").then(Number, () => 0)),
  );
  const bytes = Math.max(0, ...sizes.filter(Number.isFinite));
  // Less is the share of an integrated one, and no place for a model.
  return bytes >= 2e9 ? { name: "AMD GPU", bytes } : undefined;
}

/** Metal may use about two thirds of the unified memory. */
function apple(ramBytes: number): MachineMemory["gpu"] {
  const unified = process.platform === "darwin" && process.arch === "arm64";
  return unified ? { name: "Apple GPU", bytes: Math.floor((ramBytes * 2) / 3) } : undefined;
}
