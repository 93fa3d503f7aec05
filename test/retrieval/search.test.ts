import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Span } from "../../src/media/span.ts";
import { pageSpan, timeSpan } from "../../src/media/span.ts";
import { readClip } from "../../src/retrieval/clip-search.ts";
import { toFinding } from "../../src/retrieval/moment.ts";
import { openSearch, type SearchRequest, type SearchResult } from "../../src/retrieval/search.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";
import { openPaintedPictures } from "../fakes/picture-reader.ts";
import {
  eventSegment,
  frameSegments,
  mediaItem,
  neverAborted,
  openColourEncoder,
  type Paint,
  striped,
  textSegment,
} from "./colour-world.ts";

/** A still camera over a grey road: a red car from 10.3 to 14.6 s, wide at 12.2 to 12.8, a blue one from 30 to 34 s. */
const street = mediaItem("street.mp4", { durationMs: 60_000 });
function streetLook(timeMs: number): readonly Paint[] {
  const colour = timeMs >= 10_300 && timeMs < 14_600 ? "red" : "grey";
  const road: Paint[] = Array.from({ length: 12 }, () => "grey");
  road[0] = colour;
  if (timeMs >= 12_200 && timeMs < 12_800) road[1] = colour;
  if (timeMs >= 30_000 && timeMs < 34_000) road[5] = "blue";
  return road;
}
/** Nothing but the same grey, in one merged segment. */
const wall = mediaItem("wall.mp4", { durationMs: 40_000 });
/** Green, then blue, two seconds each: from 5.3 s and again from 20.3 s on. */
const signal = mediaItem("signal.mp4", { durationMs: 30_000 });
function signalLook(timeMs: number): readonly Paint[] {
  const phase = timeMs >= 20_000 ? timeMs - 20_300 : timeMs - 5300;
  if (phase < 0 || phase >= 4000) return ["grey"];
  return phase < 2000 ? ["green"] : ["blue"];
}
const leaf = mediaItem("leaf.jpg", { kind: "image" });
const invoices = mediaItem("invoices.pdf", { kind: "document", pages: 3 });

const encoder = openColourEncoder();
const looks: Readonly<Record<string, (timeMs: number) => readonly Paint[]>> = {
  [street.id]: streetLook,
  [wall.id]: () => ["grey"],
  [signal.id]: signalLook,
  [leaf.id]: () => ["green"],
};
const pictures = openPaintedPictures((item, timeMs) => striped(looks[item.id]?.(timeMs) ?? ["grey"]));

describe.each([
  { name: "in memory", open: async (_folder: string) => openMemoryStore({ space: encoder.space }) },
  { name: "of LanceDB", open: (folder: string) => openLanceStore(folder, encoder) },
])("a store $name", ({ open }) => {
  let store: MediaStore;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sightline-search-"));
    store = await open(folder);
    const presence = { startMs: 10_300, endMs: 14_600 };
    const red = { track: 1, presence, side: "bottom" } as const;
    await store.put(street, [
      ...(await frameSegments(encoder, street, streetLook)),
      eventSegment(street, { ...red, kind: "enters", startMs: 10_300, endMs: 11_000 }),
      eventSegment(street, { ...red, kind: "moves", startMs: 10_300, endMs: 14_600, towards: "top" }),
      eventSegment(street, {
        track: 2,
        kind: "enters",
        side: "top",
        startMs: 30_000,
        endMs: 30_800,
        colour: "blue",
      }),
      textSegment(street, "Market Street parking", { span: timeSpan(40_000, 42_000) }),
    ]);
    for (const item of [wall, signal, leaf]) {
      await store.put(item, await frameSegments(encoder, item, looks[item.id]!));
    }
    await store.put(invoices, [
      textSegment(invoices, "Invoice 14 March 2026, total 120.50 EUR", { span: pageSpan(1), source: "text" }),
      textSegment(invoices, "Invoice 2 April 2026, total 99.00 EUR", { span: pageSpan(2), source: "text" }),
    ]);
  });

  const find = (request: Partial<SearchRequest>, signal = neverAborted): Promise<SearchResult> => {
    const { search } = openSearch({ store, encoder, pictures, unreadable: async () => 1 });
    return search({ filter: {}, limit: 8, ...request }, signal);
  };
  const shown = ({ moments }: SearchResult) =>
    moments.map(({ item, span }) => [item.path.slice(7), span] as const);
  const secondsIn = (span: Span | undefined) =>
    span?.kind === "time" ? [span.startMs / 1000, span.endMs / 1000] : [];

  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  describe("a search by text", () => {
    test("finds the red car's whole stay, and says that it does not know what a car is", async () => {
      const result = await find({ text: "when does the red car pass?" });
      expect(shown(result)[0]).toEqual(["street.mp4", timeSpan(10_300, 14_600)]);
      expect(result.moments[0]?.sources).toContain("event");
      expect(result.coverage.unknownWords).toEqual(["car"]);
      expect(result.moments.filter(({ item }) => item.id === street.id)).toHaveLength(1);
    });

    test("finds who enters from the top, with the bounds of the entry", async () => {
      expect(shown(await find({ text: "what enters from the top" }))).toEqual([
        ["street.mp4", timeSpan(30_000, 30_800)],
      ]);
    });

    test("finds the page that says it, and not the page that says half of it", async () => {
      expect(shown(await find({ text: "how much was the invoice from March?" }))).toEqual([
        ["invoices.pdf", pageSpan(1)],
      ]);
    });

    test("finds nothing for what is not there, with what was examined", async () => {
      const { moments, coverage } = await find({ text: "is there a giraffe?" });
      expect(moments).toEqual([]);
      expect(coverage).toEqual({
        items: 6,
        unreadable: 1,
        videoMs: 130_000,
        images: 1,
        pages: 3,
        segments: coverage.segments,
        unknownWords: ["giraffe"],
      });
      expect(coverage.segments).toBeGreaterThan(10);
    });

    test("returns red things for a red giraffe only with the word marked as unknown", async () => {
      expect((await find({ text: "red giraffe" })).coverage.unknownWords).toEqual(["giraffe"]);
    });

    test("prefers the text that holds the very word over things that merely share the colour", async () => {
      const result = await find({ text: "red parking" });
      expect(shown(result)[0]).toEqual(["street.mp4", timeSpan(40_000, 42_000)]);
    });

    test("finds a colour in frames and pictures, without the seconds that lack it", async () => {
      const result = await find({ text: "green" });
      expect(shown(result)).toEqual(
        expect.arrayContaining([
          ["leaf.jpg", { kind: "whole" }],
          ["signal.mp4", timeSpan(6000, 8000)],
          ["signal.mp4", timeSpan(21_000, 23_000)],
        ]),
      );
      expect(result.moments).toHaveLength(3);
    });

    test("marks a still background as matching throughout", async () => {
      const result = await find({ text: "grey", filter: { mediaIds: [street.id] } });
      expect(result.moments).toHaveLength(1);
      expect(result.moments[0]?.throughout).toBe(true);
    });

    test("keeps to its filters", async () => {
      expect(shown(await find({ text: "green", filter: { kinds: ["image"] } }))).toEqual([
        ["leaf.jpg", { kind: "whole" }],
      ]);
      const later = await find({ text: "green", filter: { within: { startMs: 15_000, endMs: 30_000 } } });
      expect(shown(later)).toEqual([["signal.mp4", timeSpan(21_000, 23_000)]]);
      expect(later.coverage.videoMs).toBe(45_000);
      expect((await find({ text: "green", filter: { sources: ["ocr"] } })).moments).toEqual([]);
    });

    test("refines bounds to the frame when asked", async () => {
      const { moments } = await find({ text: "green", refine: 2, filter: { kinds: ["video"] } });
      const bounds = moments.map(({ span }) => secondsIn(span)).sort((a, b) => a[0]! - b[0]!);
      expect(
        bounds.flat().map((seconds, i) => Math.abs(seconds - [5.3, 7.3, 20.3, 22.3][i]!) <= 0.13),
      ).toEqual([true, true, true, true]);
    });

    test("stops when it is aborted", async () => {
      const aborted = AbortSignal.abort(new Error("enough"));
      await expect(find({ text: "red" }, aborted)).rejects.toThrow("enough");
    });
  });

  describe("a search by picture", () => {
    test("finds the second that the still was taken from, not the whole video that shares its background", async () => {
      const result = await find({ imagePixels: striped(streetLook(32_000)) });
      expect(result.moments[0]?.item.id).toBe(street.id);
      const [start = 0, end = 0] = secondsIn(result.moments[0]?.span);
      expect(start).toBeGreaterThanOrEqual(29);
      expect(end).toBeLessThanOrEqual(35);
      expect(result.moments[0]?.bestMs).toBeGreaterThanOrEqual(30_000);
      expect(result.moments[0]?.bestMs).toBeLessThan(34_000);
    });

    test("finds the frame between two indexed seconds", async () => {
      const result = await find({ imagePixels: striped(streetLook(12_500)) });
      expect(result.moments[0]?.bestMs).toBeGreaterThanOrEqual(12_200);
      expect(result.moments[0]?.bestMs).toBeLessThan(12_800);
    });

    test("joins with words", async () => {
      const result = await find({ imagePixels: striped(["green"]), text: "Invoice" });
      expect(result.moments.map(({ item }) => item.id)).toEqual(
        expect.arrayContaining([leaf.id, invoices.id]),
      );
    });
  });

  describe("a search by clip", () => {
    test("finds the same moment, marked so, and the other one that runs alike", async () => {
      const clip = await readClip(pictures, signal, 5300, 9300, neverAborted);
      const { moments } = await find({ clip, filter: { kinds: ["video"] } });
      const [first, second] = moments;
      expect([first?.same, second?.same]).toEqual([true, undefined]);
      expect(Math.abs(secondsIn(first?.span)[0]! - 5.3)).toBeLessThan(1);
      expect(Math.abs(secondsIn(second?.span)[0]! - 20.3)).toBeLessThan(1);
      expect(moments.every(({ item }) => item.id === signal.id)).toBe(true);
    });

    test("finds nothing for a clip that nothing is like", async () => {
      const frames = [{ timeMs: 0, pixels: striped(["red"]) }];
      const clip = { item: { path: "/elsewhere/red.mp4" }, startMs: 0, endMs: 2000, frames };
      expect((await find({ clip, filter: {} })).moments).toEqual([]);
    });
  });

  test("a moment becomes a finding with its best hit's words and its own span", async () => {
    const { moments } = await find({ text: "invoice March" });
    expect(toFinding(moments[0]!)).toMatchObject({
      path: invoices.path,
      kind: "document",
      span: pageSpan(1),
      source: "text",
      text: "Invoice 14 March 2026, total 120.50 EUR",
    });
  });
});
