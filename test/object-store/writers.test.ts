import { afterAll, beforeAll, expect, test } from "vitest";
import { openLanceStore } from "../../src/store/lance.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import { contractDimensions, itemNamed, numberedSegments } from "../contracts/store-items.ts";
import { type ObjectStoreOptions, openObjectStoreServer } from "../fakes/object-store-server.ts";
import { openTestPlace, type TestPlace } from "./test-place.ts";

const space = { space: "writers", dimensions: contractDimensions };
const all = { limit: Number.MAX_SAFE_INTEGER };
let place: TestPlace;

beforeAll(async () => {
  place = await openTestPlace();
});

afterAll(() => place[Symbol.asyncDispose]());

async function openMany(index: string, count: number): Promise<readonly MediaStore[]> {
  return Promise.all(Array.from({ length: count }, () => openLanceStore(index, space)));
}

async function close(stores: readonly MediaStore[]): Promise<void> {
  for (const store of stores) await store[Symbol.asyncDispose]();
}

/** As a machine sees it that comes now. */
async function expectWholeIn(index: string, names: readonly string[]): Promise<void> {
  await using store = await openLanceStore(index, space);
  await expectWhole(store, names);
}

/** Every item once, with the segments of one of its versions, whole. */
async function expectWhole(store: MediaStore, names: readonly string[]): Promise<void> {
  const items = await store.list(all);
  expect(new Set(items.map((item) => item.path))).toEqual(new Set(names.map((name) => itemNamed(name).path)));
  expect(items.length).toBe(names.length);
  let segments = 0;
  for (const item of items) {
    const expected = numberedSegments(item, item.bytes).map(({ vector: _, ...segment }) => segment);
    expect(await store.segments(item.id)).toEqual(expected);
    segments += expected.length;
  }
  expect(await store.counts()).toEqual({ items: items.length, segments, vectors: segments });
}

async function putVersion(store: MediaStore, name: string, version: number): Promise<void> {
  const item = itemNamed(name, { bytes: version });
  await store.put(item, numberedSegments(item, version));
}

test("machines that open a new index at one moment make one table, and lose nothing of what each puts at once", async () => {
  for (let round = 0; round < 3; round++) {
    const index = place.fresh();
    const stores = await Promise.all(
      [0, 1, 2, 3].map(async (writer) => {
        const store = await openLanceStore(index, space);
        await putVersion(store, `${writer}.mp4`, writer + 1);
        return store;
      }),
    );
    await expectWholeIn(index, ["0.mp4", "1.mp4", "2.mp4", "3.mp4"]);
    expect((await stores[0]?.matching("version", { limit: 500 }))?.length).toBeGreaterThan(0);
    await close(stores);
  }
});

test("machines that put different files at once lose none", async () => {
  const index = place.fresh();
  const stores = await openMany(index, 3);
  const names = stores.map((_, writer) => Array.from({ length: 6 }, (__, file) => `${writer}-${file}.mp4`));
  await Promise.all(
    stores.map(async (store, writer) => {
      for (const [file, name] of (names[writer] ?? []).entries()) await putVersion(store, name, file + 1);
    }),
  );
  await expectWholeIn(index, names.flat());
  await close(stores);
});

test("machines that put the same file at once leave it there once, as one of them had it", async () => {
  const index = place.fresh();
  const stores = await openMany(index, 4);
  for (let round = 0; round < 4; round++) {
    await Promise.all(stores.map((store, writer) => putVersion(store, "same.mp4", 1 + round * 4 + writer)));
    await expectWholeIn(index, ["same.mp4"]);
  }
  await close(stores);
});

test("moves, removals and tidying go on beside another machine's writing", async () => {
  const index = place.fresh();
  const [writer, tidier, mover] = await openMany(index, 3);
  if (!writer || !tidier || !mover) throw new Error("three stores");
  for (const name of ["old.mp4", "gone.mp4"]) await putVersion(writer, name, 3);
  const old = itemNamed("old.mp4", { bytes: 3 });
  await Promise.all([
    (async () => {
      for (let file = 0; file < 8; file++) await putVersion(writer, `${file}.mp4`, file + 1);
    })(),
    (async () => {
      for (let round = 0; round < 3; round++) await tidier.optimize();
    })(),
    mover.move(old.id, { ...old, path: itemNamed("new.mp4").path }),
    mover.remove(itemNamed("gone.mp4").id),
  ]);
  const names = ["new.mp4", ...Array.from({ length: 8 }, (_, file) => `${file}.mp4`)];
  await using fresh = await openLanceStore(index, space);
  const paths = (await fresh.list(all)).map((item) => item.path);
  expect(new Set(paths)).toEqual(new Set(names.map((name) => itemNamed(name).path)));
  expect(paths.length).toBe(names.length);
  expect((await fresh.segments(old.id)).length).toBe(numberedSegments(old, 3).length);
  await close([writer, tidier, mover]);
});

test("a machine sees another one's commit at once, without opening again", async () => {
  const [reader, writer] = await openMany(place.fresh(), 2);
  if (!reader || !writer) throw new Error("two stores");
  expect(await reader.list(all)).toEqual([]);
  await putVersion(writer, "a.mp4", 1);
  expect(await reader.list(all)).toHaveLength(1);
  await close([reader, writer]);
});

/** A store with faults; the AWS variables name it until it is disposed. */
async function openFaultyStore(fault: ObjectStoreOptions["fault"] & {}): Promise<AsyncDisposable> {
  const server = await openObjectStoreServer({ buckets: ["media"], keys: { writer: "write" }, fault });
  const before = { ...process.env };
  const key = { AWS_ACCESS_KEY_ID: "writer", AWS_SECRET_ACCESS_KEY: "x" };
  Object.assign(process.env, key, { AWS_ENDPOINT_URL: server.endpoint });
  return {
    [Symbol.asyncDispose]: async () => {
      process.env = before;
      await server[Symbol.asyncDispose]();
    },
  };
}

test("a commit whose answer is lost on the way is neither lost nor doubled", async () => {
  let lose = 0;
  await using _faulty = await openFaultyStore((method, key) => {
    if (lose === 0 || method !== "PUT" || !key.includes("_versions")) return undefined;
    lose -= 1;
    return "lose-answer";
  });
  await using store = await openLanceStore("s3://media/lost", space);
  for (let version = 1; version <= 4; version++) {
    lose = 1;
    await putVersion(store, "a.mp4", version);
    expect(lose).toBe(0);
    await expectWhole(store, ["a.mp4"]);
  }
});

test("a store that is overloaded, and a line that breaks, now and then cost time and nothing else", async () => {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let faults = 0;
  await using _faulty = await openFaultyStore(() => {
    const dice = random();
    if (dice > 0.03) return undefined;
    faults += 1;
    return dice < 0.01 ? "lose-answer" : dice < 0.02 ? "drop" : 503;
  });
  await using store = await openLanceStore("s3://media/storm", space);
  const names = ["0.mp4", "1.mp4", "2.mp4", "3.mp4", "4.mp4", "5.mp4"];
  for (const [file, name] of names.entries()) {
    await putVersion(store, name, file + 1);
    await putVersion(store, name, file + 2);
    if (file % 3 === 2) await store.optimize();
  }
  await expectWhole(store, names);
  expect(faults).toBeGreaterThan(5);
});
