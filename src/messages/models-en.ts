import { formatAbout, formatBytes, formatDuration } from "./amounts.ts";

const duration = (ms: number) => formatDuration(ms, ["s", "min", "h"]);

/** What the commands about models on disk say. */
export const modelsEn = {
  roles: { chat: "Chat", encoder: "Picture search", reranker: "Reranking", speech: "Speech" },
  machine: (ram: number, gpu: { name: string; bytes: number } | undefined) =>
    `This machine: ${formatBytes(ram)} of memory, ${gpu ? `${gpu.name} with ${formatBytes(gpu.bytes)}` : "no GPU found"}.`,
  installed: (variant: string, bytes: number, revision: string) =>
    `installed: ${variant}, ${formatBytes(bytes)}, revision ${revision}`,
  damaged: (files: string) => `damaged: ${files}`,
  fits: {
    gpu: (variant: string, bytes: number) => `${variant} fits the GPU (needs about ${formatAbout(bytes)})`,
    ram: (variant: string, bytes: number) =>
      `${variant} fits in memory, on the processor (needs about ${formatAbout(bytes)})`,
    none: (variant: string, bytes: number) =>
      `too large for this machine: ${variant} needs about ${formatAbout(bytes)}`,
  },
  variant: (name: string, bytes: number) => `${name} ≈${formatAbout(bytes)}`,
  research: "licence: research only",
  unused: "no part of this version uses it yet",
  folder: (folder: string) => `Models lie in ${folder}`,
  hub: (url: string) => `They come from ${url}`,
  howToPull: (id: string) => `Get one: sightline models pull ${id}`,
  choice: (title: string, why: string) => `${title}: ${why}`,
  asked: (variant: string) => `${variant}, as asked`,
  plan: (total: number, missing: number, url: string) =>
    missing === 0
      ? `${formatBytes(total)}, all here already`
      : `${formatBytes(missing)} of ${formatBytes(total)} to load from ${url}`,
  progress: (done: number, total: number, rate: number, msLeft: number | undefined, file: string) =>
    `${formatBytes(done)} of ${formatBytes(total)} · ${formatBytes(rate)}/s` +
    `${msLeft === undefined ? "" : ` · ${duration(msLeft)} left`} · ${file}`,
  checking: (file: string) => `checking the hash of ${file} …`,
  pulled: (title: string, variant: string, folder: string) => `${title} ${variant} is in ${folder}`,
  stopped: "Stopped. What was loaded is kept; the same command goes on from here.",
  encoderHint: (id: string) =>
    `Use it: sightline --encoder ${id} index (then SIGHTLINE_ENCODER=${id}, or "encoder" in the settings)`,
  good: (id: string) => `${id}: every file is as the hub announced it`,
  wrong: (id: string, files: string) => `${id}: damaged: ${files}`,
  mend: (id: string) => `Load again what is damaged: sightline models pull ${id}`,
  current: (id: string, revision: string) => `${id}: up to date (${revision})`,
  otherFiles: (id: string, from: string, to: string) =>
    `${id}: the repository moved from ${from} to ${to}; none of our files changed`,
  newer: (id: string, from: string, to: string, files: string) =>
    `${id}: newer (${from} → ${to}): ${files}. Get it: sightline models pull ${id}`,
  noneInstalled: "No model is installed.",
  removed: (id: string, bytes: number) => `${id} removed, ${formatBytes(bytes)} free again`,
};

export type ModelsMessages = typeof modelsEn;
