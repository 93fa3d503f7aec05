import { expect, test } from "vitest";
import { openSearch } from "../../src/retrieval/search.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import { stoppable, untilStopped } from "../../src/store/stoppable.ts";
import { itemNamed, numberedSegments } from "../contracts/store-items.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";
import { openPaintedPictures } from "../fakes/picture-reader.ts";

/** A store that lies on a machine which does not answer. */
function silent(): MediaStore {
  const never = () => new Promise<never>(() => undefined);
  const reads = { get: never, list: never, segments: never, scan: never, nearest: never, matching: never };
  return { ...openMemoryStore(), ...reads, counts: never, putAll: never };
}

const gone = new Error("gone");

test("whoever stops does not wait for a store that does not answer", async () => {
  const stop = new AbortController();
  const store = stoppable(silent(), stop.signal);
  const waiting = [store.list({}), store.counts(), store.putAll([]), store.nearest(new Float32Array(4), {})];
  stop.abort(gone);
  for (const one of waiting) await expect(one).rejects.toBe(gone);
  await expect(store.list({})).rejects.toBe(gone);
});

test("until it is stopped, the store is the same store", async () => {
  const whole = openMemoryStore();
  const { signal } = new AbortController();
  const store = stoppable(whole, signal);
  const item = itemNamed("a.mp4", { bytes: 3 });
  await store.put(item, numberedSegments(item, 3));
  expect(await store.get(item.id)).toEqual(item);
  expect(await store.segments(item.id)).toEqual(await whole.segments(item.id));
  expect(await store.counts()).toEqual(await whole.counts());
});

test("what fails after its caller has gone troubles nobody", async () => {
  const stop = new AbortController();
  let fail = (_: Error) => {};
  const work = untilStopped(() => new Promise<never>((_, reject) => (fail = reject)), stop.signal);
  stop.abort(gone);
  await expect(work).rejects.toBe(gone);
  fail(new Error("later"));
});

test("a search that is stopped ends, whatever its store does", async () => {
  const stop = new AbortController();
  const search = openSearch({
    store: silent(),
    encoder: openMeanEncoder(),
    pictures: openPaintedPictures(() => ({ width: 1, height: 1, data: new Uint8Array(3) })),
  });
  const searching = search.search({ text: "red", filter: {}, limit: 5 }, stop.signal);
  setTimeout(() => stop.abort(gone), 10);
  await expect(searching).rejects.toBe(gone);
});
