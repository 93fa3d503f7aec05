import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findTool, keepTimesOption } from "../../../src/ingest/ffmpeg/binary.ts";
import { decodePass } from "../../../src/ingest/ffmpeg/decode-pass.ts";
import { encodeVideo } from "../../../src/ingest/ffmpeg/encode.ts";
import { exportClip } from "../../../src/ingest/ffmpeg/export-clip.ts";
import { probeMedia } from "../../../src/ingest/ffmpeg/probe.ts";
import {
  collect,
  ffmpeg,
  makeNumberedClip,
  numberedPicture,
  readNumber,
  type TemporaryFolder,
  temporaryFolder,
  testTools,
  tone,
} from "../../media-makers/clips.ts";

const options = { framesPerSecond: 8, longestSide: 96, tools: testTools };
let folder: TemporaryFolder;
let clip = "";

beforeAll(async () => {
  folder = await temporaryFolder();
  clip = await makeNumberedClip({ outPath: folder.at("clip.mp4"), frames: 3000, framesPerSecond: 25 });
});
afterAll(() => folder[Symbol.asyncDispose]());

/** A program that answers `-version` like ffmpeg and otherwise does what the script says. */
async function fakeTool(name: "ffmpeg" | "ffprobe", version: string, script: string): Promise<string> {
  const file = folder.at(`${name}-${version}`);
  await writeFile(
    file,
    `#!/bin/sh\nif [ "$1" = "-version" ]; then echo "${name} version ${version} Copyright (c) 2000-2025 the FFmpeg developers"; exit 0; fi\n${script}\n`,
  );
  await chmod(file, 0o755);
  return file;
}

/** Processes that run with this clip among their arguments. */
async function runningOn(file: string): Promise<number> {
  const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    processes.map((id) => readFile(path.join("/proc", id, "cmdline"), "utf8").catch(() => "")),
  );
  return commands.filter((command) => command.includes(file) && command.includes("ffmpeg")).length;
}

async function stopsRunning(file: string): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if ((await runningOn(file)) === 0) return true;
    await sleep(20);
  }
  return false;
}

const onLinux = process.platform === "linux";

test("aborting a decode ends it with the abort's reason and kills ffmpeg", async () => {
  const { video } = await probeMedia(clip, AbortSignal.timeout(20_000), testTools);
  const abort = new AbortController();
  const frames = decodePass(clip, video!, options, abort.signal);
  await frames.next();
  if (onLinux) expect(await runningOn(clip)).toBe(1);
  abort.abort(new Error("enough"));
  await expect(collect(frames)).rejects.toThrow("enough");
  if (onLinux) expect(await stopsRunning(clip)).toBe(true);
});

test("a reader that walks away kills ffmpeg", async () => {
  const { video } = await probeMedia(clip, AbortSignal.timeout(20_000), testTools);
  for await (const frame of decodePass(clip, video!, options, AbortSignal.timeout(20_000))) {
    if (frame.timeMs > 1000) break;
  }
  if (onLinux) expect(await stopsRunning(clip)).toBe(true);
});

test("an aborted signal starts nothing", async () => {
  const pretended = { index: 0, codec: "h264", width: 96, height: 66 };
  const frames = decodePass(clip, pretended, options, AbortSignal.abort(new Error("never")));
  await expect(collect(frames)).rejects.toThrow("never");
});

test("a program that goes quiet is stopped, and the failure says so", async () => {
  const hanging = { ffmpeg: await fakeTool("ffmpeg", "7.9", "exec sleep 60"), ffprobe: "" };
  const pretended = { index: 0, codec: "h264", width: 96, height: 66 };
  const frames = decodePass(
    clip,
    pretended,
    { ...options, stallMs: 200, tools: { ffmpeg: hanging.ffmpeg } },
    AbortSignal.timeout(20_000),
  );
  await expect(collect(frames)).rejects.toMatchObject({ code: "timeout" });
});

test("a slow reader is no stall, and ffmpeg waits for it", async () => {
  const { video } = await probeMedia(clip, AbortSignal.timeout(20_000), testTools);
  const signal = AbortSignal.timeout(20_000);
  let count = 0;
  for await (const _ of decodePass(clip, video!, { ...options, stallMs: 1500 }, signal)) {
    count += 1;
    if (count === 5) await sleep(2200);
  }
  expect(count).toBe(960);
});

test("memory does not grow with the length of a video", async () => {
  const long = folder.at("long.mkv");
  await ffmpeg("-stream_loop", "9", "-i", clip, "-c", "copy", long);
  const { video } = await probeMedia(long, AbortSignal.timeout(20_000), testTools);
  let [count, heaviest] = [0, 0];
  const before = process.memoryUsage.rss();
  for await (const { pixels } of decodePass(long, video!, options, AbortSignal.timeout(60_000))) {
    count += pixels.data.length / (96 * 66 * 3);
    if (count % 500 === 0) heaviest = Math.max(heaviest, process.memoryUsage.rss() - before);
  }
  expect(count).toBeGreaterThan(9000);
  // All pictures together are 180 MB.
  expect(heaviest).toBeLessThan(90 * 1024 * 1024);
}, 60_000);

test("what ffmpeg says last is in the failure, without control characters", async () => {
  const ffmpegPath = await fakeTool(
    "ffmpeg",
    "7.8",
    `printf '[error] it \\033[31mbroke\\007 badly\\n' >&2; exit 1`,
  );
  const pretended = { index: 0, codec: "h264", width: 96, height: 66 };
  const frames = decodePass(
    clip,
    pretended,
    { ...options, tools: { ffmpeg: ffmpegPath } },
    AbortSignal.timeout(20_000),
  );
  await expect(collect(frames)).rejects.toThrow(/broke badly/);
});

test("an exported clip begins and ends where it was told to", async () => {
  const out = folder.at("exported.mp4");
  await exportClip(clip, 61_480, 63_000, out, AbortSignal.timeout(60_000), { tools: testTools });
  const { video } = await probeMedia(out, AbortSignal.timeout(20_000), testTools);
  const all = { ...options, framesPerSecond: 100 };
  const frames = await collect(decodePass(out, video!, all, AbortSignal.timeout(20_000)));
  const numbers = frames.map(({ pixels }) => readNumber(pixels));
  expect(numbers).toEqual(Array.from({ length: 38 }, (_, index) => 1537 + index));
});

test("a clip is exported from a transport stream with a channel name", async () => {
  await ffmpeg(
    ...[
      "-i",
      clip,
      ...tone(6),
      "-t",
      "6",
      "-c:v",
      "copy",
      "-c:a",
      "mp2",
      "-metadata",
      "service_name=Küche",
      folder.at("channel.ts"),
    ],
  );
  const out = folder.at("from-channel.mp4");
  await exportClip(folder.at("channel.ts"), 1000, 2000, out, AbortSignal.timeout(60_000), {
    tools: testTools,
  });
  const { video } = await probeMedia(out, AbortSignal.timeout(20_000), testTools);
  const all = { ...options, framesPerSecond: 100 };
  const frames = await collect(decodePass(out, video!, all, AbortSignal.timeout(20_000)));
  expect(frames.map(({ pixels }) => readNumber(pixels))).toEqual(
    Array.from({ length: 25 }, (_, index) => 25 + index),
  );
});

test("an encode that is aborted leaves nothing behind", async () => {
  const abort = new AbortController();
  function* endless() {
    for (let number = 0; ; number += 1) {
      if (number === 300) abort.abort(new Error("stop here"));
      yield numberedPicture(number % 4096);
    }
  }
  const target = {
    width: 96,
    height: 66,
    framesPerSecond: 25,
    outPath: folder.at("never.mp4"),
    tools: testTools,
  };
  await expect(encodeVideo(endless(), target, abort.signal)).rejects.toThrow("stop here");
  expect((await readdir(folder.path)).filter((name) => name.includes("never"))).toEqual([]);
});

test("the configured ffmpeg comes first, then PATH, then the one that npm carries", async () => {
  const configured = await fakeTool("ffmpeg", "6.1", "exit 1");
  expect(await findTool("ffmpeg", { ffmpeg: configured })).toEqual({
    name: "ffmpeg",
    path: configured,
    source: "configured",
    version: "6.1",
    year: 2025,
  });
  const path_ = process.env.PATH;
  try {
    process.env.PATH = folder.path;
    expect((await findTool("ffmpeg")).source).toBe("npm");
    await writeFile(folder.at("ffmpeg"), await readFile(configured));
    await chmod(folder.at("ffmpeg"), 0o755);
    process.env.PATH = `${folder.path}:`;
    expect(await findTool("ffmpeg")).toMatchObject({ source: "path", path: folder.at("ffmpeg") });
  } finally {
    process.env.PATH = path_;
  }
});

test("a configured ffmpeg that does not run is a failure, not a reason to take another", async () => {
  await expect(findTool("ffmpeg", { ffmpeg: folder.at("nowhere") })).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("nowhere"),
  });
});

test("the option that keeps times follows the version, and the year of a build between releases", () => {
  const tool = (version: string, year: number) => ({
    name: "ffmpeg" as const,
    path: "/x",
    source: "path" as const,
    version,
    year,
  });
  expect(keepTimesOption(tool("N-47683-g0e8eb07980-static", 2018))).toEqual(["-vsync", "0"]);
  expect(keepTimesOption(tool("5.0.1", 2022))).toEqual(["-vsync", "0"]);
  expect(keepTimesOption(tool("5.1.6-0+deb12u1", 2024))).toEqual(["-fps_mode", "passthrough"]);
  expect(keepTimesOption(tool("n8.0", 2025))).toEqual(["-fps_mode", "passthrough"]);
  expect(keepTimesOption(tool("N-120000-gabcdef", 2025))).toEqual(["-fps_mode", "passthrough"]);
});
