import { render } from "ink-testing-library";
import { afterEach, expect, test } from "vitest";
import type { MediaId } from "../../src/media/media-item.ts";
import { pageSpan, timeSpan } from "../../src/media/span.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { type ChatState, openStore } from "../../src/tui/chat-state.ts";
import { suggest } from "../../src/tui/complete.ts";
import { editorOf } from "../../src/tui/editor.ts";
import type { Paint } from "../../src/tui/paint.ts";
import { Screen } from "../../src/tui/screen.tsx";
import { type Block, emptyRun, type ToolCard } from "../../src/tui/view.ts";

const plain: Paint = { colour: "none", links: false };
const mounted: { unmount(): void }[] = [];
afterEach(() => {
  for (const one of mounted.splice(0)) one.unmount();
});

/** The rows that a chat in this state draws, the finished blocks first. */
function rowsOf(state: Partial<ChatState>, paint = plain): readonly string[] {
  const store = openStore();
  store.change({ model: { name: "scripted", contextTokens: 1000 }, index: "4 files", ...state });
  const screen = render(<Screen store={store} say={tuiEn} paint={paint} />);
  mounted.push(screen);
  return screen.lastFrame()?.split("\n") ?? [];
}

const card = (over: Partial<ToolCard> = {}): ToolCard => ({
  callId: "c",
  name: "look",
  input: { question: "a red car" },
  startedAt: performance.now(),
  ...over,
});
const failure = {
  code: "unavailable",
  message: "No eyes.",
  remedy: "Bring some: sightline models pull",
} as const;

test("a tool at work shows what it is asked, how far it is and since when; a stopping one says so", () => {
  const progress = { message: "frame", done: 3, total: 8 };
  const run = { ...emptyRun, tools: [card({ progress })] };
  expect(rowsOf({ run }).join("\n")).toMatch(
    /^. look "a red car" 3\/8 · frame · 0 s\n. working.*esc to stop\n> /,
  );
  expect(rowsOf({ run, stopping: true }).join("\n")).toMatch(/stopping/);
  expect(rowsOf({ run, stopping: true }).join("\n")).not.toContain("esc to stop");
});

test("a tool that is done is one row with its result and its time; one that failed has its remedy below", () => {
  const blocks: Block[] = [
    { type: "tool-done", card: card(), summary: "2 moments\nmore", ms: 1234 },
    { type: "tool-failed", card: card(), failure, ms: 12 },
    { type: "tool-stopped", card: card() },
  ];
  const rows = rowsOf({ blocks });
  expect(rows.slice(0, 4)).toEqual([
    '✓ look "a red car" · 2 moments · 1.2 s',
    '✗ look "a red car" · No eyes. · 0.0 s',
    "    → Bring some: sightline models pull",
    '· look "a red car" · stopped',
  ]);
});

test("what a tool found is drawn in full when it is asked for", () => {
  const blocks: Block[] = [{ type: "tool-done", card: card(), summary: "2 moments\nmore", ms: 10 }];
  expect(rowsOf({ blocks }).join("\n")).not.toContain("more");
  const rows = rowsOf({ blocks, showResults: true });
  expect(rows).toContain("    question: a red car");
  expect(rows).toContain("    more");
});

test("a thought is one row with time and tokens, or the row and the thought", () => {
  const blocks: Block[] = [{ type: "thought", text: "It asks\nfor a car.", ms: 4100, tokens: 212 }];
  expect(rowsOf({ blocks })[0]).toBe("▸ thought 4.1 s · 212 tok");
  expect(rowsOf({ blocks }).join("\n")).not.toContain("It asks");
  expect(rowsOf({ blocks, showThoughts: true }).slice(0, 3)).toEqual([
    "▸ thought 4.1 s · 212 tok",
    "  It asks",
    "  for a car.",
  ]);
});

test("a citation shows number, file, place, verdict and quote", () => {
  const shared = { handle: "e1", mediaId: "m" as MediaId };
  const moments = [
    {
      number: 1,
      citation: {
        ...shared,
        kind: "video",
        path: "/v/car.mp4",
        span: timeSpan(15_000, 18_600),
        check: "pixels",
      },
    },
    {
      number: 2,
      citation: {
        ...shared,
        kind: "document",
        path: "/d/bill.pdf",
        span: pageSpan(3),
        check: "failed",
        quote: "240 euros",
      },
    },
  ] as const;
  expect(rowsOf({ blocks: [{ type: "citations", moments }] }).slice(0, 5)).toEqual([
    "  [1] car.mp4  0:15.0–0:18.6",
    "  ✓ checked in the picture   /open 1",
    "  [2] bill.pdf  p. 3",
    "  ✗ could not be confirmed   /open 2",
    "  “240 euros”",
  ]);
});

test("suggestions stand between the prompt and the status, the chosen one marked", () => {
  const editor = editorOf("/th");
  const popup = suggest(editor, [], tuiEn);
  const rows = rowsOf({ editor, ...(popup ? { popup } : {}) });
  expect(rows[0]).toBe("> /th");
  expect(rows[1]).toMatch(/^› \/think {2}let the model think/);
  expect(rows.at(-1)).toContain("scripted · 4 files");
});

test("without colours not one escape is drawn; with them the thumbnail's are 24-bit", () => {
  const thumbnail = { width: 2, height: 2, data: new Uint8Array([255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]) };
  const citation = {
    handle: "e1",
    mediaId: "m" as MediaId,
    kind: "image",
    path: "/p/a.png",
    span: { kind: "whole" },
    check: "pixels",
  } as const;
  const blocks: Block[] = [
    { type: "answer", text: "**Bold** and `code`, see [here](https://a.example/)" },
    { type: "citations", moments: [{ number: 1, citation, thumbnail }] },
    { type: "failure", failure },
  ];
  const frame = rowsOf({ blocks, run: { ...emptyRun, tools: [card()] } }).join("\n");
  expect(frame).not.toContain("\u001b");
  expect(frame).not.toContain("▀");
  expect(frame).toContain("Bold and code, see here (https://a.example/)");
});

test("control sequences of file names, tools, models and media are drawn by no part of the screen", () => {
  const evil = "a\u001b[2J\u001b]0;owned\u0007\u009b31mb";
  const citation = {
    handle: "e1",
    mediaId: "m" as MediaId,
    kind: "document",
    path: `/d/${evil}.md`,
    span: pageSpan(1),
    check: "text",
    quote: evil,
  } as const;
  const blocks: Block[] = [
    { type: "greeting", text: evil },
    { type: "question", text: evil, attachments: [{ kind: "image", path: `/p/${evil}.png` }] },
    { type: "thought", text: evil, ms: 1, tokens: 1 },
    { type: "tool-done", card: card({ name: evil, input: { text: evil } }), summary: evil, ms: 1 },
    {
      type: "tool-failed",
      card: card({ name: evil }),
      failure: { ...failure, message: evil, remedy: evil },
      ms: 1,
    },
    { type: "answer", text: `${evil} [x](https://a.example/${evil})\n\n\`\`\`\n${evil}\n\`\`\`` },
    { type: "citations", moments: [{ number: 1, citation }] },
    { type: "warning", text: evil },
    { type: "failure", failure: { ...failure, message: evil, remedy: evil } },
    { type: "note", text: evil },
  ];
  const progress = { message: evil, done: 1, total: 2 };
  const run = { ...emptyRun, live: evil, text: evil, tools: [card({ name: evil, progress })] };
  const state = {
    blocks,
    run,
    showThoughts: true,
    showResults: true,
    index: evil,
    editor: editorOf(evil),
    search: evil,
  };
  const frame = rowsOf(state, { colour: "none", links: true }).join("\n");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the links' own sequences
  const drawn = frame.replace(/\u001b\]8;;[!-~]*\u0007/g, "");
  const left = [...drawn].filter((letter) => letter !== "\n" && /\p{Cc}/u.test(letter));
  expect(left).toEqual([]);
  expect(frame).not.toContain("owned\u0007");
});
