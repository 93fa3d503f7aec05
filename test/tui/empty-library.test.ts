import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { App } from "../../src/app.ts";
import { Failure } from "../../src/media/failure.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { startChat } from "../../src/tui/start.ts";

/** What is on the screen after a question to a library that cannot be opened. */
async function askUnopened(state: object, isIndexing = false) {
  const libraryFolder = await mkdtemp(path.join(tmpdir(), "sightline-empty-"));
  const app = {
    state: async () => state,
    openLibrary: async () => {
      throw new Failure({ code: "not-found", message: "Nothing here.", remedy: "Use a shell." });
    },
    [Symbol.asyncDispose]: async () => {},
  } as unknown as App;
  const chat = startChat({ libraryFolder, openApp: async () => app, say: tuiEn });
  if (isIndexing) chat.store.change({ indexing: { fraction: 0.2, done: 0, total: 3 } });
  chat.ask({ text: "when does a car pass?", attachments: [] });
  await expect.poll(() => chat.store.get().blocks.length).toBe(2);
  await chat[Symbol.asyncDispose]();
  await rm(libraryFolder, { recursive: true, force: true });
  return chat.store.get().blocks[1];
}

test("a question to an empty library is answered with what one can do in the chat", async () => {
  const block = await askUnopened({ roots: [], failures: [], counts: undefined });
  expect(block).toEqual({ type: "greeting", text: tuiEn.greetingEmpty });
});

test("while the first files are being indexed, a question is asked to wait for them", async () => {
  const block = await askUnopened({ roots: ["/media"], failures: [], counts: undefined }, true);
  expect(block).toEqual({ type: "note", text: tuiEn.nothingIndexedSoFar });
});

test("any other failure is told as it is", async () => {
  const block = await askUnopened({ roots: ["/media"], failures: [], counts: { items: 3 } });
  expect(block).toMatchObject({ type: "failure", failure: { message: "Nothing here." } });
});
