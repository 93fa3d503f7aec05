import { expect, test } from "vitest";
import type { Encoder } from "../../src/encoder/encoder.ts";
import { timeSpan, wholeSpan } from "../../src/media/span.ts";
import { openSearch } from "../../src/retrieval/search.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";
import { openPaintedPictures } from "../fakes/picture-reader.ts";
import { mediaItem, neverAborted, openColourEncoder, striped } from "./colour-world.ts";

const pond = mediaItem("pond.jpg", { kind: "image" });
const meadow = mediaItem("meadow.jpg", { kind: "image" });
const walk = mediaItem("walk.mp4", { durationMs: 4000 });

async function search(text: string, over: Partial<Encoder>) {
  const encoder: Encoder = { ...openColourEncoder(), ...over };
  const store = openMemoryStore({ space: encoder.space });
  const look = async (...paints: Parameters<typeof striped>[0]) => {
    const [vector] = await encoder.encode([{ kind: "image", pixels: striped(paints) }], neverAborted);
    return vector!;
  };
  await store.put(pond, [
    { mediaId: pond.id, span: wholeSpan, source: "frame", vector: await look("green", "blue") },
  ]);
  await store.put(meadow, [
    { mediaId: meadow.id, span: wholeSpan, source: "frame", vector: await look("green") },
  ]);
  await store.put(walk, [
    { mediaId: walk.id, span: timeSpan(0, 2000), source: "frame", vector: await look("green") },
    { mediaId: walk.id, span: timeSpan(2000, 4000), source: "frame", vector: await look("green", "blue") },
  ]);
  const pictures = openPaintedPictures(() => striped(["grey"]));
  const found = await openSearch({ store, encoder, pictures }).search(
    { text, filter: {}, limit: 10 },
    neverAborted,
  );
  return found.moments.map(({ item, span }) => [item.path.split("/").at(-1), span]);
}

test("where words are only added up, what is like one of them alone is not found for both", async () => {
  const found = await search("green blue", { addsWords: true });
  expect(found).toContainEqual(["pond.jpg", wholeSpan]);
  expect(found.map(([name]) => name)).not.toContain("meadow.jpg");
});

test("an encoder that understands words together is left to judge them together", async () => {
  expect((await search("green blue", {})).map(([name]) => name)).toContain("meadow.jpg");
});

test("one word needs no second look", async () => {
  expect((await search("green", { addsWords: true })).map(([name]) => name)).toContain("meadow.jpg");
});
