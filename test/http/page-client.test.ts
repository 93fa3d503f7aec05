import { expect, test } from "vitest";
import { parseAnswer } from "../../src/http/page/client/answer-text.ts";
import { extentOf, marksOf } from "../../src/http/page/client/marks.ts";
import { isQuestionLike } from "../../src/http/page/client/question-like.ts";
import { likeHash, likenessOf, parseRoute, searchHash } from "../../src/http/page/client/route.ts";
import { serverEvents } from "../../src/http/page/client/server-events.ts";
import { newTurn, reduceTurn, stopTurn, type TurnEvent } from "../../src/http/page/client/turn-state.ts";

test.each(["when does someone come in?", "Who is that", "how much was it", "红色的车什么时候出现", "有人吗"])(
  "%s asks something",
  (words) => expect(isQuestionLike(words)).toBe(true),
);

test.each(["red car", "invoice from March", "红色的车", "whole wheat", "island", ""])(
  "%s names something to be found",
  (words) => expect(isQuestionLike(words)).toBe(false),
);

test("an answer becomes paragraphs and lists with the numbers of its sources", () => {
  expect(parseAnswer("2 enter:\n- room.mp4 **0:03.9** [1]\n- later [2]\n\nDone.")).toEqual([
    { kind: "paragraph", lines: [[{ kind: "text", text: "2 enter:" }]] },
    {
      kind: "bullets",
      lines: [
        [
          { kind: "text", text: "room.mp4 " },
          { kind: "strong", text: "0:03.9" },
          { kind: "text", text: " " },
          { kind: "source", number: 1 },
        ],
        [
          { kind: "text", text: "later " },
          { kind: "source", number: 2 },
        ],
      ],
    },
    { kind: "paragraph", lines: [[{ kind: "text", text: "Done." }]] },
  ]);
});

test("handles that are not resolved yet do not show, and markup stays the text it is", () => {
  expect(parseAnswer('<img src=x onerror="alert(1)"> at 0:03.9 [e1], [e2, e3].')).toEqual([
    {
      kind: "paragraph",
      lines: [
        [
          { kind: "text", text: '<img src=x onerror="alert(1)"> at 0:03.9' },
          { kind: "text", text: "," },
          { kind: "text", text: "." },
        ],
      ],
    },
  ]);
});

test("server-sent events are read from pieces that are cut anywhere, Chinese letters included", async () => {
  const bytes = new TextEncoder().encode(
    'event: conversation\ndata: {"id":"c1"}\n\n: a comment\n\nevent: text-delta\r\ndata: {"text":"红色"}\r\n\r\n',
  );
  for (const size of [1, 3, 7, bytes.length]) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    });
    const events = [];
    for await (const event of serverEvents(body)) events.push(event);
    expect(events).toEqual([
      { event: "conversation", data: '{"id":"c1"}' },
      { event: "text-delta", data: '{"text":"红色"}' },
    ]);
  }
});

test("a run is reduced to what a person sees: steps, then the answer with its sources", () => {
  const source = {
    handle: "e1",
    id: "m1",
    name: "room.mp4",
    kind: "video",
    startMs: 1000,
    endMs: 2000,
    check: "pixels",
  } as const;
  const events: readonly TurnEvent[] = [
    { type: "conversation", id: "c1" },
    { type: "turn-start" },
    { type: "thinking-delta", text: "Who " },
    { type: "thinking-delta", text: "moves?" },
    { type: "text-delta", text: "I look." },
    { type: "tool-start", callId: "1", name: "find_moments", input: { what: "enters" } },
    { type: "tool-progress", callId: "1", progress: { message: "half" } },
    { type: "tool-end", callId: "1", summary: "1 event", ms: 12 },
    { type: "turn-start" },
    { type: "text-delta", text: "At 0:01.0 [e1]" },
    { type: "citation", citation: source },
    { type: "run-end", reason: "answered", answer: "At 0:01.0 [1]", citations: [source], warnings: [] },
  ];
  const end = events.reduce(reduceTurn, newTurn);
  expect(end).toMatchObject({
    phase: "answered",
    thoughts: "Who moves?",
    text: "At 0:01.0 [1]",
    sources: [source],
  });
  expect(end.steps).toEqual([
    { callId: "1", name: "find_moments", input: { what: "enters" }, state: "done", note: "1 event", ms: 12 },
  ]);
});

test("a run that is stopped keeps what had come, and one that ended stays ended", () => {
  const started = reduceTurn(newTurn, { type: "text-delta", text: "At" });
  expect(stopTurn(started)).toMatchObject({ phase: "stopped", text: "At" });
  const ended = reduceTurn(started, {
    type: "run-end",
    reason: "answered",
    answer: "At 0:01",
    citations: [],
    warnings: [],
  });
  expect(stopTurn(ended).phase).toBe("answered");
});

test("the timeline holds hits, events, subtitles and read text in the order of time, but no page text", () => {
  const marks = marksOf(
    {
      segments: [
        { source: "subtitle", startMs: 5000, endMs: 7000, text: "Tea" },
        {
          source: "event",
          startMs: 1000,
          endMs: 4000,
          event: { kind: "moves", track: 1, colour: "red", startMs: 0 },
        },
        {
          source: "event",
          startMs: 1000,
          endMs: 1500,
          event: { kind: "enters", track: 1, colour: "red", startMs: 0 },
        },
        { source: "metadata", text: "facts" },
        { source: "frame", startMs: 0, endMs: 900 },
        { source: "text", page: 1, text: "page" },
      ],
      shots: [{ startMs: 0 }, { startMs: 3000 }],
    },
    [{ startMs: 1000, endMs: 1200, text: "a red car" }],
    { event: ({ kind }) => kind, hit: ({ text = "" }) => text, shot: (number) => `shot ${number}` },
  );
  expect(marks.map(({ lane, text }) => `${lane} ${text}`)).toEqual([
    "shots shot 1",
    "hits a red car",
    "events enters",
    "events moves",
    "shots shot 2",
    "speech Tea",
  ]);
  expect(marks.find(({ text }) => text === "shot 1")).toMatchObject({ startMs: 0, endMs: 3000 });
  expect(marks.find(({ text }) => text === "moves")).toMatchObject({ wide: true, told: true });
});

test("a mark lies within the line, and an instant is still to be seen", () => {
  expect(extentOf({ startMs: 2500, endMs: 5000 }, 10_000)).toEqual({ from: 0.25, width: 0.25 });
  expect(extentOf({ startMs: 3000, endMs: 3000 }, 10_000).width).toBeGreaterThan(0);
  const late = extentOf({ startMs: 12_000, endMs: 13_000 }, 10_000);
  expect(late.from + late.width).toBeLessThanOrEqual(1);
  expect(extentOf({ startMs: 0, endMs: 0 }, 0).from).toBe(0);
});

test("an address leads to a search, a view, or a file at its time or page", () => {
  expect(parseRoute("")).toEqual({ view: "home" });
  expect(parseRoute("#library")).toEqual({ view: "library" });
  expect(parseRoute(searchHash("red & blue?", "video"))).toEqual({
    view: "search",
    words: "red & blue?",
    kind: "video",
  });
  expect(parseRoute("#media=abc&t=12.5")).toEqual({ view: "home", media: "abc", seconds: 12.5 });
  expect(parseRoute("#media=abc&t=12.5,18")).toMatchObject({ seconds: 12.5, endSeconds: 18 });
  expect(parseRoute("#media=abc&t=x,18")).toEqual({ view: "home", media: "abc", endSeconds: 18 });
  expect(parseRoute("#media=abc&page=3&t=x")).toEqual({ view: "home", media: "abc", page: 3 });
});

test.each([
  { image: { id: "sha256:0f" } },
  { image: { id: "sha256:0f", timeMs: 12_345 } },
  { image: { id: "sha256:0f", timeMs: 0 } },
  { clip: { id: "sha256:0f", startMs: 0, endMs: 1_500 } },
])("an address keeps what more was looked for like: %o", (query) => {
  const route = parseRoute(likeHash(query));
  expect(route.view).toBe("search");
  expect(likenessOf(route)).toEqual(query);
});

test("an address without a file to find more like leads nowhere", () => {
  expect(parseRoute("#like=&t=3")).toEqual({ view: "home" });
  expect(likenessOf(parseRoute("#q=red"))).toBeUndefined();
});
