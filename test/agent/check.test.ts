import { expect, test } from "vitest";
import { type CheckDeps, checkCitation, showsEvent } from "../../src/agent/check.ts";
import { startConversation } from "../../src/agent/conversation.ts";
import { sameText } from "../../src/agent/text-likeness.ts";
import type { ActivityEvent } from "../../src/media/activity-event.ts";
import type { Evidence, Finding } from "../../src/media/citation.ts";
import { factLine } from "../../src/media/fact-line.ts";
import { Failure } from "../../src/media/failure.ts";
import type { Pixels } from "../../src/media/pixels.ts";
import { pageSpan, timeSpan, wholeSpan } from "../../src/media/span.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";
import { openPaintedPictures } from "../fakes/picture-reader.ts";
import { mediaItem, neverAborted, textSegment } from "../retrieval/colour-world.ts";

const video = mediaItem("car.mp4", { durationMs: 30_000 });
const pdf = mediaItem("bill.pdf", { kind: "document", pages: 2 });
const box = { x: 0.5, y: 0.5, width: 0.25, height: 0.25 };

/** Grey, brighter from 12 s on; a red square stands in `box` from 15 to 19 s. */
function paint(_: unknown, timeMs: number): Pixels {
  const [width, height] = [80, 60];
  const grey = timeMs >= 12_000 ? 150 : 110;
  const data = new Uint8Array(width * height * 3).fill(grey);
  if (timeMs >= 15_000 && timeMs < 19_000) {
    for (let y = 30; y < 45; y++) for (let x = 40; x < 60; x++) data.set([220, 30, 30], (y * width + x) * 3);
  }
  return { width, height, data };
}

async function open(over: Partial<CheckDeps> = {}): Promise<CheckDeps> {
  const encoder = openMeanEncoder();
  const store = openMemoryStore({ space: encoder.space });
  const [red] = await encoder.encode([{ kind: "image", pixels: paint(video, 17_000) }], neverAborted);
  await store.put(video, [
    { mediaId: video.id, span: timeSpan(15_000, 19_000), source: "frame", vector: red! },
    textSegment(video, "EXIT 42 NORTH", { span: timeSpan(3000, 6000) }),
    textSegment(video, "Welcome all", { span: timeSpan(1000, 3000), source: "subtitle" }),
  ]);
  await store.put(pdf, [textSegment(pdf, "Total EUR 12.50", { span: pageSpan(2), source: "text" })]);
  return { store, encoder, pictures: openPaintedPictures(paint), ...over };
}

function evidence(over: Partial<Finding>): Evidence {
  const base: Finding = {
    mediaId: video.id,
    kind: "video",
    path: video.path,
    span: timeSpan(0, 1),
    source: "frame",
  };
  return startConversation().record([{ ...base, ...over }])[0]!;
}

function event(over: Partial<ActivityEvent>): Evidence {
  const presence = { startMs: over.startMs ?? 15_000, endMs: over.endMs ?? 19_000 };
  const whole: ActivityEvent = {
    kind: "moves",
    ...presence,
    track: 1,
    presence,
    size: "medium",
    area: 0.06,
    colour: "red",
    box,
    ...over,
  };
  return evidence({ source: "event", event: whole, span: timeSpan(whole.startMs, whole.endMs) });
}

const check = async (one: Evidence, over: Partial<CheckDeps> = {}) =>
  await checkCitation(one, await open(over), neverAborted);

test("an event is confirmed where its region differs from the background", async () => {
  expect(await check(event({}))).toBe("pixels");
  expect(
    await check(event({ kind: "enters", endMs: 15_600, presence: { startMs: 15_000, endMs: 19_000 } })),
  ).toBe("pixels");
});

test("an event that never was fails, though the exposure changes meanwhile", async () => {
  expect(await check(event({ startMs: 11_000, endMs: 13_500 }))).toBe("failed");
});

test("an event in another part of the picture fails", async () => {
  const corner = { x: 0, y: 0, width: 0.2, height: 0.2 };
  expect(await check(event({ kind: "appears", box: corner }))).toBe("failed");
  const entry = { kind: "enters", endMs: 15_600, presence: { startMs: 15_000, endMs: 19_000 } } as const;
  expect(await check(event({ ...entry, side: "left" }))).toBe("failed");
  expect(await check(event({ ...entry, side: "right" }))).toBe("pixels");
});

test("an event that never was is denied, and nothing is denied where the file cannot be read", async () => {
  const shows = async (one: Evidence, over: Partial<CheckDeps> = {}) =>
    await showsEvent(one, await open(over), neverAborted);
  const never = event({ startMs: 11_000, endMs: 13_500 });
  expect(await shows(event({}))).toBe(true);
  expect(await shows(never)).toBe(false);
  expect(await shows({ ...never, mediaId: pdf.id.replace(/./gu, "0") as Evidence["mediaId"] })).toBe(true);
  const gone = openPaintedPictures(() => {
    throw new Failure({ code: "not-found", message: "Gone", remedy: "Index again." });
  });
  expect(await shows(never, { pictures: gone })).toBe(true);
});

test("an event is decoded three times, no more", async () => {
  const pictures = openPaintedPictures(paint);
  await check(event({}), { pictures });
  expect(pictures.decoded).toHaveLength(3);
});

test("a frame is confirmed by its likeness to the index", async () => {
  expect(await check(evidence({ span: timeSpan(16_000, 18_000) }))).toBe("pixels");
});

test("a text on screen is read again; where the reading differs, the index speaks", async () => {
  const ocr = evidence({ source: "ocr", text: "EXIT 42 NORTH", span: timeSpan(3000, 6000) });
  expect(await check(ocr, { readText: async () => "EX1T 42 N0RTH" })).toBe("pixels");
  expect(await check(ocr, { readText: async () => "something else" })).toBe("text");
  expect(await check(ocr)).toBe("text");
});

test("a quotation is confirmed by the index at its place only", async () => {
  expect(await check(evidence({ source: "subtitle", text: "Welcome all", span: timeSpan(1000, 3000) }))).toBe(
    "text",
  );
  expect(await check(evidence({ source: "subtitle", text: "Welcome all", span: timeSpan(9000, 9500) }))).toBe(
    "failed",
  );
  const page = { mediaId: pdf.id, kind: "document", path: pdf.path, source: "text" } as const;
  expect(await check(evidence({ ...page, text: "Total EUR 12.50", span: pageSpan(2) }))).toBe("text");
  expect(await check(evidence({ ...page, text: "Total EUR 12.50", span: pageSpan(1) }))).toBe("failed");
});

test("a file's facts are confirmed by what the library knows of it, though no text in it says so", async () => {
  const facts = { source: "metadata", span: wholeSpan } as const;
  expect(await check(evidence({ ...facts, text: factLine(video) }))).toBe("text");
  expect(await check(evidence({ ...facts, text: "document, 1999-12-31, 88 p., Atlantis" }))).toBe("failed");
});

test("a file that is gone from the index, or cannot be decoded, fails", async () => {
  expect(await check(evidence({ mediaId: mediaItem("gone.mp4").id }))).toBe("failed");
  const pictures = openPaintedPictures(() => {
    throw new Failure({ code: "not-found", message: "gone", remedy: "Index again." });
  });
  expect(await check(event({}), { pictures })).toBe("failed");
});

test("two readings of one text are the same, two texts are not", () => {
  expect(sameText("The backup has stopped", "The backvp has st0pped")).toBe(true);
  expect(sameText("人民路", "人民路 RENMIN LU")).toBe(true);
  expect(sameText("Total EUR 12.50", "Welcome to the talk")).toBe(false);
  expect(sameText("", "anything")).toBe(false);
});
