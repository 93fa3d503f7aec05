import type { AgentEvent } from "../../src/agent/agent-event.ts";
import { type Conversation, startConversation } from "../../src/agent/conversation.ts";
import { runAgent } from "../../src/agent/run.ts";
import { openBuiltinResponder } from "../../src/chat/builtin/responder.ts";
import type { ActivityEvent, PictureSide } from "../../src/media/activity-event.ts";
import type { ColourName } from "../../src/media/colour-name.ts";
import type { MediaItem } from "../../src/media/media-item.ts";
import { pageSpan, timeSpan, wholeSpan } from "../../src/media/span.ts";
import { openSearch } from "../../src/retrieval/search.ts";
import type { EmbeddedSegment, MediaStore } from "../../src/store/media-store.ts";
import { allTools } from "../../src/tools/all-tools.ts";
import type { Tool } from "../../src/tools/tool.ts";
import type { VotedReading } from "../../src/tools/tool-deps.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";
import { openPaintedPictures } from "../fakes/picture-reader.ts";
import {
  eventSegment,
  mediaItem,
  openColourEncoder,
  striped,
  textSegment,
} from "../retrieval/colour-world.ts";

const street = mediaItem("street.mp4", { durationMs: 30_200, takenAt: Date.UTC(2026, 4, 2) });
const room = mediaItem("living-room.mp4", { durationMs: 60_000, takenAt: Date.UTC(2026, 4, 3) });
const table = mediaItem("table.mp4", { durationMs: 20_000, takenAt: Date.UTC(2026, 4, 4) });
const talk = mediaItem("talk-on-bees.mp4", { durationMs: 40_000, takenAt: Date.UTC(2026, 4, 5) });
const screen = mediaItem("screen-recording.mp4", { durationMs: 24_000, takenAt: Date.UTC(2026, 4, 6) });
const invoices = mediaItem("invoices.pdf", { kind: "document", pages: 3 });
const sign = mediaItem("street-sign.png", { kind: "image", takenAt: Date.UTC(2026, 4, 7) });
const photos = [
  photo("beach-01.jpg", "2024-07-14", "Lisbon, Portugal"),
  photo("mountain-02.jpg", "2024-08-02", "Zermatt, Switzerland"),
  photo("old-town-03.jpg", "2023-03-21", "Prague, Czechia"),
];

function photo(name: string, day: string, placeName: string): MediaItem {
  return mediaItem(name, { kind: "image", takenAt: Date.parse(day), placeName, width: 1200, height: 800 });
}

interface Visit {
  readonly colour: ColourName;
  readonly from: PictureSide;
  readonly to: PictureSide;
  readonly startMs: number;
  readonly endMs: number;
}

const cars: readonly Visit[] = [
  { colour: "white", from: "bottom", to: "top", startMs: 4400, endMs: 8500 },
  { colour: "blue", from: "top", to: "bottom", startMs: 14_600, endMs: 18_200 },
  { colour: "red", from: "bottom", to: "top", startMs: 15_000, endMs: 18_900 },
  { colour: "white", from: "top", to: "bottom", startMs: 25_300, endMs: 27_800 },
];
const people: readonly Visit[] = [
  { colour: "green", from: "left", to: "right", startMs: 5000, endMs: 20_000 },
  { colour: "purple", from: "right", to: "left", startMs: 30_000, endMs: 48_000 },
];

function visitSegments(item: MediaItem, visits: readonly Visit[]): readonly EmbeddedSegment[] {
  return visits.flatMap(({ colour, from, to, startMs, endMs }, track) => {
    const shared: Partial<ActivityEvent> = { track, colour, presence: { startMs, endMs } };
    return [
      eventSegment(item, { ...shared, kind: "enters", side: from, startMs, endMs: startMs + 600 }),
      eventSegment(item, { ...shared, kind: "moves", side: from, towards: to, startMs, endMs }),
      eventSegment(item, { ...shared, kind: "leaves", side: to, startMs: endMs - 600, endMs }),
    ];
  });
}

const lines: readonly (readonly [number, string])[] = [
  [2000, "A bee reads the sun like a compass."],
  [12_000, "Back in the hive she dances for her sisters."],
  [22_000, "The longest flight we measured was 3300 metres."],
  [30_000, "Solar power has nothing to do with it."],
];

async function fill(store: MediaStore): Promise<void> {
  await store.put(street, visitSegments(street, cars));
  await store.put(room, visitSegments(room, people));
  await store.put(table, [
    eventSegment(table, { kind: "disappears", track: 0, colour: "green", startMs: 6000, endMs: 6400 }),
    eventSegment(table, { kind: "appears", track: 1, colour: "green", startMs: 14_000, endMs: 14_300 }),
  ]);
  await store.put(
    talk,
    lines.map(([startMs, text]) =>
      textSegment(talk, text, { source: "subtitle", span: timeSpan(startMs, startMs + 4000) }),
    ),
  );
  await store.put(screen, [
    textSegment(screen, "Recycle Bin Copying pictures 12 %", { span: timeSpan(0, 9000), confidence: 90 }),
    textSegment(screen, "Backup The backup has stopped. Error code 4822 OK", {
      span: timeSpan(9000, 15_000),
      confidence: 88,
    }),
    textSegment(screen, "Backup has finished", { span: timeSpan(18_000, 24_000), confidence: 92 }),
  ]);
  await store.put(
    invoices,
    (["January", "March", "June"] as const).map((month, index) =>
      textSegment(
        invoices,
        `Harbour Print Works Invoice Invoice number 2025-10${index} Date 14 ${month} 2025 Posters 2 40.00 ` +
          `Subtotal ${index + 1}00.00 VAT 20 % ${index + 1}0.00 Total EUR ${index + 1},120.50 Payment within 30 days.`,
        { source: "text", span: pageSpan(index + 1) },
      ),
    ),
  );
  await store.put(sign, []);
  for (const one of photos) {
    const facts = `${one.placeName} ${new Date(one.takenAt ?? 0).toISOString().slice(0, 10)}`;
    await store.put(one, [textSegment(one, facts, { source: "metadata", span: wholeSpan })]);
  }
}

const signReading: VotedReading = {
  text: "人民路 RENMIN LU",
  confidence: 91,
  agreement: 0.8,
  verified: true,
  passes: [],
};
const dialogReading: VotedReading = {
  text: "The backup has stopped. Error code 4822",
  confidence: 93,
  agreement: 0.8,
  verified: true,
  passes: [],
};

export interface SampleLibrary {
  readonly tools: readonly Tool[];
  readonly store: MediaStore;
  /** Asks in one conversation; gives the end of the run and the calls that were made. */
  ask(question: string, conversation?: Conversation): Promise<Asked>;
}

export interface Asked {
  readonly end: Extract<AgentEvent, { type: "run-end" }>;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly errors: readonly string[];
  /** `street.mp4 15000-18900` */
  readonly cited: readonly string[];
}

/** A library of everyday files whose truth is written above, with the real tools over a store in memory. */
export async function openSampleLibrary(fillWith = fill): Promise<SampleLibrary> {
  const encoder = openColourEncoder();
  const store = openMemoryStore({ space: encoder.space });
  await fillWith(store);
  const pictures = openPaintedPictures((item) => striped(item.id === sign.id ? ["blue"] : ["grey"]));
  const tools = allTools({
    store,
    encoder,
    pictures,
    search: openSearch({ store, encoder, pictures }),
    reread: async (pixels) => (pixels.data[2] === 220 ? signReading : dialogReading),
    exportClip: async () => undefined,
    exportFolder: "/nowhere/exports",
    scratchFolder: "/nowhere/scratch",
    savePicture: async () => undefined,
  });
  const model = openBuiltinResponder(() => new Date("2026-11-24T12:00:00Z"));
  return {
    tools,
    store,
    ask: async (question, conversation = startConversation()) => {
      const calls: { name: string; input: unknown }[] = [];
      const errors: string[] = [];
      const signal = new AbortController().signal;
      for await (const event of runAgent({
        model,
        tools,
        conversation,
        question,
        thinking: "auto",
        signal,
      })) {
        if (event.type === "tool-start") calls.push({ name: event.name, input: event.input });
        if (event.type === "tool-error") errors.push(`${event.failure.message}. ${event.failure.remedy}`);
        if (event.type === "run-end")
          return { end: event, calls, errors, cited: event.citations.map(describe) };
      }
      throw new Error("the run did not end");
    },
  };
}

function describe({
  path,
  span,
}: {
  path: string;
  span: { kind: string } & Record<string, unknown>;
}): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (span.kind === "time") return `${name} ${span.startMs}-${span.endMs}`;
  return span.kind === "page" ? `${name} p${span.page}` : name;
}
