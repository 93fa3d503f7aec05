import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { App } from "../../src/app.ts";
import type { MediaId } from "../../src/media/media-item.ts";
import { timeSpan } from "../../src/media/span.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { defineTool } from "../../src/tools/tool.ts";
import type { Chat } from "../../src/tui/chat.ts";
import { runCommand } from "../../src/tui/commands.ts";
import { openHistory } from "../../src/tui/history.ts";
import { press } from "../../src/tui/press.ts";
import type { SavedSession } from "../../src/tui/sessions.ts";
import { startChat } from "../../src/tui/start.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sightline-stopping-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pixels = { width: 2, height: 2, data: new Uint8Array(12).fill(200) };
const citation = {
  handle: "e1",
  mediaId: "m" as MediaId,
  kind: "video",
  path: "/v/room.mp4",
  span: timeSpan(1000, 2500),
  check: "pixels",
} as const;
const session: SavedSession = {
  id: "s",
  title: "when?",
  messages: [],
  blocks: [
    { type: "question", text: "when?", attachments: [{ kind: "image", path: "/q/car.jpg" }] },
    { type: "citations", moments: [{ number: 1, citation }] },
  ],
  at: 0,
  questions: 1,
  mended: [],
  rows: [],
  bytes: 0,
};

/** Resolves only when it is aborted, and then a moment later, as a program that is ended. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener("abort", () => setTimeout(() => reject(signal.reason as Error), 20)),
  );
}

/** A chat with one cited moment, in which cutting a clip and reading a picture take for ever. */
async function chatAtWork() {
  const ended: string[] = [];
  const forEver = async (what: string, signal: AbortSignal) => {
    try {
      return await untilAborted(signal);
    } finally {
      ended.push(what);
    }
  };
  const exportClip = defineTool({
    name: "export_clip",
    title: "Export",
    description: "Cuts.",
    input: z.strictObject({ media: z.string(), startMs: z.number(), endMs: z.number() }),
    readOnly: false,
    execute: (_, { signal }) => forEver("clip", signal),
  });
  const app = {
    openLibrary: async () => ({
      tools: [exportClip],
      model: { name: "m", contextTokens: 1 },
      store: { list: async () => [], get: async () => ({ kind: "video" }) },
      pictures: { framesAt: async () => [{ timeMs: 0, pixels }] },
      readImage: (_: string, signal: AbortSignal) => forEver("picture", signal),
    }),
    [Symbol.asyncDispose]: async () => {
      ended.push("app");
    },
  } as unknown as App;
  const chat = startChat({ libraryFolder: folder, openApp: async () => app, say: tuiEn });
  await chat.takeUp(session);
  return { chat, ended };
}

async function begun(chat: Chat, what: string) {
  await expect.poll(() => chat.store.get().tasks.map((task) => task.what)).toEqual([what]);
}

const last = (chat: Chat) => chat.store.get().blocks.at(-1);

test("Esc stops a clip that is being saved, and it is said once it has ended", async () => {
  const { chat, ended } = await chatAtWork();
  const saving = runCommand(chat, "/clip 1");
  await begun(chat, "saving room.mp4 0:01.0–0:02.5");
  press(chat, openHistory(folder), { type: "named", name: "escape" });
  await saving;
  expect(ended).toEqual(["clip"]);
  expect(last(chat)).toEqual({ type: "note", text: tuiEn.clipStopped });
  expect(chat.store.get().tasks).toEqual([]);
  expect(chat.stop()).toBe(false);
  await chat[Symbol.asyncDispose]();
});

test("who leaves while a clip is being saved waits until it has been stopped, and only then closes what it read", async () => {
  const { chat, ended } = await chatAtWork();
  void runCommand(chat, "/clip 1");
  await begun(chat, "saving room.mp4 0:01.0–0:02.5");
  await chat[Symbol.asyncDispose]();
  expect(ended).toEqual(["clip", "app"]);
});

test("an export that is stopped leaves neither the page nor its pictures behind", async () => {
  const { chat } = await chatAtWork();
  const target = path.join(folder, "talk.md");
  // The cited moment's picture is written first; the one that was asked by never comes.
  chat.store.change({ blocks: [...chat.store.get().blocks, ...session.blocks.toReversed()] });
  chat.store.change({ since: session.blocks.length + 1 });
  const exporting = runCommand(chat, `/export ${target}`);
  await expect.poll(() => readdir(folder)).toContain("talk-pictures");
  expect(chat.stop()).toBe(true);
  await exporting;
  expect(last(chat)).toEqual({ type: "note", text: tuiEn.exportStopped });
  expect(await readdir(folder)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^talk/)]));
  await chat[Symbol.asyncDispose]();
});
