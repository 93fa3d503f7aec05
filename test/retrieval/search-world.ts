import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { pageSpan, type Span, timeSpan } from "../../src/media/span.ts";
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
export const street = mediaItem("street.mp4", { durationMs: 60_000 });
export function streetLook(timeMs: number): readonly Paint[] {
  const colour = timeMs >= 10_300 && timeMs < 14_600 ? "red" : "grey";
  const road: Paint[] = Array.from({ length: 12 }, () => "grey");
  road[0] = colour;
  if (timeMs >= 12_200 && timeMs < 12_800) road[1] = colour;
  if (timeMs >= 30_000 && timeMs < 34_000) road[5] = "blue";
  return road;
}
/** Nothing but the same grey, in one merged segment. */
export const wall = mediaItem("wall.mp4", { durationMs: 40_000 });
/** Green, then blue, two seconds each: from 5.3 s and again from 20.3 s on. Red for less than a second between. */
export const signal = mediaItem("signal.mp4", { durationMs: 30_000 });
function signalLook(timeMs: number): readonly Paint[] {
  if (timeMs >= 14_150 && timeMs < 14_950) return ["red", "grey"];
  const phase = timeMs >= 20_000 ? timeMs - 20_300 : timeMs - 5300;
  if (phase < 0 || phase >= 4000) return ["grey"];
  return phase < 2000 ? ["green"] : ["blue"];
}
export const leaf = mediaItem("leaf.jpg", { kind: "image" });
/** A picture of which only the name tells anything. */
export const carPhoto = mediaItem("car.jpg", { kind: "image" });
export const invoices = mediaItem("invoices.pdf", { kind: "document", pages: 3 });

export const encoder = openColourEncoder();
const looks: Readonly<Record<string, (timeMs: number) => readonly Paint[]>> = {
  [street.id]: streetLook,
  [wall.id]: () => ["grey"],
  [signal.id]: signalLook,
  [leaf.id]: () => ["green"],
};
export const pictures = openPaintedPictures((item, timeMs) => striped(looks[item.id]?.(timeMs) ?? ["grey"]));

/** The red car's bounds are as inexact as a quick pass over a video may leave them. */
async function fill(store: MediaStore): Promise<void> {
  const presence = { startMs: 10_000, endMs: 14_900 };
  const red = { track: 1, presence, side: "bottom" } as const;
  await store.put(street, [
    ...(await frameSegments(encoder, street, streetLook)),
    eventSegment(street, { ...red, kind: "enters", startMs: 10_000, endMs: 11_000 }),
    eventSegment(street, { ...red, kind: "moves", startMs: 10_000, endMs: 14_900, towards: "top" }),
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
  await store.put(carPhoto, [textSegment(carPhoto, "car.jpg", { source: "metadata" })]);
  await store.put(invoices, [
    textSegment(invoices, "Invoice 14 March 2026, total 120.50 EUR", { span: pageSpan(1), source: "text" }),
    textSegment(invoices, "Invoice 2 April 2026, total 99.00 EUR", { span: pageSpan(2), source: "text" }),
  ]);
}

export type Find = (request: Partial<SearchRequest>, signal?: AbortSignal) => Promise<SearchResult>;

/** Runs the same tests over the library in memory and in LanceDB, which may answer from memory, too. */
export function describeSearch(tests: (find: Find) => void): void {
  describe.each([
    { name: "in memory", open: async (_folder: string) => openMemoryStore({ space: encoder.space }) },
    { name: "of LanceDB", open: (folder: string) => openLanceStore(folder, encoder) },
    {
      name: "of LanceDB with its rows in memory",
      open: (folder: string) => openLanceStore(folder, encoder, { heldAfter: 1 }),
    },
  ])("a store $name", ({ open }) => {
    let store: MediaStore;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "sightline-search-"));
      store = await open(folder);
      await fill(store);
    });
    afterAll(async () => {
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });
    tests((request, signal = neverAborted) => {
      const { search } = openSearch({ store, encoder, pictures, unreadable: async () => 1 });
      return search({ filter: {}, limit: 8, ...request }, signal);
    });
  });
}

/** File names and spans, in order. */
export function shown({ moments }: SearchResult) {
  return moments.map(({ item, span }) => [item.path.slice(7), span] as const);
}

export function secondsIn(span: Span | undefined): readonly number[] {
  return span?.kind === "time" ? [span.startMs / 1000, span.endMs / 1000] : [];
}
