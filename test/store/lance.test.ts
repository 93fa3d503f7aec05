import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { wholeSpan } from "../../src/media/span.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import { axis, contractDimensions, itemNamed } from "../contracts/store-items.ts";

const space = { space: "test", dimensions: contractDimensions };
let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), "sightline-lance-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function putWords(store: MediaStore, name: string, ...texts: readonly string[]): Promise<void> {
  const item = itemNamed(name);
  const segments = texts.map(
    (text) => ({ mediaId: item.id, span: wholeSpan, source: "text", text }) as const,
  );
  await store.put(
    item,
    segments.map((segment) => ({ ...segment, vector: axis(0) })),
  );
}

test("what was put is there when the store is opened again", async () => {
  {
    await using store = await openLanceStore(directory, space);
    await putWords(store, "a", "hello");
  }
  await using store = await openLanceStore(directory, space);
  expect((await store.matching("hello", {})).length).toBe(1);
});

test("another open store sees a commit at once", async () => {
  await using writer = await openLanceStore(directory, space);
  await using reader = await openLanceStore(directory, space);
  expect(await reader.matching("hello", {})).toEqual([]);
  await putWords(writer, "a", "hello");
  expect((await reader.matching("hello", {})).length).toBe(1);
  await writer.remove(itemNamed("a").id);
  expect(await reader.counts()).toEqual({ items: 0, segments: 0, vectors: 0 });
});

test("vectors of two spaces never meet", async () => {
  await using one = await openLanceStore(directory, space);
  await using other = await openLanceStore(directory, { space: "other", dimensions: 4 });
  await putWords(one, "a", "hello");
  expect(await other.counts()).toEqual({ items: 0, segments: 0, vectors: 0 });
  expect(await other.nearest(new Float32Array([1, 0, 0, 0]), {})).toEqual([]);
});

test("several that open a new library at the same moment all can", async () => {
  const stores = await Promise.all([1, 2, 3].map(() => openLanceStore(directory, space)));
  const [first] = stores;
  if (first) await putWords(first, "a", "hello");
  for (const store of stores) {
    expect((await store.matching("hello", {})).length).toBe(1);
    await store[Symbol.asyncDispose]();
  }
});

test("an index of a newer format is refused with a remedy, and left as it is", async () => {
  const file = path.join(directory, "store.json");
  const content = JSON.stringify({ schemaVersion: 99, spaces: {}, news: true });
  await writeFile(file, content);
  const refused = await openLanceStore(directory, space).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    name: "Failure",
    code: "unsupported",
    remedy: expect.stringMatching(/npm install|--library/),
  });
  expect(await readFile(file, "utf8")).toBe(content);
});

test("a damaged description or another size of vector is named as damage with a remedy", async () => {
  for (const content of ["{", "[]", '{"schemaVersion":1}']) {
    await writeFile(path.join(directory, "store.json"), content);
    const refused = await openLanceStore(directory, space).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      name: "Failure",
      code: "corrupt",
      remedy: expect.stringContaining(directory),
    });
  }
  await rm(path.join(directory, "store.json"));
  await (await openLanceStore(directory, space))[Symbol.asyncDispose]();
  await expect(openLanceStore(directory, { ...space, dimensions: 9 })).rejects.toMatchObject({
    code: "corrupt",
  });
});

test("lost, cut and overwritten data files are named as damage with a remedy", async () => {
  for (const harm of ["lost", "cut", "overwritten"]) {
    const folder = path.join(directory, harm);
    const store = await openLanceStore(folder, space);
    await putWords(store, "a", "hello world");
    await store[Symbol.asyncDispose]();
    const files = await readdir(folder, { recursive: true });
    const data = files.filter((file) => /data[\\/][^\\/]+\.lance$/.test(file));
    expect(data.length).toBeGreaterThan(0);
    for (const file of data) {
      const place = path.join(folder, file);
      if (harm === "lost") await rm(place);
      if (harm === "cut") await truncate(place, 20);
      if (harm === "overwritten") await writeFile(place, Buffer.alloc(4_000, 7));
    }
    const read = async () => {
      await using damaged = await openLanceStore(folder, space);
      return await damaged.list({});
    };
    const refused = await read().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      name: "Failure",
      code: "corrupt",
      remedy: expect.stringContaining("index"),
    });
  }
});

test("many small commits are compacted, and searches go on meanwhile", { timeout: 60_000 }, async () => {
  await using store = await openLanceStore(directory, space);
  await using reader = await openLanceStore(directory, space);
  for (let index = 0; index < 60; index++) await putWords(store, `n${index}`, `hello ${index}`);
  const dataFiles = async () =>
    (await readdir(directory, { recursive: true })).filter((file) => /data\/[^/]+\.lance$/.test(file)).length;
  expect(await dataFiles()).toBeGreaterThanOrEqual(60);
  let searches = 0;
  const done = new AbortController();
  const search = async () => {
    while (!done.signal.aborted) {
      expect((await reader.matching("hello", { limit: 100 })).length).toBe(60);
      expect((await reader.nearest(axis(0), { limit: 100 })).length).toBe(60);
      searches += 1;
    }
  };
  const searching = search();
  for (let round = 0; round < 12; round++) {
    await store.optimize();
    await putWords(store, "n0", `hello again ${round}`);
  }
  await store.optimize();
  done.abort();
  await searching;
  expect(searches).toBeGreaterThan(0);
  expect(await dataFiles()).toBeLessThanOrEqual(3);
  expect(await store.counts()).toEqual({ items: 60, segments: 60, vectors: 60 });
});

test("from ten thousand vectors on an index is built, with the same hits", { timeout: 60_000 }, async () => {
  const wide = { space: "wide", dimensions: 32 };
  await using store = await openLanceStore(directory, wide);
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const scenes = Array.from({ length: 150 }, () => Float32Array.from({ length: 32 }, random));
  const vector = () => {
    const scene = scenes[Math.floor((random() + 0.5) * scenes.length)] ?? axis(0);
    return scene.map((value) => value + 0.3 * random());
  };
  const items = Array.from({ length: 20 }, (_, index) => itemNamed(`v${index}`));
  const replacements = items.map((item) => ({
    item,
    segments: Array.from({ length: 600 }, (_, index) => ({
      mediaId: item.id,
      span: { kind: "page", page: index + 1 } as const,
      source: "frame" as const,
      ...(index % 6 === 0 ? {} : { vector: vector() }),
    })),
  }));
  await store.putAll(replacements);
  const queries = Array.from({ length: 10 }, vector);
  const find = async (filter: Parameters<MediaStore["nearest"]>[1]) =>
    (await Promise.all(queries.map((query) => store.nearest(query, filter)))).flatMap((hits) =>
      hits.map(({ item, segment }) => `${item.id} ${JSON.stringify(segment.span)}`),
    );
  const exact = await find({ limit: 10 });
  const narrow = await find({ limit: 10, mediaIds: [itemNamed("v3").id] });
  const indexFiles = async () =>
    (await readdir(directory, { recursive: true })).filter((file) => file.includes("_indices")).length;
  const before = await indexFiles();
  await store.optimize();
  expect(await indexFiles()).toBeGreaterThan(before);
  const found = new Set(await find({ limit: 10 }));
  const recall = exact.filter((hit) => found.has(hit)).length / exact.length;
  expect(recall).toBeGreaterThanOrEqual(0.95);
  expect(await find({ limit: 10, mediaIds: [itemNamed("v3").id] })).toEqual(narrow);
  const late = itemNamed("late");
  const query = vector();
  await store.put(late, [{ mediaId: late.id, span: wholeSpan, source: "frame", vector: query }]);
  expect((await store.nearest(query, { limit: 1 }))[0]?.item.id).toBe(late.id);
});
