import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { timeSpan, wholeSpan } from "../../src/media/span.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import { holdTable } from "../../src/store/lance-held.ts";
import { matchingSegments } from "../../src/store/lance-search.ts";
import { openTable } from "../../src/store/lance-table.ts";
import type { EmbeddedSegment, MediaStore } from "../../src/store/media-store.ts";
import { axis, contractDimensions, itemNamed } from "../contracts/store-items.ts";
import { buildWorker } from "../fakes/build-worker.ts";

const space = { space: "test", dimensions: contractDimensions };
let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), "sightline-held-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function segmentsOf(name: string, text: string): readonly EmbeddedSegment[] {
  const mediaId = itemNamed(name).id;
  return [
    { mediaId, span: wholeSpan, source: "text", text },
    { mediaId, span: timeSpan(0, 1_000), source: "frame", vector: axis(0) },
  ];
}

/** What every kind of read says of the items "a" and "b". */
async function everyRead(store: MediaStore) {
  const paths = (hits: readonly { readonly item: { readonly path: string } }[]) =>
    hits.map(({ item }) => item.path).sort();
  return {
    list: (await store.list({})).map((item) => item.path),
    get: (await store.get(itemNamed("a").id))?.path,
    segments: (await store.segments(itemNamed("a").id, ["text"])).map(({ text }) => text),
    scan: paths(await store.scan({ sources: ["frame"] })),
    nearest: paths(await store.nearest(axis(0), {})),
    matching: paths(await store.matching("hello", {})),
    substrings: paths(await store.matching("停车", {})),
    counts: await store.counts(),
  };
}

test("rows in memory never outlive a commit of another handle, whatever it did", async () => {
  await using writer = await openLanceStore(directory, space);
  await using held = await openLanceStore(directory, space, { heldAfter: 4 });
  await using engine = await openLanceStore(directory, space, { heldAfter: Number.POSITIVE_INFINITY });
  const [a, b] = [itemNamed("a"), itemNamed("b")];
  const seen: unknown[] = [];
  const steps: readonly (() => Promise<void>)[] = [
    () => writer.put(a, segmentsOf("a", "hello 停车场")),
    () => writer.put(b, segmentsOf("b", "hello again")),
    () => writer.put(a, segmentsOf("a", "goodbye")),
    () => writer.move(b.id, { ...b, path: "/elsewhere/b" }),
    () =>
      writer.putCaptions(a.id, [{ mediaId: a.id, span: wholeSpan, source: "caption", text: "hello 停车场" }]),
    () => writer.optimize(),
    () => writer.remove(b.id),
    () => writer.remove(a.id),
  ];
  for (const step of steps) {
    await everyRead(held);
    await step();
    const read = await everyRead(held);
    expect(read).toEqual(await everyRead(engine));
    seen.push(read.counts.items);
  }
  expect(seen).toEqual([1, 2, 2, 2, 2, 2, 1, 0]);
});

test("rows in memory never outlive a commit of another process", async () => {
  await using reader = await openLanceStore(directory, space, { heldAfter: 1 });
  await reader.put(itemNamed("a"), segmentsOf("a", "hello"));
  expect((await everyRead(reader)).matching).toEqual(["/media/a"]);
  await using worker = await buildWorker("test/store/put-worker.ts");
  const child = spawn(process.execPath, [worker.script, directory], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(await everyRead(reader)).toMatchObject({
    list: ["/media/b"],
    nearest: ["/media/b"],
    matching: ["/media/b"],
    counts: { items: 1, segments: 2, vectors: 1 },
  });
});

test("a table deleted and made anew with as many commits is another one, in memory and for the engine", async () => {
  const [a, b] = [itemNamed("a"), itemNamed("b")];
  for (const heldAfter of [1, Number.POSITIVE_INFINITY]) {
    await using reader = await openLanceStore(directory, space, { heldAfter });
    await reader.put(a, segmentsOf("a", "hello"));
    expect((await everyRead(reader)).list).toEqual(["/media/a"]);
    await rm(directory, { recursive: true });
    await expect(reader.list({})).rejects.toMatchObject({ code: "corrupt" });
    await using writer = await openLanceStore(directory, space);
    await writer.put(b, segmentsOf("b", "hello"));
    expect(await everyRead(reader)).toEqual(await everyRead(writer));
    expect((await everyRead(reader)).list).toEqual(["/media/b"]);
    await rm(directory, { recursive: true });
  }
});

test("reads that run while another handle writes see each commit, and see it whole", {
  timeout: 60_000,
}, async () => {
  await using writer = await openLanceStore(directory, space);
  await using reader = await openLanceStore(directory, space, { heldAfter: 2 });
  await writer.put(itemNamed("a"), segmentsOf("a", "version 0"));
  const done = new AbortController();
  let committed = 0;
  let reads = 0;
  const reading = async () => {
    while (!done.signal.aborted) {
      const least = committed;
      const [hit, ...others] = await reader.matching("version", {});
      expect(others).toEqual([]);
      expect(Number(/version (\d+)/.exec(hit?.segment.text ?? "")?.[1])).toBeGreaterThanOrEqual(least);
      reads += 1;
    }
  };
  const lanes = [reading(), reading(), reading()];
  for (let version = 1; version <= 40; version++) {
    await writer.put(itemNamed("a"), segmentsOf("a", `version ${version}`));
    committed = version;
    if (version % 10 === 0) await writer.optimize();
  }
  done.abort();
  await Promise.all(lanes);
  expect(reads).toBeGreaterThan(lanes.length);
});

test("a commit between the rows and the engine's answer is seen", async () => {
  await using writer = await openLanceStore(directory, space);
  const item = itemNamed("a");
  await writer.put(item, segmentsOf("a", "hello 停车场"));
  const open = await openTable(directory, space);
  const rows = await holdTable(open, 1).current();
  await writer.move(item.id, { ...item, path: "/moved/a" });
  await writer.put(itemNamed("b"), segmentsOf("b", "停车场"));
  const late = { current: async () => rows, isCurrent: async () => false };
  for (const text of ["hello", "车"]) {
    const hits = await matchingSegments(open, late, text, {});
    expect(hits.map((hit) => hit.item.path)).toContain("/moved/a");
    expect(hits.map((hit) => hit.item.path)).not.toContain(item.path);
  }
});

test("rows come into memory at the read that is set, and leave with the version", async () => {
  await using writer = await openLanceStore(directory, space);
  await writer.put(itemNamed("a"), segmentsOf("a", "hello"));
  const held = holdTable(await openTable(directory, space), 3);
  expect(await held.current()).toBeUndefined();
  expect(await held.current()).toBeUndefined();
  const rows = await held.current();
  expect(rows?.counts({})).toEqual({ items: 1, segments: 2, vectors: 1 });
  expect(await held.current()).toBe(rows);
  expect(rows && (await held.isCurrent(rows))).toBe(true);
  await writer.put(itemNamed("b"), segmentsOf("b", "hello"));
  expect(rows && (await held.isCurrent(rows))).toBe(false);
  expect(await held.current()).toBeUndefined();
});

test("a table of many rows stays on disk", async () => {
  await using writer = await openLanceStore(directory, space);
  const item = itemNamed("long");
  const one: EmbeddedSegment = { mediaId: item.id, span: wholeSpan, source: "text", text: "hello" };
  await writer.put(item, new Array<EmbeddedSegment>(10_001).fill(one));
  const held = holdTable(await openTable(directory, space), 1);
  expect(await held.current()).toBeUndefined();
  expect(await held.current()).toBeUndefined();
});
