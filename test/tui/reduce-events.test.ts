import { expect, test } from "vitest";
import type { AgentEvent } from "../../src/agent/agent-event.ts";
import { reduceRun } from "../../src/tui/reduce.ts";
import { emptyRun, type RunView } from "../../src/tui/view.ts";
import { citationOf, runEnd } from "./run-events.ts";

/** One event at a time, 100 ms apart, after `view`. */
function after(events: readonly AgentEvent[], view: RunView = emptyRun, since = 0): RunView {
  return events.reduce(
    (now, event, at) =>
      reduceRun(now, event, {
        now: since + (at + 1) * 100,
        resolve: (text) => text.replaceAll("[e1]", "[1]"),
        tell: (failure) => failure,
      }),
    view,
  );
}

const types = (view: RunView) => view.blocks.map(({ type }) => type);
const failure = { code: "unavailable", message: "gone", remedy: "try" } as const;
const toolStart: AgentEvent = { type: "tool-start", callId: "c", name: "find", input: { query: "car" } };
const citation = citationOf("text");
test("turn-start puts what the turn before said into the blocks and begins with no text", () => {
  const view = after([
    { type: "turn-start", turn: 1 },
    { type: "text-delta", text: "half" },
    { type: "turn-start", turn: 2 },
  ]);
  expect(view).toMatchObject({ text: "", committed: 0, live: "", turnSince: 300 });
  expect(view.blocks).toMatchObject([{ type: "answer", text: "half" }]);
});

test("thinking-delta gathers a thought that is no block before it is over", () => {
  const view = after([
    { type: "thinking-delta", text: "hm" },
    { type: "thinking-delta", text: "!" },
  ]);
  expect(view).toMatchObject({ thought: "hm!", thoughtSince: 100, blocks: [] });
});

test("text-delta ends the thought and shows what is not yet a paragraph with numbers for handles", () => {
  const view = after([
    { type: "thinking-delta", text: "hm" },
    { type: "text-delta", text: "One.\n\nTwo [e1]" },
  ]);
  expect(view.blocks).toMatchObject([
    { type: "thought", text: "hm", ms: 100, tokens: 1 },
    { type: "answer", text: "One.\n\n" },
  ]);
  expect(view).toMatchObject({ thought: "", live: "Two [1]" });
});

test("tool-start, tool-progress, tool-end: a card at work, with progress, then a block with time", () => {
  const started = after([toolStart]);
  expect(started.tools).toMatchObject([{ callId: "c", name: "find", startedAt: 100 }]);
  const progress = { message: "frame", done: 1, total: 2 };
  const working = after([{ type: "tool-progress", callId: "c", progress }], started);
  expect(working.tools).toMatchObject([{ progress }]);
  const done = after(
    [{ type: "tool-end", callId: "c", name: "find", summary: "1 moment", ms: 120 }],
    working,
  );
  expect(done.tools).toEqual([]);
  expect(done.blocks).toMatchObject([{ type: "tool-done", summary: "1 moment", ms: 120 }]);
});

test("tool-error leaves the other tools at work and brings the remedy along", () => {
  const other: AgentEvent = { ...toolStart, callId: "d" };
  const view = after([toolStart, other, { type: "tool-error", callId: "c", name: "find", failure, ms: 5 }]);
  expect(view.tools).toMatchObject([{ callId: "d" }]);
  expect(view.blocks).toMatchObject([{ type: "tool-failed", failure: { remedy: "try" }, ms: 5 }]);
});

test("progress and ends of a tool that nobody started change nothing", () => {
  expect(after([{ type: "tool-progress", callId: "x", progress: { message: "?" } }])).toEqual(emptyRun);
  expect(after([{ type: "tool-end", callId: "x", name: "find", summary: "", ms: 1 }])).toEqual(emptyRun);
});

test("usage counts the speed from the first words of the turn", () => {
  const view = after([
    { type: "turn-start", turn: 1 },
    { type: "text-delta", text: "a" },
    { type: "usage", promptTokens: 400, completionTokens: 20 },
  ]);
  expect(view).toMatchObject({ promptTokens: 400, completionTokens: 20, tokensPerSecond: 200 });
});

test("citation commits the text before it; the citations that hold are those of run-end", () => {
  const view = after([
    { type: "text-delta", text: "It is [e1]." },
    { type: "citation", citation },
  ]);
  expect(view).toMatchObject({ citations: [{ check: "text" }], live: "" });
  expect(view.blocks).toMatchObject([{ type: "answer", text: "It is [1]." }]);
  const ended = after(
    [runEnd({ answer: "It is [1].", citations: [{ ...citation, check: "failed" }] })],
    view,
  );
  expect(ended.citations).toMatchObject([{ check: "failed" }]);
  expect(types(ended)).toEqual(["answer"]);
});

test("run-end: what was said in an earlier turn does not stand for the answer of the last", () => {
  const view = after([
    { type: "turn-start", turn: 1 },
    { type: "text-delta", text: "I look." },
    { type: "turn-start", turn: 2 },
    runEnd({ reason: "turn-limit", answer: "I came to no answer." }),
  ]);
  expect(view.blocks).toMatchObject([{ text: "I look." }, { text: "I came to no answer." }]);
});

test("stopped within a thought, within a text, within tools: all that was there is kept, the tools are stopped", () => {
  const aborted = runEnd({ reason: "aborted" });
  expect(types(after([{ type: "thinking-delta", text: "hm" }, aborted]))).toEqual(["thought", "stopped"]);
  expect(types(after([{ type: "text-delta", text: "Half a" }, aborted]))).toEqual(["answer", "stopped"]);
  const other: AgentEvent = { ...toolStart, callId: "d" };
  const view = after([toolStart, other, aborted]);
  expect(types(view)).toEqual(["tool-stopped", "tool-stopped", "stopped"]);
  expect(view).toMatchObject({ tools: [], ended: true });
});

test("a failure after half an answer keeps the half, once, and says what to do; a new run goes on from nothing", () => {
  const failed = after([
    { type: "text-delta", text: "Half an" },
    runEnd({ reason: "failed", answer: "Half an", warnings: ["w"], failure }),
  ]);
  expect(types(failed)).toEqual(["answer", "warning", "failure"]);
  const next = after([
    { type: "turn-start", turn: 1 },
    { type: "text-delta", text: "On." },
    runEnd({ answer: "On." }),
  ]);
  expect(types(next)).toEqual(["answer"]);
});

test("no event changes the view that it is given, and blocks are only ever added", () => {
  const events: readonly AgentEvent[] = [
    { type: "turn-start", turn: 1 },
    { type: "thinking-delta", text: "hm" },
    toolStart,
    { type: "tool-end", callId: "c", name: "find", summary: "s", ms: 1 },
    { type: "text-delta", text: "a\n\nb" },
    { type: "citation", citation },
    runEnd(),
  ];
  let view = emptyRun;
  for (const event of events) {
    const before = structuredClone(view);
    const next = after([event], view);
    expect(view).toEqual(before);
    expect(next.blocks.slice(0, view.blocks.length)).toEqual(view.blocks);
    view = next;
  }
});
