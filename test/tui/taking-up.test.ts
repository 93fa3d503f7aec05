import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "../../src/app.ts";
import { Failure } from "../../src/media/failure.ts";
import type { MediaId } from "../../src/media/media-item.ts";
import type { Pixels } from "../../src/media/pixels.ts";
import { timeSpan } from "../../src/media/span.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import type { SavedSession } from "../../src/tui/sessions.ts";
import { startChat } from "../../src/tui/start.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sightline-taking-up-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pixels = { width: 2, height: 2, data: new Uint8Array(12).fill(200) };

const moment = (number: number) => ({
  number,
  citation: {
    handle: `e${number}`,
    mediaId: `m${number}` as MediaId,
    kind: "video",
    path: `/v/${number}.mp4`,
    span: timeSpan(number * 1000, number * 1000 + 500),
    check: "pixels",
  } as const,
});

const session = (moments: number): SavedSession => ({
  id: "s",
  title: "when?",
  messages: [],
  blocks: [
    { type: "question", text: "when?", attachments: [] },
    ...Array.from({ length: Math.ceil(moments / 10) }, (_, answer) => ({
      type: "citations" as const,
      moments: Array.from({ length: Math.min(10, moments) }, (_, at) => moment(answer * 10 + at + 1)),
    })),
  ],
  at: 0,
  questions: 1,
  mended: [],
  rows: [],
  bytes: 0,
});

function chatThatReads(framesAt: (item: { readonly id: string }) => Promise<readonly { pixels: Pixels }[]>) {
  const scopes: unknown[] = [];
  const app = {
    openLibrary: async (scope: unknown) => {
      scopes.push(scope);
      if (scopes.length > 1) throw new Failure({ code: "not-found", message: "Nothing.", remedy: "None." });
      return { store: { get: async (id: string) => ({ id, kind: "video" }) }, pictures: { framesAt } };
    },
    state: async () => ({ roots: [], failures: [], counts: { items: 3 } }),
    [Symbol.asyncDispose]: async () => {},
  } as unknown as App;
  const chat = startChat({
    libraryFolder: folder,
    openApp: async () => app,
    say: tuiEn,
    shows: { links: false, pictures: true },
  });
  const withPicture = () =>
    chat.store
      .get()
      .blocks.flatMap((block) => (block.type === "citations" ? block.moments : []))
      .flatMap(({ number, thumbnail }) => (thumbnail ? [number] : []));
  return { chat, scopes, withPicture };
}

test("the cards of a conversation that is gone on with have their pictures, read without a language model", async () => {
  const { chat, scopes, withPicture } = chatThatReads(async ({ id }) => (id === "m2" ? [] : [{ pixels }]));
  await chat.takeUp(session(3));
  expect(withPicture()).toEqual([1, 3]);
  expect(scopes).toEqual([{ searchOnly: true }]);
  await chat[Symbol.asyncDispose]();
});

test("of many cards the first of each answer get pictures, and of many answers the newest", async () => {
  const { chat, withPicture } = chatThatReads(async () => [{ pixels }]);
  await chat.takeUp(session(50));
  const firstOf = (answer: number) => [1, 2, 3, 4, 5, 6].map((at) => answer * 10 + at);
  expect(withPicture()).toEqual([1, 2, 3, 4].flatMap(firstOf));
  await chat[Symbol.asyncDispose]();
});

test("a picture that does not come holds nothing up: Esc shows what there is, and a question waits until it stands there", async () => {
  const { chat, withPicture } = chatThatReads(({ id }) =>
    id === "m1" ? new Promise(() => {}) : Promise.resolve([{ pixels }]),
  );
  const taken = chat.takeUp(session(2));
  expect(chat.store.get().takingUp).toBe(true);
  chat.ask({ text: "and then?", attachments: [] });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(chat.store.get().blocks).toEqual([]);
  expect(chat.stop()).toBe(true);
  await taken;
  expect(withPicture()).toEqual([2]);
  await expect
    .poll(() =>
      chat.store
        .get()
        .blocks.map(({ type }) => type)
        .slice(0, 4),
    )
    .toEqual(["question", "citations", "note", "question"]);
  expect(chat.store.get().takingUp).toBe(false);
});
