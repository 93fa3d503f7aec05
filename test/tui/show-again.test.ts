import { expect, test } from "vitest";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { blockRows } from "../../src/tui/block-rows.ts";
import type { Chat } from "../../src/tui/chat.ts";
import { openStore } from "../../src/tui/chat-state.ts";
import { textOfLine } from "../../src/tui/line.ts";
import { plainRows } from "../../src/tui/plain-rows.ts";
import { showResults, showThoughts } from "../../src/tui/show-again.ts";
import type { Block } from "../../src/tui/view.ts";

const thought: Block = { type: "thought", text: "It asks when.", ms: 1200, tokens: 4 };
const tool: Block = {
  type: "tool-done",
  card: { callId: "c", name: "find_moments", input: { what: "enters" }, startedAt: 0 },
  summary: "8 events\n0:03.9 orange",
  ms: 100,
};
const question: Block = { type: "question", text: "when?", attachments: [] };

function chatWith(...blocks: readonly Block[]) {
  const store = openStore();
  store.add(...blocks);
  return { store, chat: { store, say: tuiEn } as unknown as Chat };
}

const last = (blocks: readonly Block[]) => blocks.at(-1);

test("Ctrl+T prints the thoughts of the last turn in full, and only those", () => {
  const { store, chat } = chatWith(question, { ...thought, text: "older" }, question, thought, tool);
  showThoughts(chat);
  expect(last(store.get().blocks)).toEqual({ type: "expanded", blocks: [thought] });
  const options = { columns: 60, say: tuiEn, pictures: false, showThoughts: false, showResults: false };
  const rows = store.get().blocks.slice(-1);
  expect(rows.flatMap((block) => blockRows(block, options)).map(textOfLine)).toEqual([
    "▸ thought 1.2 s · 4 tok",
    "  It asks when.",
  ]);
  showThoughts(chat);
  expect(store.get().showThoughts).toBe(false);
  expect(last(store.get().blocks)).toEqual({ type: "note", text: tuiEn.thoughtsHidden });
});

test("Ctrl+O prints what the tools of the last turn found; where there was none it says so", () => {
  const { store, chat } = chatWith(question, thought, tool);
  showResults(chat);
  expect(last(store.get().blocks)).toEqual({ type: "expanded", blocks: [tool] });
  const empty = chatWith(question, { type: "answer", text: "No." });
  showResults(empty.chat);
  expect(last(empty.store.get().blocks)).toEqual({ type: "note", text: tuiEn.noResults });
});

test("plain lines say in words what each row is, and draw nothing", () => {
  const options = { say: tuiEn, showThoughts: false, showResults: false };
  const rows = [question, thought, tool, { type: "answer", text: "- **a**\n- b" } as const].flatMap((block) =>
    plainRows(block, options),
  );
  expect(rows).toEqual([
    "You: when?",
    "Thought: 1.2 s",
    'Tool done: find_moments "enters", 8 events, 0.1 s',
    "Answer:",
    "- a",
    "- b",
  ]);
  expect(rows.join("")).not.toMatch(/[─│▀✓✗▸⠋•]/u);
});
