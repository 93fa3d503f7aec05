import { expect, test } from "vitest";
import { pageSpan } from "../../src/media/span.ts";
import { textsWith } from "../../src/retrieval/text-search.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";
import { mediaItem, neverAborted, textSegment } from "./colour-world.ts";

async function pagesOf(...texts: readonly string[]) {
  const store = openMemoryStore();
  const item = mediaItem("book.pdf", { kind: "document", pages: texts.length });
  await store.put(
    item,
    texts.map((text, i) => textSegment(item, text, { span: pageSpan(i + 1), source: "text" })),
  );
  const asked: string[] = [];
  const matching: typeof store.matching = (text, filter) => {
    asked.push(text);
    return store.matching(text, filter);
  };
  return { store: { ...store, matching }, asked };
}

test("each word is asked for once, and no more where all that holds it came back", async () => {
  const { store, asked } = await pagesOf("a red kite", "a red balloon", "a kite");
  const found = await textsWith(store, ["red", "kite"], {}, neverAborted);
  expect(asked).toEqual(["red", "kite"]);
  expect(found.map(({ span }) => span)).toEqual([pageSpan(1)]);
});

test("what holds all words is found behind fifty that hold one of them each", async () => {
  const reds = Array.from({ length: 60 }, () => "red");
  const kites = Array.from({ length: 60 }, () => "kite");
  const { store, asked } = await pagesOf(...reds, ...kites, "a red kite");
  const found = await textsWith(store, ["red", "kite"], {}, neverAborted);
  expect(asked).toEqual(["red", "kite", "red kite"]);
  expect(found.map(({ span }) => span)).toEqual([pageSpan(121)]);
});
