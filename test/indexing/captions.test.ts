import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { firstSentence } from "../../src/chat/describe-picture.ts";
import {
  type CaptionEvent,
  type CaptionOptions,
  captionLibrary,
  type DescribePicture,
} from "../../src/indexing/caption-library.ts";
import { stretchesOf } from "../../src/indexing/stretches.ts";
import { Failure } from "../../src/media/failure.ts";
import type { MediaId, MediaItem } from "../../src/media/media-item.ts";
import type { Segment } from "../../src/media/segment.ts";
import { timeSpan, wholeSpan } from "../../src/media/span.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import { openPaintedPictures } from "../fakes/picture-reader.ts";

const video: MediaItem = {
  id: "v1" as MediaId,
  kind: "video",
  path: "/media/harbour.mp4",
  bytes: 1,
  modifiedAt: 1,
  durationMs: 100_000,
};
const photo: MediaItem = {
  id: "p1" as MediaId,
  kind: "image",
  path: "/media/dog.jpg",
  bytes: 1,
  modifiedAt: 1,
};
const note: MediaItem = {
  id: "d1" as MediaId,
  kind: "document",
  path: "/media/note.md",
  bytes: 1,
  modifiedAt: 1,
};

function frame(startSecond: number, endSecond: number, startsShot = false): Segment {
  const span = timeSpan(startSecond * 1000, endSecond * 1000);
  return { mediaId: video.id, span, source: "frame", ...(startsShot ? { startsShot } : {}) };
}

/** Ten stretches: every ten seconds a cut. */
const tenShots = Array.from({ length: 20 }, (_, n) => frame(n * 5, n * 5 + 5, n > 0 && n % 2 === 0));

describe("what gets a sentence", () => {
  const spans = (frames: readonly Segment[]) =>
    stretchesOf(video, frames).map(({ span, lookAtMs }) =>
      span.kind === "time" ? [span.startMs / 1000, span.endMs / 1000, (lookAtMs ?? 0) / 1000] : [],
    );

  test("each shot, looked at in its middle", () => {
    expect(spans([frame(0, 3), frame(3, 6), frame(6, 7, true), frame(7, 12)])).toEqual([
      [0, 6, 3],
      [6, 12, 9],
    ]);
  });

  test("a long shot in pieces of about 20 seconds, and a still hour as one", () => {
    const moving = Array.from({ length: 45 }, (_, n) => frame(n, n + 1));
    expect(spans(moving).map(([start, end]) => [start, end])).toEqual([
      [0, 20],
      [20, 40],
      [40, 45],
    ]);
    expect(spans([frame(0, 3600), frame(3600, 3605)])).toEqual([
      [0, 3600, 1800],
      [3600, 3605, 3602.5],
    ]);
  });

  test("a slide that stands gets its own, also where the next comes without a cut", () => {
    expect(spans([frame(0, 3), frame(3, 11, true), frame(11, 21), frame(21, 22), frame(22, 23)])).toEqual([
      [0, 3, 1.5],
      [3, 11, 7],
      [11, 21, 16],
      [21, 23, 22],
    ]);
  });

  test("a picture as a whole, a document not at all", () => {
    expect(stretchesOf(photo, [])).toEqual([{ span: wholeSpan }]);
    expect(stretchesOf(note, [])).toEqual([]);
  });
});

let folder: string;
let store: MediaStore;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-captions-"));
  store = await openLanceStore(path.join(folder, "index"), { space: "test", dimensions: 4 });
  await store.put(video, tenShots);
  await store.put(photo, [{ mediaId: photo.id, span: wholeSpan, source: "frame" }]);
  await store.put(note, [{ mediaId: note.id, span: wholeSpan, source: "text", text: "a note" }]);
});

afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Pictures of one colour that tells the second they are of, and eyes that read it. */
const pictures = openPaintedPictures((item, timeMs) => ({
  width: 2,
  height: 2,
  data: new Uint8Array(12).fill(item.kind === "image" ? 255 : timeMs / 1000),
}));

function readingEyes(seen: number[] = []): DescribePicture {
  return async ({ data }, signal) => {
    signal.throwIfAborted();
    seen.push(data[0] ?? -1);
    return data[0] === 255 ? "A dog on a lawn." : `Boat number ${data[0]} leaves.`;
  };
}

async function caption(
  describePort: DescribePicture,
  over: Partial<CaptionOptions> = {},
  signal = new AbortController().signal,
) {
  const events: CaptionEvent[] = [];
  const options = { store, pictures, describe: describePort, libraryDirectory: folder, roots: [], ...over };
  for await (const event of captionLibrary(options, signal)) events.push(event);
  return events;
}

const captionsOf = async (item: MediaItem) =>
  (await store.segments(item.id, ["caption"])).map(({ text }) => text);

describe("captioning a library", () => {
  test("says first how many and how long, then writes a sentence for each shot and picture, at its place", async () => {
    const events = await caption(readingEyes());
    expect(events[0]).toEqual({
      type: "caption-plan",
      missing: 11,
      present: 0,
      items: 2,
      msEach: 6_000,
      estimateMs: 66_000,
    });
    expect(events.at(-1)).toEqual({ type: "caption-end", written: 11, wordless: 0, failed: [] });
    expect(await captionsOf(photo)).toEqual(["A dog on a lawn."]);
    expect(await store.segments(video.id, ["caption"])).toHaveLength(10);
    const [hit] = await store.matching("boat 35", {});
    expect(hit).toMatchObject({
      item: { id: video.id },
      segment: { source: "caption", span: timeSpan(30_000, 40_000), text: "Boat number 35 leaves." },
    });
    expect(await store.segments(video.id, ["frame"])).toHaveLength(20);
  });

  test("a second run has nothing to do, and knows by then what a sentence costs", async () => {
    await caption(readingEyes());
    await store.put(photo, [{ mediaId: photo.id, span: wholeSpan, source: "frame" }]);
    const seen: number[] = [];
    const [plan, , end] = await caption(readingEyes(seen));
    expect(plan).toMatchObject({ missing: 1, present: 10, items: 1 });
    expect(plan?.type === "caption-plan" && plan.msEach).toBeLessThan(1_000);
    expect(end).toMatchObject({ written: 1 });
    expect(seen).toEqual([255]);
  });

  test("stopped in the middle it keeps what is written, and goes on from there", async () => {
    const stop = new AbortController();
    const first: number[] = [];
    const eyes = readingEyes(first);
    const events = await caption(
      async (pixels, signal) => {
        if (first.length === 4) stop.abort();
        return eyes(pixels, signal);
      },
      {},
      stop.signal,
    );
    expect(events.at(-1)).toMatchObject({ written: 4, interrupted: true });
    const second: number[] = [];
    expect((await caption(readingEyes(second))).at(-1)).toMatchObject({ written: 7 });
    expect(new Set([...first, ...second]).size).toBe(11);
    expect(first.length + second.length).toBe(11);
  });

  test("eyes that break keep what is written too, and their failure is told", async () => {
    let looks = 0;
    const eyes = async () => {
      looks += 1;
      if (looks > 3)
        throw new Failure({ code: "unavailable", message: "The server is gone.", remedy: "Start it." });
      return "Something.";
    };
    await expect(caption(eyes)).rejects.toMatchObject({ message: "The server is gone." });
    expect((await store.counts({ sources: ["caption"] })).segments).toBe(3);
  });

  test("a file that cannot be read is reported and passed over; a picture without words is tried again", async () => {
    const failing: CaptionOptions["pictures"] = {
      ...pictures,
      framesAt: async () => {
        throw new Failure({ code: "unreadable", message: "harbour.mp4 is gone.", remedy: "Bring it back." });
      },
    };
    const events = await caption(async () => " \n", { pictures: failing });
    expect(events.at(-1)).toEqual({
      type: "caption-end",
      written: 0,
      wordless: 1,
      failed: [{ path: video.path, message: "harbour.mp4 is gone.", remedy: "Bring it back." }],
    });
    expect((await caption(readingEyes())).at(-1)).toMatchObject({ written: 11 });
  });

  test("only what lies under the roots given, and with --dry-run only the plan", async () => {
    const dry = await caption(readingEyes(), { roots: [photo.path], dryRun: true });
    expect(dry.map(({ type }) => type)).toEqual(["caption-plan", "caption-end"]);
    expect(dry[0]).toMatchObject({ missing: 1, items: 1 });
    await caption(readingEyes(), { roots: [photo.path] });
    expect(await captionsOf(photo)).toHaveLength(1);
    expect(await captionsOf(video)).toEqual([]);
  });

  test("control characters in what a model says do not reach the index", async () => {
    await caption(async () => "A sign\u001b[31m says\u0007 stop.", { roots: [photo.path] });
    const [text = ""] = await captionsOf(photo);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
    expect(text).not.toMatch(/[\u0000-\u001f]/);
    expect(text).toContain("stop.");
  });
});

test("of what a model says only the first sentence is kept", () => {
  expect(firstSentence("A red car, approx. 3.5 m long, waits. It is sunny.")).toBe(
    "A red car, approx. 3.5 m long, waits.",
  );
  expect(firstSentence("<think>What is it?</think>\nA dog.\nA dog.\nA dog.")).toBe("A dog.");
  expect(firstSentence("一只狗在草地上。天气很好。")).toBe("一只狗在草地上。");
  expect(firstSentence("no full stop")).toBe("no full stop");
  expect(firstSentence("<think>endless")).toBe("");
});
