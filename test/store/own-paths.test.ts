import { expect, test } from "vitest";
import { ownPathFirst, withOwnPaths } from "../../src/store/own-paths.ts";
import { axis, itemNamed, numberedSegments } from "../contracts/store-items.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";

const here = { path: "/Volumes/media/a.mp4", modifiedAt: 2 };
const there = itemNamed("a.mp4", { path: "/mnt/media/a.mp4", modifiedAt: 1, copies: [here] });

test("an item that another machine indexed first lies where this one has it", () => {
  const own = ownPathFirst(there, ["/Volumes/media"]);
  expect(own).toMatchObject(here);
  expect(own.id).toBe(there.id);
  expect(own.copies).toEqual([{ path: "/mnt/media/a.mp4", modifiedAt: 1 }]);
});

test("an item keeps its place where that is below a root of this machine, or none of its places is", () => {
  expect(ownPathFirst(there, ["/mnt/media", "/Volumes/media"])).toBe(there);
  expect(ownPathFirst(there, ["/mnt/media/a.mp4"])).toBe(there);
  expect(ownPathFirst(there, ["/Volumes/med"])).toBe(there);
  expect(ownPathFirst(there, [])).toBe(there);
});

test("every way to an item gives its own path, and a filter by either path finds it", async () => {
  await using memory = openMemoryStore();
  await memory.put(there, numberedSegments(there, 1));
  const store = withOwnPaths(memory, async () => ["/Volumes/media"]);
  expect(await store.get(there.id)).toMatchObject(here);
  for (const under of ["/Volumes/media", "/mnt/media"])
    expect(await store.list({ under })).toMatchObject([here]);
  const found = [
    await store.scan({ limit: 1 }),
    await store.nearest(axis(0), { limit: 1 }),
    await store.matching("version", { limit: 1 }),
  ];
  for (const hits of found) expect(hits).toMatchObject([{ item: here }]);
});

test("a folder that is indexed while the store is open counts from then on", async () => {
  await using memory = openMemoryStore();
  await memory.put(there, numberedSegments(there, 1));
  let roots: readonly string[] = [];
  const store = withOwnPaths(memory, async () => roots);
  expect((await store.get(there.id))?.path).toBe("/mnt/media/a.mp4");
  roots = ["/Volumes/media"];
  expect((await store.get(there.id))?.path).toBe(here.path);
  expect((await store.list({})).map((item) => item.path)).toEqual([here.path]);
});
