import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { VotedReading } from "../../src/ingest/ocr/vote.ts";
import type { MediaItem } from "../../src/media/media-item.ts";
import { pageSpan, timeSpan } from "../../src/media/span.ts";
import { openSearch } from "../../src/retrieval/search.ts";
import { savePicture } from "../../src/tools/save-picture.ts";
import type { RereadByVote, ToolDeps } from "../../src/tools/tool-deps.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";
import { openPaintedPictures } from "../fakes/picture-reader.ts";
import {
  eventSegment,
  frameSegments,
  mediaItem,
  openColourEncoder,
  type Paint,
  striped,
  textSegment,
} from "../retrieval/colour-world.ts";

/** A still camera, 30 s: a red object passes from bottom to top, a white one comes from the top and stays. */
export const street = mediaItem("trips/street.mp4", {
  durationMs: 30_000,
  width: 640,
  height: 360,
  takenAt: Date.UTC(2026, 2, 3),
});
export const talk = mediaItem("talk.mp4", { durationMs: 20_000, takenAt: Date.UTC(2026, 3, 20) });
export const sign = mediaItem("trips/sign.jpg", {
  kind: "image",
  takenAt: Date.UTC(2026, 2, 31, 22),
  placeName: "Lisbon",
  camera: "Pocket 3",
});
export const report = mediaItem("report.pdf", { kind: "document", pages: 3, takenAt: Date.UTC(2025, 11, 1) });

export function streetLook(timeMs: number): readonly Paint[] {
  return timeMs >= 15_000 && timeMs < 18_900 ? ["red", "grey", "grey"] : ["grey"];
}

const reading: VotedReading = {
  text: "EXIT 42",
  confidence: 91,
  agreement: 0.75,
  verified: true,
  passes: [
    { name: "plain", text: "EX1T 42", confidence: 60 },
    { name: "enlarged", text: "EXIT 42", confidence: 91 },
  ],
};

export interface ToolWorld {
  readonly deps: ToolDeps;
  readonly folder: string;
}

const folders: string[] = [];
/** Removes the folders of this file's worlds. */
export function cleanUpAfterwards(): void {
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
}

export async function openToolWorld(reread: RereadByVote = async () => reading): Promise<ToolWorld> {
  const folder = await mkdtemp(join(tmpdir(), "sightline-tools-"));
  folders.push(folder);
  const encoder = openColourEncoder();
  const store = openMemoryStore({ space: encoder.space });
  const look = (item: MediaItem, timeMs: number) =>
    item.id === street.id ? streetLook(timeMs) : (["green"] as const);
  const pictures = openPaintedPictures((item, timeMs) => striped(look(item, timeMs)), 12.5);
  const stay = { track: 1, presence: { startMs: 15_000, endMs: 18_900 } };
  const second = {
    track: 2,
    presence: { startMs: 25_300, endMs: 30_000 },
    colour: "white",
    size: "medium",
  } as const;
  await store.put(street, [
    ...(await frameSegments(encoder, street, streetLook)),
    eventSegment(street, { ...stay, kind: "enters", side: "bottom", startMs: 15_000, endMs: 15_900 }),
    eventSegment(street, { ...stay, kind: "leaves", side: "top", startMs: 18_000, endMs: 18_900 }),
    eventSegment(street, { ...second, kind: "enters", side: "top", startMs: 25_300, endMs: 26_000 }),
    eventSegment(street, { track: 3, kind: "appears", colour: "yellow", startMs: 5000, endMs: 5200 }),
  ]);
  await store.put(talk, [
    eventSegment(talk, { kind: "camera-moves", track: -1, startMs: 0, endMs: 20_000 }),
    textSegment(talk, "Welcome to the talk", { span: timeSpan(1000, 3000), source: "subtitle" }),
    textSegment(talk, "Error: disk full\u001b[31m\u202e", { span: timeSpan(9000, 12_000), confidence: 88 }),
  ]);
  await store.put(sign, [...(await frameSegments(encoder, sign, () => ["green"]))]);
  await store.put(report, [
    textSegment(report, "Summary. ".repeat(900), { span: pageSpan(1), source: "text" }),
    textSegment(report, "Total 120.50 EUR", { span: pageSpan(2), source: "text" }),
    textSegment(report, "Appendix", { span: pageSpan(3), source: "ocr", confidence: 71 }),
  ]);
  const deps: ToolDeps = {
    store,
    encoder,
    pictures,
    search: openSearch({ store, encoder, pictures }),
    reread,
    exportClip: async () => undefined,
    exportFolder: join(folder, "exports"),
    scratchFolder: join(folder, "scratch"),
    savePicture,
  };
  return { deps, folder };
}
