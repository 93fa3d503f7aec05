import { copyFile, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { readLibrary } from "../../src/indexing/library-file.ts";
import { lockLibrary } from "../../src/indexing/lock.ts";
import { watchLibrary } from "../../src/indexing/watch.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import { lineExtractors } from "../fakes/line-extractor.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";
import { openForgetWorld } from "./forget-world.ts";
import { endOf } from "./library-fixture.ts";

const never = new AbortController().signal;

test("a root that is forgotten leaves with its items, its moments and its failures; its files stay", async () => {
  await using library = await openForgetWorld();
  await library.write("a.mp4", "one\ntwo\n");
  await library.write("deep/b.txt", "three\n");
  await library.write("bad.mp4", "corrupt\n");
  await library.index();
  const before = await readdir(library.root, { recursive: true });
  const forgotten = await library.forget(["."]);
  expect(forgotten).toEqual({ files: 2, moments: 3, failures: 1, roots: [library.root], excluded: [] });
  expect(await library.store.counts()).toEqual({ items: 0, segments: 0, vectors: 0 });
  expect(await library.store.matching("three", {})).toEqual([]);
  const record = await readLibrary(library.libraryDirectory);
  expect([record.roots, record.failures, record.excluded, record.forgetting]).toEqual([
    [],
    [],
    undefined,
    undefined,
  ]);
  expect(await readdir(library.root, { recursive: true })).toEqual(before);
  expect(endOf(await library.index({ roots: [] }))).toMatchObject({ added: 0 });
  // Nothing is remembered against it: by hand it comes back.
  expect(endOf(await library.index())).toMatchObject({ added: 2 });
});

test("a forgotten subfolder stays out when its root is indexed again, and comes back when it is indexed itself", async () => {
  await using library = await openForgetWorld();
  await library.write("a.mp4", "one\n");
  await library.write("private/b.mp4", "two\n");
  await library.write("private/deep/c.mp4", "three\nfour\n");
  await library.write("private too/d.mp4", "five\n");
  await library.index();
  const place = path.join(library.root, "private");
  expect(await library.forget(["private/"])).toEqual({
    files: 2,
    moments: 3,
    failures: 0,
    roots: [],
    excluded: [place],
  });
  expect(await library.held()).toEqual(["a.mp4", "private too/d.mp4"]);
  await library.write("private/new.mp4", "six\n");
  await library.write("new.mp4", "seven\n");
  expect(endOf(await library.index())).toMatchObject({ added: 1, removed: 0, unchanged: 2 });
  expect(endOf(await library.index({ roots: [] }))).toMatchObject({ added: 0, removed: 0 });
  expect(await library.held()).toEqual(["a.mp4", "new.mp4", "private too/d.mp4"]);

  expect(endOf(await library.index({ roots: [place] }))).toMatchObject({ added: 3 });
  expect((await readLibrary(library.libraryDirectory)).excluded).toBeUndefined();
  expect(endOf(await library.index({ roots: [] }))).toMatchObject({ added: 0, removed: 0, unchanged: 6 });
});

test("a folder given by hand inside a forgotten one is taken in, and stays when the root around both is indexed", async () => {
  await using library = await openForgetWorld();
  await library.write("private/b.mp4", "two\n");
  await library.write("private/shared/c.mp4", "three\n");
  await library.index();
  await library.forget(["private"]);
  await library.index({ roots: [path.join(library.root, "private/shared")] });
  await library.index();
  await library.index({ roots: [] });
  expect(await library.held()).toEqual(["private/shared/c.mp4"]);
  expect((await library.forget(["private"])).roots).toEqual([path.join(library.root, "private/shared")]);
  await library.index({ roots: [] });
  expect(await library.held()).toEqual([]);
});

test("one file is forgotten, and one that is renamed into its place stays out too", async () => {
  await using library = await openForgetWorld();
  const file = await library.write("a.mp4", "one\n");
  await library.write("b.mp4", "two\n");
  await library.index();
  await library.forget(["a.mp4"]);
  await library.index();
  expect(await library.held()).toEqual(["b.mp4"]);
  await rename(path.join(library.root, "b.mp4"), file);
  expect(endOf(await library.index())).toMatchObject({ removed: 1 });
  expect(await library.held()).toEqual([]);
  await library.index({ roots: [file] });
  expect(await library.held()).toEqual(["a.mp4"]);
});

test("a file that was moved out of the forgotten folder is found", async () => {
  await using library = await openForgetWorld();
  await library.write("private/b.mp4", "the boiler\n");
  await library.write("a.mp4", "one\n");
  await library.index();
  await library.forget(["private"]);
  await rename(path.join(library.root, "private/b.mp4"), path.join(library.root, "b.mp4"));
  await library.index();
  expect((await library.store.matching("boiler", {}))[0]?.item.path).toBe(path.join(library.root, "b.mp4"));
});

test("of a file with a copy elsewhere only the forgotten place leaves, and it is not encoded again", async () => {
  await using library = await openForgetWorld();
  const file = await library.write("a-private/b.mp4", "the boiler\n");
  await mkdir(path.join(library.root, "z"));
  await copyFile(file, path.join(library.root, "z/copy.mp4"));
  await library.index();
  expect(await library.held()).toEqual(["a-private/b.mp4", "z/copy.mp4"]);
  library.encodedFiles();
  expect(await library.forget(["a-private"])).toMatchObject({ files: 1, moments: 0 });
  const [hit] = await library.store.matching("boiler", {});
  expect(hit?.item.path).toBe(path.join(library.root, "z/copy.mp4"));
  expect(hit?.item.copies).toBeUndefined();
  await library.index();
  expect(await library.held()).toEqual(["z/copy.mp4"]);
  expect(library.encodedFiles()).toEqual([]);
});

test("a path that the library does not hold is a failure that says what it holds, and nothing is changed", async () => {
  await using library = await openForgetWorld();
  await library.write("a.mp4", "one\n");
  await library.index();
  const before = await readFile(path.join(library.libraryDirectory, "library.json"), "utf8");
  await expect(library.forget(["a.mp4", "b.mp4"])).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringContaining(path.join(library.root, "b.mp4")),
    remedy: expect.stringContaining(library.root),
  });
  await expect(library.forget(["a.mp"])).rejects.toMatchObject({ code: "not-found" });
  expect(await library.held()).toEqual(["a.mp4"]);
  expect(await readFile(path.join(library.libraryDirectory, "library.json"), "utf8")).toBe(before);
});

test("a dry run says the same and changes nothing", async () => {
  await using library = await openForgetWorld();
  await library.write("a.mp4", "one\n");
  await library.write("private/b.mp4", "two\nthree\n");
  await library.index();
  const before = await readdir(library.libraryDirectory, { recursive: true });
  const record = await readLibrary(library.libraryDirectory);
  const would = await library.forget(["private"], { dryRun: true });
  expect(await readLibrary(library.libraryDirectory)).toEqual(record);
  expect(await readdir(library.libraryDirectory, { recursive: true })).toEqual(before);
  expect(await library.held()).toEqual(["a.mp4", "private/b.mp4"]);
  expect(await library.forget(["private"])).toEqual(would);
});

test("a folder that is no longer on the disk is forgotten, also by letters composed otherwise", async () => {
  await using library = await openForgetWorld();
  const onDisk = "Fotos é 旅行 C:\\x'y".normalize("NFD");
  await library.write(`${onDisk}/b.mp4`, "two\n");
  await library.write("a.mp4", "one\n");
  await library.index();
  await rm(path.join(library.root, onDisk), { recursive: true });
  const { files, excluded } = await library.forget([onDisk.normalize("NFC")]);
  expect([files, excluded]).toEqual([1, [path.join(library.root, onDisk)]]);
  await library.write(`${onDisk}/b.mp4`, "two\n");
  await library.index();
  expect(await library.held()).toEqual(["a.mp4"]);
  await library.index({ roots: [path.join(library.root, onDisk)] });
  expect(await library.held()).toHaveLength(2);
});

test("who looks meanwhile sees all of the folder, or nothing of it", async () => {
  await using library = await openForgetWorld();
  for (let file = 0; file < 300; file++) await library.write(`private/${file}.mp4`, `boiler ${file}\n`);
  await library.write("a.mp4", "one\n");
  await library.index();
  await using reader = await openLanceStore(library.libraryDirectory, openMeanEncoder());
  const seen = new Set<number>();
  const done = library.forget(["private"]).then(() => true);
  while (!(await Promise.race([done, sleep(0, false)])))
    seen.add((await reader.scan({ under: library.root, limit: 1_000 })).length);
  seen.add((await reader.scan({ limit: 1_000 })).length);
  expect([...seen].filter((count) => count !== 301 && count !== 1)).toEqual([]);
  expect(seen).toContain(1);
});

test.each([
  ["remove", "before it reached the index"],
  ["optimize", "after the index was changed"],
] as const)("a run that fails at %s, %s, is finished by the next one", async (step, _where) => {
  await using library = await openForgetWorld();
  await library.write("private/b.mp4", "two\n");
  await library.write("a.mp4", "one\n");
  await library.index();
  const dead = async () => {
    throw new Error("killed");
  };
  const broken: MediaStore = { ...library.store, [step]: dead };
  await expect(library.forget(["."], { stores: [broken] })).rejects.toThrow("killed");
  expect(await readLibrary(library.libraryDirectory)).toMatchObject({
    roots: [],
    forgetting: [library.root],
  });
  // Until then nothing takes it in again.
  expect(endOf(await library.index({ roots: [] }))).toMatchObject({ added: 0 });
  expect(await library.forget(["."])).toMatchObject({ files: step === "remove" ? 2 : 0 });
  expect(await library.held()).toEqual([]);
  expect((await readLibrary(library.libraryDirectory)).forgetting).toBeUndefined();
});

test("what was indexed in two vector spaces leaves both, and counts once", async () => {
  await using library = await openForgetWorld();
  const other = { ...openMeanEncoder(), space: "another" };
  await using second = await openLanceStore(library.libraryDirectory, other);
  await library.write("a.mp4", "one\ntwo\n");
  await library.index();
  await library.index({ store: second, encoder: other });
  expect(await library.forget(["a.mp4"], { stores: [library.store, second] })).toMatchObject({
    files: 1,
    moments: 2,
  });
  expect([await library.store.counts(), await second.counts()].map(({ items }) => items)).toEqual([0, 0]);
});

test("while the library is being indexed, it fails and names the holder, or waits", async () => {
  await using library = await openForgetWorld();
  await library.write("a.mp4", "one\n");
  await library.index();
  const lock = await lockLibrary(library.libraryDirectory, never);
  await expect(library.forget(["."])).rejects.toMatchObject({ code: "busy" });
  expect(await library.held()).toEqual(["a.mp4"]);
  let waitedFor: number | undefined;
  const waiting = library.forget(["."], {
    wait: true,
    onWaiting: ({ pid }) => {
      waitedFor = pid;
    },
  });
  await sleep(50);
  await lock[Symbol.asyncDispose]();
  await waiting;
  expect([waitedFor, await library.held()]).toEqual([process.pid, []]);
});

test("a watcher takes in neither a forgotten folder nor its own forgotten root again", {
  timeout: 30_000,
}, async () => {
  await using library = await openForgetWorld();
  await library.write("a.mp4", "one\n");
  await library.write("private/b.mp4", "two\n");
  const stop = new AbortController();
  const { root, store, libraryDirectory } = library;
  const parts = { store, encoder: openMeanEncoder(), extractors: lineExtractors(), libraryDirectory };
  const rounds = watchLibrary({ roots: [root], ...parts, settleMs: 200 }, stop.signal);
  const nextRound = async () => {
    for (;;) {
      const { value } = await rounds.next();
      if (value?.type === "index-end") return value;
    }
  };
  expect(await nextRound()).toMatchObject({ added: 2 });
  await library.forget(["private"], { wait: true });
  const second = nextRound();
  await library.write("private/c.mp4", "three\n");
  await library.write("d.mp4", "four\n");
  await second;
  await sleep(300);
  expect(await library.held()).toEqual(["a.mp4", "d.mp4"]);
  await library.forget(["."], { wait: true });
  const third = nextRound();
  await library.write("e.mp4", "five\n");
  expect(await third).toMatchObject({ added: 0 });
  expect([await library.held(), (await readLibrary(libraryDirectory)).roots]).toEqual([[], []]);
  const after = rounds.next();
  stop.abort();
  await after;
});
