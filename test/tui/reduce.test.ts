import { expect, test } from "vitest";
import type { AgentEvent } from "../../src/agent/agent-event.ts";
import { commitPoint } from "../../src/tui/commit-point.ts";
import { reduceRun } from "../../src/tui/reduce.ts";
import { emptyRun } from "../../src/tui/view.ts";
import { citationOf, runEnd } from "./run-events.ts";

const citation = citationOf("pixels");

function runOf(events: readonly AgentEvent[]) {
  let now = 0;
  return events.reduce((view, event) => {
    now += 100;
    return reduceRun(view, event, {
      now,
      resolve: (text) => text.replaceAll("[e1]", "0:00.0–0:01.0 [1]"),
      tell: (told) => told,
    });
  }, emptyRun);
}

test("a whole run becomes thought, tool, answer in paragraphs, once each", () => {
  const view = runOf([
    { type: "turn-start", turn: 1 },
    { type: "thinking-delta", text: "hm, " },
    { type: "thinking-delta", text: "a car" },
    { type: "tool-start", callId: "c", name: "find", input: { query: "car" } },
    { type: "tool-progress", callId: "c", progress: { message: "frame", done: 1, total: 2 } },
    { type: "tool-end", callId: "c", name: "find", summary: "1 moment", ms: 120 },
    { type: "turn-start", turn: 2 },
    { type: "text-delta", text: "It enters [e1].\n\nIt " },
    { type: "text-delta", text: "leaves." },
    { type: "citation", citation },
    runEnd({ answer: "It enters 0:00.0–0:01.0 [1].\n\nIt leaves.", citations: [citation] }),
  ]);
  expect(view.blocks.map((block) => block.type)).toEqual(["thought", "tool-done", "answer", "answer"]);
  const said = view.blocks.flatMap((block) => (block.type === "answer" ? [block.text] : [])).join("");
  expect(said).toBe("It enters 0:00.0–0:01.0 [1].\n\nIt leaves.");
  expect(view.citations).toEqual([citation]);
  expect(view.ended).toBe(true);
});

test("a stop in the middle of a tool keeps what was said and marks the tool stopped", () => {
  const view = runOf([
    { type: "turn-start", turn: 1 },
    { type: "text-delta", text: "I look." },
    { type: "tool-start", callId: "c", name: "find", input: {} },
    runEnd({ reason: "aborted", answer: "" }),
  ]);
  expect(view.blocks.map((block) => block.type)).toEqual(["answer", "tool-stopped", "stopped"]);
  expect(view.tools).toEqual([]);
});

test("a failed tool, a warning and a failed run all reach the screen with their remedy", () => {
  const failure = { code: "unavailable", message: "gone", remedy: "try" } as const;
  const view = runOf([
    { type: "tool-start", callId: "c", name: "find", input: {} },
    { type: "tool-error", callId: "c", name: "find", failure, ms: 5 },
    runEnd({ reason: "failed", warnings: ["w"], failure }),
  ]);
  expect(view.blocks.map((block) => block.type)).toEqual(["tool-failed", "warning", "failure"]);
});

test("tokens are counted by turn, with their speed since the first word", () => {
  const view = runOf([
    { type: "turn-start", turn: 1 },
    { type: "text-delta", text: "a" },
    { type: "usage", promptTokens: 400, completionTokens: 20 },
  ]);
  expect(view).toMatchObject({ promptTokens: 400, completionTokens: 20, tokensPerSecond: 200 });
});

test("an answer that came without text, at the turn limit, is shown", () => {
  expect(runOf([runEnd({ reason: "turn-limit", answer: "No answer." })]).blocks).toEqual([
    { type: "answer", text: "No answer." },
  ]);
});

test.each([
  ["one", 0],
  ["one\n\ntwo", 5],
  ["one\n\n```\ncode\n\nmore", 5],
  ["```\na\n\nb\n```\n\nafter", 14],
  ["~~~\n```\n\n~~~\n\n", 14],
])("text is committed at the last blank line outside a fence: %j", (text, point) => {
  expect(commitPoint(text)).toBe(point);
});
