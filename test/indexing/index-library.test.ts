import { chmod, copyFile, mkdir, readdir, rename, rm, utimes } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { indexLibrary } from "../../src/indexing/index-library.ts";
import { readLibrary } from "../../src/indexing/library-file.ts";
import { lockLibrary } from "../../src/indexing/lock.ts";
import type { Extractor } from "../../src/ingest/extractor.ts";
import { Failure } from "../../src/media/failure.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import { lineExtractor, lineExtractors } from "../fakes/line-extractor.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";
import { endOf, openFixture } from "./library-fixture.ts";

const quiet = { failed: [], notMounted: [] };
const never = new AbortController().signal;

test("new files are added, and a second run finds nothing to do", async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "one\ntwo\n");
  await library.write("deep/er/b.txt", "three\n");
  const events = await library.index();
  expect(events[0]).toMatchObject({
    type: "index-plan",
    new: 2,
    changed: 0,
    moved: 0,
    gone: 0,
    unchanged: 0,
  });
  const files = events.filter((event) => event.type === "index-file");
  // Two files are at work at once: either may be done first.
  expect(files.map(({ status, segments }) => [status, segments])).toHaveLength(2);
  expect(files.map(({ status, segments }) => [status, segments])).toEqual(
    expect.arrayContaining([
      ["added", 2],
      ["added", 1],
    ]),
  );
  expect(endOf(events)).toEqual({
    type: "index-end",
    added: 2,
    updated: 0,
    moved: 0,
    removed: 0,
    unchanged: 0,
    ...quiet,
  });
  expect((await library.store.matching("three", {}))[0]?.item.path).toBe(
    path.join(library.root, "deep/er/b.txt"),
  );
  expect(await library.store.counts()).toEqual({ items: 2, segments: 3, vectors: 3 });
  library.encodedFiles();
  expect(endOf(await library.index())).toMatchObject({ added: 0, updated: 0, unchanged: 2 });
  expect(library.encodedFiles()).toEqual([]);
});

test("a moved and a renamed file keep their index and are not encoded again", async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "one\ntwo\n");
  const before = (await library.index()) && (await library.store.list({}))[0];
  library.encodedFiles();
  await mkdir(path.join(library.root, "sub"));
  await rename(path.join(library.root, "a.mp4"), path.join(library.root, "sub", "b.mp4"));
  const events = await library.index();
  expect(endOf(events)).toMatchObject({ added: 0, updated: 0, moved: 1, removed: 0, unchanged: 0 });
  expect(library.encodedFiles()).toEqual([]);
  const [item] = await library.store.list({});
  expect(item).toEqual({ ...before, path: path.join(library.root, "sub", "b.mp4") });
  expect(await library.store.counts()).toMatchObject({ items: 1, segments: 2 });
});

test("a file that was renamed over another takes its place; no commit on the way holds two files at one path", async () => {
  await using library = await openFixture();
  const over = await library.write("a.mp4", "one\n");
  await library.write("b.mp4", "two\n");
  await library.index();
  await rename(path.join(library.root, "b.mp4"), over);
  const paths = async () => (await library.store.list({})).map((item) => item.path);
  const atCommits: (readonly string[])[] = [];
  const noting: MediaStore = {
    ...library.store,
    moveAll: async (items) => {
      await library.store.moveAll(items);
      atCommits.push(await paths());
    },
    remove: async (...ids) => {
      await library.store.remove(...ids);
      atCommits.push(await paths());
    },
  };
  expect(endOf(await library.index({ store: noting }))).toMatchObject({ moved: 1, removed: 1 });
  expect(atCommits).toHaveLength(2);
  for (const found of atCommits) expect(new Set(found).size).toBe(found.length);
  expect(await paths()).toEqual([over]);
});

test("a changed file replaces its old content", async () => {
  await using library = await openFixture();
  const file = await library.write("a.mp4", "old words\nmore\n");
  await library.index();
  await library.write("a.mp4", "new words\n");
  expect(endOf(await library.index())).toMatchObject({ added: 0, updated: 1, removed: 0 });
  expect(await library.store.matching("old", {})).toEqual([]);
  expect((await library.store.list({})).map((item) => item.path)).toEqual([file]);
  expect(await library.store.counts()).toMatchObject({ items: 1, segments: 1 });
});

test("a file that was renamed while new content took its name is moved, and the new content added", async () => {
  await using library = await openFixture();
  const file = await library.write("a.mp4", "first\n");
  await library.index();
  library.encodedFiles();
  await rename(file, path.join(library.root, "b.mp4"));
  await library.write("a.mp4", "second, longer\n");
  expect(endOf(await library.index())).toMatchObject({ moved: 1, updated: 1, removed: 0 });
  expect(library.encodedFiles()).toEqual(["a.mp4"]);
  expect((await library.store.matching("first", {}))[0]?.item.path).toMatch(/b\.mp4$/);
  expect((await library.store.matching("second", {}))[0]?.item.path).toMatch(/a\.mp4$/);
});

test("a touched file only gets its new date", async () => {
  await using library = await openFixture();
  const file = await library.write("a.mp4", "one\n");
  await library.index();
  library.encodedFiles();
  await utimes(file, 1_700_000_000, 1_700_000_000);
  expect(endOf(await library.index())).toMatchObject({ updated: 0, unchanged: 1 });
  expect(library.encodedFiles()).toEqual([]);
  expect((await library.store.list({}))[0]?.modifiedAt).toBe(1_700_000_000_000);
});

test("a gone file leaves the index", async () => {
  await using library = await openFixture();
  const file = await library.write("a.mp4", "one\n");
  await library.write("b.mp4", "two\n");
  await library.index();
  await rm(file);
  const events = await library.index();
  expect(endOf(events)).toMatchObject({ removed: 1, unchanged: 1 });
  expect(events).toContainEqual({ type: "index-file", path: file, status: "removed" });
  expect((await library.store.list({})).length).toBe(1);
});

test("the same content twice is encoded once, keeps its first path, and the copy takes over when that goes", async () => {
  await using library = await openFixture();
  const first = await library.write("m.mp4", "same\n");
  const copies = [path.join(library.root, "a.mp4"), path.join(library.root, "z.mp4")];
  await library.index();
  for (const copy of copies) await copyFile(first, copy);
  library.encodedFiles();
  for (const _ of [1, 2, 3]) {
    expect(endOf(await library.index())).toMatchObject({ added: 0, moved: 0, unchanged: 3 });
    const [item] = await library.store.list({});
    expect(item?.path).toBe(first);
    expect(item?.copies?.map((copy) => copy.path)).toEqual(copies);
  }
  await rm(first);
  expect(endOf(await library.index())).toMatchObject({ moved: 1, removed: 0, unchanged: 1 });
  expect((await library.store.list({}))[0]?.path).toBe(copies[0]);
  expect(library.encodedFiles()).toEqual([]);
  for (const copy of copies) await rm(copy);
  await library.write("other.mp4", "keeps the root alive\n");
  expect(endOf(await library.index())).toMatchObject({ removed: 1, added: 1 });
});

test("two new files with one content are encoded once", async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "same\n");
  await library.write("b.mp4", "same\n");
  expect(endOf(await library.index())).toMatchObject({ added: 1 });
  expect(library.encodedFiles()).toEqual(["a.mp4"]);
  expect(endOf(await library.index())).toMatchObject({ added: 0, unchanged: 2 });
});

test("a root that vanished or is empty is not mounted, and loses nothing", async () => {
  await using library = await openFixture();
  await library.write("usb/a.mp4", "one\n");
  const usb = path.join(library.root, "usb");
  await library.index({ roots: [usb] });
  for (const state of ["empty", "absent"]) {
    await rm(usb, { recursive: true });
    if (state === "empty") await mkdir(usb);
    const events = await library.index({ roots: [usb] });
    expect(events[0]).toMatchObject({ type: "index-plan", gone: 0, notMounted: [usb] });
    expect(endOf(events)).toMatchObject({ removed: 0, notMounted: [usb], failed: [] });
    expect(endOf(await library.index({ roots: [] }))).toMatchObject({ removed: 0, notMounted: [usb] });
    await library.write("here.mp4", `still here ${state}\n`);
    expect(endOf(await library.index())).toMatchObject({ removed: 0, notMounted: [usb] });
    expect((await library.store.matching("one", {})).length).toBe(1);
  }
});

test("a root that never was is a slip of the pen", async () => {
  await using library = await openFixture();
  const wrong = path.join(library.root, "Vidoes");
  await expect(library.index({ roots: [wrong] })).rejects.toMatchObject({ code: "not-found" });
  expect((await readLibrary(library.libraryDirectory)).roots).toEqual([]);
});

test("items below other roots than this run's stay", async () => {
  await using library = await openFixture();
  await library.write("one/a.mp4", "one\n");
  await library.write("two/b.mp4", "two\n");
  await library.index();
  await rm(path.join(library.root, "one/a.mp4"));
  expect(endOf(await library.index({ roots: [path.join(library.root, "two")] }))).toMatchObject({
    removed: 0,
  });
  expect(await library.store.counts()).toMatchObject({ items: 2 });
});

test("unreadable files are named with a remedy, the rest goes on, and each run tries them again", async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "fine\n");
  const empty = await library.write("b.mp4", "");
  const damaged = await library.write("c.mp4", "x\ncorrupt\n");
  const odd = await library.write("d.mp4", "bug\n");
  const events = await library.index();
  const end = endOf(events);
  expect(end).toMatchObject({ added: 1, updated: 0 });
  expect(end.failed.map(({ path: file, code }) => [file, code]).sort()).toEqual([
    [empty, "corrupt"],
    [damaged, "corrupt"],
    [odd, "unreadable"],
  ]);
  for (const { path: file, message, remedy } of end.failed) {
    expect(message).toContain(file);
    expect(remedy.length).toBeGreaterThan(10);
  }
  expect((await readLibrary(library.libraryDirectory)).failures).toEqual(end.failed);
  expect(endOf(await library.index()).failed.length).toBe(3);
  await library.write("c.mp4", "mended\n");
  await rm(odd);
  expect(endOf(await library.index())).toMatchObject({ added: 1, unchanged: 1 });
  expect((await readLibrary(library.libraryDirectory)).failures.map((failure) => failure.path)).toEqual([
    empty,
  ]);
  expect(await library.store.counts()).toMatchObject({ items: 2 });
});

test("a file that becomes damaged leaves the index, because what it held is gone", async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "fine\n");
  await library.index();
  await library.write("a.mp4", "corrupt\n");
  expect(endOf(await library.index()).failed.length).toBe(1);
  expect(await library.store.counts()).toEqual({ items: 0, segments: 0, vectors: 0 });
});

test("a folder that may not be read keeps its items and is named", async ({ skip }) => {
  if (process.getuid?.() === 0) skip("root may read everything");
  await using library = await openFixture();
  await library.write("closed/a.mp4", "one\n");
  await library.write("b.mp4", "two\n");
  await library.index();
  const closed = path.join(library.root, "closed");
  await chmod(closed, 0);
  const end = endOf(await library.index());
  await chmod(closed, 0o700);
  expect(end).toMatchObject({ removed: 0, unchanged: 1 });
  expect(end.failed).toMatchObject([{ path: closed, code: "unreadable" }]);
});

test("a new subtitle file beside a video is read into the index", async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "one\n");
  await library.index();
  library.encodedFiles();
  await library.write("a.en.srt", "1\n00:00:00,000 --> 00:00:01,000\nhello\n");
  expect(endOf(await library.index())).toMatchObject({ updated: 1, unchanged: 0 });
  expect(library.encodedFiles()).toEqual(["a.mp4"]);
  expect(endOf(await library.index())).toMatchObject({ updated: 0, unchanged: 1 });
  await rm(path.join(library.root, "a.en.srt"));
  expect(endOf(await library.index())).toMatchObject({ updated: 1 });
});

test("a dry run says the plan and writes nothing", async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "one\n");
  const events = await library.index({ dryRun: true });
  expect(events.map((event) => event.type)).toEqual(["index-plan", "index-end"]);
  expect(events[0]).toMatchObject({
    new: 1,
    estimate: { ms: expect.any(Number), bytes: expect.any(Number) },
  });
  expect(await library.store.counts()).toMatchObject({ items: 0 });
  await expect(readdir(library.libraryDirectory)).rejects.toMatchObject({ code: "ENOENT" });
});

test("an abort drops the files at work, keeps the finished ones, and says so", async () => {
  await using library = await openFixture({ msPerLine: 15 });
  for (let index = 0; index < 8; index++) await library.write(`${index}.mp4`, `file ${index}\n`.repeat(10));
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 400);
  const events = await library.index({}, stop.signal);
  const end = endOf(events);
  expect(end.interrupted).toBe(true);
  expect(end.added).toBeGreaterThan(0);
  expect(end.added).toBeLessThan(8);
  expect(end.failed).toEqual([]);
  expect(await library.store.counts()).toMatchObject({ items: end.added, segments: end.added * 10 });
  expect(await readdir(library.libraryDirectory)).toEqual(["library.json"]);
  expect(endOf(await library.index())).toMatchObject({ added: 8 - end.added, unchanged: end.added });
});

test("who stops listening stops the work", async () => {
  await using library = await openFixture({ msPerLine: 5 });
  await library.write("a.mp4", "line\n".repeat(2_000));
  const began = performance.now();
  const extractors = lineExtractors({ msPerLine: 5 });
  const { root, store, libraryDirectory } = library;
  const options = { roots: [root], store, encoder: openMeanEncoder(), extractors, libraryDirectory };
  for await (const event of indexLibrary(options, never)) if (event.type === "index-progress") break;
  expect(performance.now() - began).toBeLessThan(9_000);
  expect(await store.counts()).toMatchObject({ items: 0 });
  await using _free = await lockLibrary(libraryDirectory, never);
});

test("two files are at work at once", async () => {
  await using library = await openFixture();
  for (const name of ["a", "b"]) await library.write(`${name}.mp4`, `${name}\n`);
  const atWork = new Set<string>();
  let meet = () => {};
  const both = new Promise<void>((resolve) => (meet = resolve));
  const plain = lineExtractor("video");
  const video: Extractor = {
    ...plain,
    async *extract(item, signal) {
      atWork.add(item.path);
      if (atWork.size === 2) meet();
      await both; // For ever, if the second file waited for the first.
      yield* plain.extract(item, signal);
    },
  };
  expect(endOf(await library.index({ extractors: new Map([["video", video]]) }))).toMatchObject({ added: 2 });
});

test("progress says how far, how fast and how long", async () => {
  await using library = await openFixture({ msPerLine: 10 });
  for (let index = 0; index < 3; index++) await library.write(`${index}.mp4`, `file ${index}\n`.repeat(30));
  const progress = (await library.index()).filter((event) => event.type === "index-progress");
  expect(progress.length).toBeGreaterThan(2);
  for (const { done, total, fraction, rate, etaMs } of progress) {
    expect(total).toBe(3);
    expect(done).toBeLessThanOrEqual(total);
    expect(fraction).toBeGreaterThan(0);
    expect(rate).toBeGreaterThan(0);
    expect(etaMs).toBeLessThan(60_000);
  }
  expect(progress.at(-1)).toMatchObject({ done: 3, fraction: 1, etaMs: 0 });
});

test("a second indexer is told who holds the library, or waits; reading goes on", async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "one\n");
  const holder = await lockLibrary(library.libraryDirectory, never);
  const refused = await library.index().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Failure);
  expect(refused).toMatchObject({ code: "busy", message: expect.stringContaining(String(process.pid)) });
  expect(endOf(await library.index({ dryRun: true }))).toMatchObject({ added: 0 });
  const waiting = library.index({ wait: true });
  setTimeout(() => holder[Symbol.asyncDispose](), 300);
  const events = await waiting;
  expect(events[0]).toMatchObject({ type: "index-waiting", holder: { pid: process.pid } });
  expect(endOf(events)).toMatchObject({ added: 1 });
});

test("the store's failure ends the run and escapes", async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "one\n");
  const full = new Failure({ code: "disk-full", message: "No space.", remedy: "Free some." });
  const store = { ...library.store, putAll: () => Promise.reject(full) };
  await expect(library.index({ store })).rejects.toBe(full);
  expect(endOf(await library.index())).toMatchObject({ added: 1 });
});
