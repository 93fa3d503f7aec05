import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCaptions } from "../../src/captions.ts";
import type { ChatChunk, ChatModel, ChatRequest } from "../../src/chat/chat-model.ts";
import { describePicture } from "../../src/chat/describe-picture.ts";
import type { MediaId } from "../../src/media/media-item.ts";
import { wholeSpan } from "../../src/media/span.ts";
import { savePicture } from "../../src/tools/save-picture.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";
import { openPaintedPictures } from "../fakes/picture-reader.ts";

let scratchFolder: string;
beforeEach(async () => {
  scratchFolder = await mkdtemp(path.join(os.tmpdir(), "sightline-eyes-"));
});
afterEach(() => rm(scratchFolder, { recursive: true, force: true }));

/** Looks at the file that it is shown, and names its size and its red. */
function lookingModel(accepts: ReadonlySet<"text" | "image">, say?: readonly ChatChunk[]) {
  const requests: ChatRequest[] = [];
  const model: ChatModel = {
    name: "looker",
    runsOn: "a test",
    contextTokens: 1000,
    accepts,
    async *stream(request) {
      requests.push(request);
      request.signal.throwIfAborted();
      const [message] = request.messages;
      const [file = ""] = message?.role === "user" ? (message.imagePaths ?? []) : [];
      const { info, data } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
      yield* say ?? [
        { type: "thinking", text: "What is it?" },
        { type: "text", text: `A picture of ${info.width} by ${info.height}, ` },
        { type: "text", text: `${(data[0] ?? 0) > 200 ? "red" : "dark"}. And more.` },
        { type: "usage", promptTokens: 1, completionTokens: 1 },
      ];
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { model, requests };
}

const red = {
  width: 40,
  height: 24,
  data: new Uint8Array(40 * 24 * 3).map((_, n) => (n % 3 === 0 ? 250 : 5)),
};
const signal = () => new AbortController().signal;

test("the eyes are shown the very picture, without tools and thoughts, and one sentence of them is kept", async () => {
  const { model, requests } = lookingModel(new Set(["text", "image"]));
  const eyes = { model, language: "en", scratchFolder, savePicture } as const;
  expect(await describePicture(eyes, red, signal())).toBe("A picture of 40 by 24, red.");
  expect(requests[0]).toMatchObject({ tools: [], thinking: "off" });
  expect(await readdir(scratchFolder)).toEqual([]);
});

test("they are asked in the language of the locale", async () => {
  const { model, requests } = lookingModel(new Set(["text", "image"]));
  await describePicture({ model, language: "zh", scratchFolder, savePicture }, red, signal());
  expect(requests[0]?.messages[0]).toMatchObject({ text: expect.stringContaining("一句话") });
});

test("an abort ends the look, and leaves no picture behind", async () => {
  const { model } = lookingModel(new Set(["text", "image"]));
  const eyes = { model, language: "en", scratchFolder, savePicture } as const;
  await expect(describePicture(eyes, red, AbortSignal.abort())).rejects.toThrow(/abort/i);
  expect(await readdir(scratchFolder)).toEqual([]);
});

test("a library is captioned by a model that sees; one that does not is refused with what to do", async () => {
  await using store = openMemoryStore();
  const id = "p" as MediaId;
  await store.put({ id, kind: "image", path: "/p.jpg", bytes: 1, modifiedAt: 1 }, []);
  const parts = {
    store,
    pictures: openPaintedPictures(() => red),
    libraryDirectory: scratchFolder,
    savePicture,
  };
  const { model } = lookingModel(new Set(["text", "image"]));
  const events = [];
  for await (const event of openCaptions(model, parts)({ roots: [] }, signal())) events.push(event);
  expect(events.at(-1)).toMatchObject({ type: "caption-end", written: 1 });
  expect(await store.segments(id)).toEqual([
    { mediaId: id, span: wholeSpan, source: "caption", text: "A picture of 40 by 24, red." },
  ]);
  const { model: blind } = lookingModel(new Set(["text"]));
  expect(() => openCaptions(blind, parts)).toThrow(/needs? a model that sees/);
});
