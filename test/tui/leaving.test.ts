import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "../../src/app.ts";
import { Failure } from "../../src/media/failure.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { runCommand } from "../../src/tui/commands.ts";
import { greet, startChat } from "../../src/tui/start.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sightline-leaving-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An app that counts how often it is opened and closed; `index` works until it is stopped. */
function countingApp() {
  const count = { opened: 0, closed: 0, libraries: 0 };
  const app = {
    state: async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { roots: [], failures: [], counts: { items: 4, segments: 9, vectors: 9 } };
    },
    index: async function* (_: unknown, signal: AbortSignal) {
      yield { type: "index-progress", done: 1, total: 2, fraction: 0 };
      await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    },
    openLibrary: async () => {
      count.libraries += 1;
      return { model: { name: "m", contextTokens: 1 }, store: { list: async () => [] } };
    },
    [Symbol.asyncDispose]: async () => {
      count.closed += 1;
    },
  } as unknown as App;
  const openApp = async () => {
    count.opened += 1;
    return app;
  };
  return { count, chat: startChat({ libraryFolder: folder, openApp, say: tuiEn }) };
}

test("who leaves while the library is being opened leaves nothing open behind", async () => {
  const { count, chat } = countingApp();
  void greet(chat);
  await chat[Symbol.asyncDispose]();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(count).toEqual({ opened: 1, closed: 1, libraries: 0 });
});

test("who leaves while files are being indexed stops that, and nothing is opened anew", async () => {
  const { count, chat } = countingApp();
  await runCommand(chat, `/index ${folder}`);
  while (chat.store.get().indexing === undefined) await new Promise((resolve) => setImmediate(resolve));
  await chat[Symbol.asyncDispose]();
  expect(count).toEqual({ opened: 1, closed: 1, libraries: 0 });
});

test("the demo library can be stopped while it is rendered, and begun again", async () => {
  const { chat } = countingApp();
  const first = runCommand(chat, "/index --demo");
  while (chat.store.get().indexing === undefined) await new Promise((resolve) => setImmediate(resolve));
  await runCommand(chat, "/index --demo");
  expect(chat.store.get().blocks.at(-1)).toEqual({ type: "note", text: tuiEn.renderingDemo });
  await runCommand(chat, "/index --stop");
  await first;
  expect(chat.store.get().blocks.at(-1)).toEqual({ type: "note", text: tuiEn.indexStopped });
  expect(chat.store.get().indexing).toBeUndefined();
  const second = runCommand(chat, "/index --demo");
  while (chat.store.get().indexing === undefined) await new Promise((resolve) => setImmediate(resolve));
  await runCommand(chat, "/index --stop");
  await second;
  expect(chat.store.get().blocks.filter(({ type }) => type === "failure")).toEqual([]);
  await chat[Symbol.asyncDispose]();
});

test("a model that cannot be opened leaves the one before at work, and nothing of itself open", async () => {
  const { count, chat } = countingApp();
  await chat.library();
  let closed = 0;
  const broken = {
    openLibrary: async () => {
      throw new Failure({ code: "unavailable", message: "no model", remedy: "none" });
    },
    [Symbol.asyncDispose]: async () => {
      closed += 1;
    },
  } as unknown as App;
  await expect(chat.switchTo(async () => broken)).rejects.toThrow("no model");
  expect(closed).toBe(1);
  await chat.library();
  expect(count).toEqual({ opened: 2, closed: 1, libraries: 2 });
  await chat[Symbol.asyncDispose]();
  expect(count.closed).toBe(2);
});
