import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAudioExtractor } from "../../../src/ingest/audio.ts";
import type { Cut } from "../../../src/ingest/extractor.ts";
import { encodeVideo } from "../../../src/ingest/ffmpeg/encode.ts";
import { type ActivityAnalyser, openVideoExtractor, type VideoDeps } from "../../../src/ingest/video.ts";
import type { ActivityEvent } from "../../../src/media/activity-event.ts";
import type { MediaId, MediaItem } from "../../../src/media/media-item.ts";
import {
  collect,
  ffmpeg,
  type TemporaryFolder,
  temporaryFolder,
  testTools,
  tone,
} from "../../media-makers/clips.ts";
import { place } from "./places.ts";

const signal = AbortSignal.timeout(120_000);
let folder: TemporaryFolder;

/** Four seconds of one place, three of a second, two of the first again. */
beforeAll(async () => {
  folder = await temporaryFolder();
  const seeds = [...Array<number>(100).fill(1), ...Array<number>(75).fill(2), ...Array<number>(50).fill(1)];
  const pictures = new Map([1, 2].map((seed) => [seed, place(seed, { width: 640, height: 360 }).data]));
  await encodeVideo(
    seeds.map((seed) => pictures.get(seed)!),
    { width: 640, height: 360, framesPerSecond: 25, outPath: folder.at("places.mp4"), tools: testTools },
    signal,
  );
});
afterAll(() => folder[Symbol.asyncDispose]());

const itemAt = (path: string, kind: MediaItem["kind"]): MediaItem => ({
  id: "0" as MediaId,
  kind,
  path,
  bytes: 1,
  modifiedAt: 0,
});

interface Watched {
  readonly pushed: { readonly timeMs: number; readonly width: number; readonly height: number }[];
  endMs?: number;
}

const event: ActivityEvent = {
  kind: "enters",
  startMs: 4000,
  endMs: 4500,
  track: 0,
  presence: { startMs: 4000, endMs: 7000 },
  side: "bottom",
  size: "large",
  area: 0.2,
  colour: "red",
};

function watchingAnalyser(watched: Watched): ActivityAnalyser {
  return {
    push: ({ timeMs, width, height }) => void watched.pushed.push({ timeMs, width, height }),
    finish: (endMs) => {
      watched.endMs = endMs;
      return [event];
    },
  };
}

function deps(watched: Watched, readText?: VideoDeps["readText"]): VideoDeps {
  return {
    tools: testTools,
    createActivityAnalyser: () => watchingAnalyser(watched),
    activityStream: { longestSide: 160, framesPerSecond: 8 },
    ...(readText && { readText }),
  };
}

const spansOf = (cuts: readonly Cut[], source: Cut["source"]) =>
  cuts.flatMap((cut) =>
    cut.source === source && cut.span.kind === "time" ? [[cut.span.startMs, cut.span.endMs]] : [],
  );

test("a video becomes facts, frames with their full spans, events and subtitles, from one pass", async () => {
  await writeFile(folder.at("places.srt"), "1\n00:00:01,000 --> 00:00:02,000\nWelcome\n");
  const watched: Watched = { pushed: [] };
  const progress: number[] = [];
  const extractor = openVideoExtractor(deps(watched));
  const item = itemAt(folder.at("places.mp4"), "video");
  const cuts = await collect(extractor.extract(item, signal, (part) => progress.push(part)));

  expect(spansOf(cuts, "frame")).toEqual([
    [0, 4000],
    [4000, 7000],
    [7000, 9000],
  ]);
  for (const { pixels } of cuts.filter(({ source }) => source === "frame")) {
    expect([pixels?.width, pixels?.height]).toEqual([384, 216]);
  }
  expect(cuts.find(({ source }) => source === "event")).toEqual({
    span: { kind: "time", startMs: 4000, endMs: 4500 },
    source: "event",
    text: "large red object enters from the bottom",
    event,
  });
  expect(cuts.find(({ source }) => source === "subtitle")?.text).toBe("Welcome");
  expect(cuts.find(({ source }) => source === "metadata")?.text).toContain(
    "places\nlength 0:09.0\n640×360 h264",
  );
  expect(watched.pushed).toHaveLength(72);
  expect(watched.pushed[1]).toEqual({ timeMs: 160, width: 160, height: 90 });
  expect(watched.endMs).toBe(9000);
  expect(progress.at(-1)).toBe(1);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
});

/** Rows of short dark strokes on white, as far as a gate can tell a page of text. */
function stripedPage(width: number, height: number): Uint8Array {
  const page = new Uint8Array(width * height * 3).fill(240);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x > 40 && x < 600 && y > 20 && y < 340 && x % 14 < 6 && y % 16 < 9) page.fill(10, at * 3, at * 3 + 3);
  }
  return page;
}

test("text is read from the full picture at its exact time", async () => {
  const sizes: (readonly [number, number])[] = [];
  const page = stripedPage(640, 360);
  await encodeVideo(
    Array<Uint8Array>(50).fill(page),
    { width: 640, height: 360, framesPerSecond: 25, outPath: folder.at("page.mp4"), tools: testTools },
    signal,
  );
  const extractor = openVideoExtractor(
    deps({ pushed: [] }, async ({ width, height }) => {
      sizes.push([width, height]);
      return { text: "Invoice 2024", confidence: 88 };
    }),
  );
  const cuts = await collect(extractor.extract(itemAt(folder.at("page.mp4"), "video"), signal));
  expect(sizes).toEqual([[640, 360]]);
  expect(cuts.filter(({ source }) => source === "ocr")).toEqual([
    {
      span: { kind: "time", startMs: 0, endMs: 2000 },
      source: "ocr",
      text: "Invoice 2024",
      confidence: 88,
    },
  ]);
});

test("a video that breaks off gives what is there, and says how much that is", async () => {
  await ffmpeg("-i", folder.at("places.mp4"), "-c", "copy", "-movflags", "+faststart", folder.at("fast.mp4"));
  const bytes = await readFile(folder.at("fast.mp4"));
  await writeFile(folder.at("broken.mp4"), bytes.subarray(0, Math.floor(bytes.length * 0.5)));
  const watched: Watched = { pushed: [] };
  const cuts = await collect(
    openVideoExtractor(deps(watched)).extract(itemAt(folder.at("broken.mp4"), "video"), signal),
  );
  expect(spansOf(cuts, "frame").length).toBeGreaterThan(0);
  expect(cuts.at(-1)?.text).toMatch(
    /^Damaged or cut off: only the first 0:0\d\.\d of 0:09\.0 can be decoded\.$/,
  );
  expect(watched.endMs).toBeLessThan(7000);
});

test("a subtitle track inside a video is read, and one with pictures is passed over", async () => {
  await writeFile(folder.at("inside.txt"), "1\n00:00:01,500 --> 00:00:03,000\n<b>From</b> within\n");
  await ffmpeg(
    ...["-f", "srt", "-i", folder.at("inside.txt"), "-i", folder.at("places.mp4")],
    ...["-map", "1", "-map", "0", "-c:v", "copy", "-c:s", "srt", folder.at("titled.mkv")],
  );
  const cuts = await collect(
    openVideoExtractor(deps({ pushed: [] })).extract(itemAt(folder.at("titled.mkv"), "video"), signal),
  );
  expect(cuts.filter(({ source }) => source === "subtitle")).toEqual([
    { span: { kind: "time", startMs: 1500, endMs: 3000 }, source: "subtitle", text: "From within" },
  ]);
});

test("a sound file becomes its facts and the subtitles beside it", async () => {
  await ffmpeg(...tone(2), "-metadata", "title=Morning", "-metadata", "artist=Ann", folder.at("memo.flac"));
  await writeFile(folder.at("memo.en.vtt"), "WEBVTT\n\n00:00.500 --> 00:01.500\nBuy bread\n");
  const extractor = openAudioExtractor({ tools: testTools });
  expect(await extractor.probe(folder.at("memo.flac"), signal)).toMatchObject({
    durationMs: 2000,
    hasAudio: true,
  });
  const cuts = await collect(extractor.extract(itemAt(folder.at("memo.flac"), "audio"), signal));
  expect(cuts).toEqual([
    { span: { kind: "whole" }, source: "metadata", text: "memo\nMorning\nAnn\nlength 0:02.0\nsound flac" },
    { span: { kind: "time", startMs: 500, endMs: 1500 }, source: "subtitle", text: "Buy bread" },
  ]);
});
