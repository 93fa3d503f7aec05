import { expect, test } from "vitest";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { tuiZh } from "../../src/messages/tui-zh.ts";
import { blockRows } from "../../src/tui/block-rows.ts";
import { type ChatState, firstState, openStore } from "../../src/tui/chat-state.ts";
import { suggest } from "../../src/tui/complete.ts";
import { editorOf } from "../../src/tui/editor.ts";
import { columnsOfLine, textOfLine } from "../../src/tui/line.ts";
import { liveRows } from "../../src/tui/live-rows.ts";
import { greet } from "../../src/tui/start.ts";
import { emptyRun } from "../../src/tui/view.ts";

const longRun = {
  ...emptyRun,
  live: "红色的车 passes 👍🏽 and ".repeat(16),
  text: "x",
  tools: [1, 2, 3].map((at) => ({
    callId: String(at),
    name: "look",
    input: { question: `is there a car in 第${at}个 picture?` },
    startedAt: 0,
    progress: { message: "frame", done: at, total: 8 },
  })),
};
const question = { text: "next?", attachments: [] };

const states: Readonly<Record<string, Partial<ChatState>>> = {
  empty: {},
  "a run": { run: longRun },
  "commands at work": {
    run: longRun,
    takingUp: true,
    tasks: ["saving room.mp4 0:01.0–0:02.5", "正在保存很长很长的文件名.mp4 0:01.0–0:02.5"].map((what) => ({
      what,
      since: 0,
      isStopping: false,
    })),
  },
  "a run that stops": { run: longRun, stopping: true },
  "many lines": { editor: editorOf("one\ntwo 两\n".repeat(30)) },
  "many lines, the cursor at the start": { editor: { ...editorOf("one\ntwo 两\n".repeat(30)), at: 0 } },
  "one long line": { editor: editorOf("红车👍🏽".repeat(80)) },
  suggestions: { editor: editorOf("/"), popup: suggest(editorOf("/"), [], tuiEn) },
  "all at once": {
    run: longRun,
    editor: editorOf("one\ntwo\n".repeat(30)),
    popup: suggest(editorOf("/"), [], tuiEn),
    queue: [question, question],
    model: { name: "a model with a long name 模型".repeat(3), contextTokens: 100 },
    usage: { promptTokens: 50, tokensPerSecond: 38 },
    index: "412 files",
    thinking: "on",
  },
  searching: { search: "红", editor: editorOf("红车".repeat(40)) },
};

test.each(Object.entries(states))("%s: within every size, the cursor in it", (_, state) => {
  for (const columns of [12, 20, 40, 80, 160])
    for (const height of [2, 3, 4, 5, 6, 8, 10, 12, 40])
      for (const say of [tuiEn, tuiZh]) {
        const { rows, cursor } = liveRows({ ...firstState, ...state }, { columns, height, say, now: 2000 });
        const drawn = rows.map(textOfLine).join("\n");
        const size = `${columns}×${height}:\n${drawn}`;
        expect(rows.length, size).toBeLessThanOrEqual(height);
        for (const row of rows) expect(columnsOfLine(row), size).toBeLessThanOrEqual(columns);
        expect(cursor.y, size).toBeGreaterThanOrEqual(0);
        expect(cursor.y, size).toBeLessThan(rows.length);
        expect(cursor.x, size).toBeLessThan(columns);
      }
});

test("the status drops its parts, the least first, as the window narrows", () => {
  const state: ChatState = {
    ...firstState,
    model: { name: "qwen3-vl-4b", contextTokens: 1000 },
    usage: { promptTokens: 410, tokensPerSecond: 38 },
    index: "412 files",
    thinking: "on",
    queue: [question],
  };
  const statusAt = (columns: number) => {
    const { rows } = liveRows(state, { columns, height: 8, say: tuiEn, now: 0 });
    return textOfLine(rows.at(-1) ?? []).split(" · ");
  };
  expect(statusAt(160)).toEqual([
    "qwen3-vl-4b",
    "thinking on",
    "38 tok/s",
    "context 41 %",
    "412 files",
    "1 waiting",
    "? help",
  ]);
  const seen = [100, 70, 60, 50, 40, 30, 20].map(statusAt);
  for (const [at, parts] of seen.entries())
    expect(parts.length).toBeLessThanOrEqual(seen[at - 1]?.length ?? 9);
  expect(statusAt(66)).not.toContain("? help");
  expect(statusAt(40)).toContain("412 files");
  expect(statusAt(12)).toEqual(["1 waiting"]);
});

test("no row of a block is wider than the window, in any language, at any width", () => {
  const wide = "红色的车进入画面 👨‍👩‍👧 and leaves-without-a-trace-of-anything-at-all ".repeat(4);
  const failure = { code: "unavailable", message: wide, remedy: wide } as const;
  const card = { callId: "c", name: "find_moments", input: { query: wide }, startedAt: 0 };
  const blocks = [
    { type: "note", text: `/think on|off|auto      ${wide}` },
    { type: "question", text: wide, attachments: [] },
    { type: "tool-done", card, summary: wide, ms: 100 },
    { type: "tool-failed", card, failure, ms: 100 },
    { type: "answer", text: `${wide}\n\n- ${wide}\n\n> ${wide}\n\n\`\`\`\n${wide}\n\`\`\`` },
    { type: "failure", failure },
  ] as const;
  for (const columns of [20, 40, 80, 160])
    for (const block of blocks)
      for (const row of blockRows(block, {
        columns,
        say: tuiEn,
        pictures: false,
        showThoughts: true,
        showResults: true,
      }))
        expect(columnsOfLine(row), `${block.type} at ${columns}: ${textOfLine(row)}`).toBeLessThanOrEqual(
          columns,
        );
});

test.each([
  [
    "an empty library",
    0,
    "built-in, no language model",
    ["Nothing is indexed yet", "/index --demo", "/index ~/Videos"],
  ],
  ["no language model", 3, "built-in, no language model", ["3 files", "sightline models pull"]],
  ["a language model", 1, "qwen3-vl-4b", ["1 file · qwen3-vl-4b"]],
])("the greeting with %s says what one can do", async (_, files, name, said) => {
  const store = openStore();
  const chat = {
    store,
    say: tuiEn,
    app: async () => ({ state: async () => ({ roots: [], failures: [], counts: { items: files } }) }),
    library: async () => ({ model: { name } }),
    models: { list: async () => (name.startsWith("built-in") ? [{}] : [{}, {}]) },
  };
  await greet(chat as unknown as Parameters<typeof greet>[0]);
  const [greeting] = store.get().blocks;
  for (const part of said)
    expect(greeting).toMatchObject({ type: "greeting", text: expect.stringContaining(part) });
  if (name === "qwen3-vl-4b") expect(greeting).not.toMatchObject({ text: expect.stringContaining("pull") });
});
