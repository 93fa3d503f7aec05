import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openApp } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import { demoPaths, renderDemoLibrary } from "../src/demo/library.ts";
import { findTool } from "../src/ingest/ffmpeg/binary.ts";
import { pairedRatio } from "./measure.ts";

/** Indexing one rendered street video, whole, against ffmpeg decoding the same file to nothing. */
export async function run(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sightline-bench-"));
  try {
    const rendered = path.join(folder, "demo");
    const truth = await renderDemoLibrary(rendered, { seed: 1, signal: new AbortController().signal });
    const video = path.join(demoPaths(rendered).media, truth.street.file);
    let round = 0;
    const { subjectMs, limitMs, ratio } = await pairedRatio(
      () => index(video, path.join(folder, `library-${round++}`)),
      () => decode(video),
      3,
    );
    const length = truth.street.durationMs;
    return (
      `index ${(length / 1000).toFixed(0)} s of video: ${subjectMs.toFixed(0)} ms (${(length / subjectMs).toFixed(1)}× real time), ` +
      `raw ffmpeg decode ${limitMs.toFixed(0)} ms: ${ratio.toFixed(2)}×`
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function index(video: string, library: string): Promise<void> {
  await using app = openApp(loadConfig({ library }, {}));
  for await (const event of app.index({ roots: [video] }, new AbortController().signal)) {
    if (event.type === "index-end" && event.added !== 1) throw new Error(`${video} was not indexed`);
  }
}

async function decode(video: string): Promise<void> {
  const { path: ffmpeg } = await findTool("ffmpeg");
  const child = spawn(ffmpeg, ["-nostdin", "-v", "error", "-i", video, "-f", "null", "-"], {
    stdio: "ignore",
  });
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) throw new Error(`ffmpeg ended with status ${status}`);
}
