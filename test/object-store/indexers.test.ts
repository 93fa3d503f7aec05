import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLanceStore } from "../../src/store/lance.ts";
import { type BuiltWorker, buildWorker } from "../fakes/build-worker.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";
import { openTestPlace, type TestPlace } from "./test-place.ts";

/** As many as a run of all tests has time for; `npm run test:s3` does ten. */
const kills = process.env.SIGHTLINE_TEST_S3 === undefined ? 4 : 10;
const all = { limit: Number.MAX_SAFE_INTEGER };
let folder = "";
let worker: BuiltWorker;
let place: TestPlace;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-machines-"));
  worker = await buildWorker("test/indexing/kill-worker.ts");
  place = await openTestPlace();
});

afterAll(async () => {
  await place[Symbol.asyncDispose]();
  await worker[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** `machine`: the folder of what it keeps to itself. */
function startIndexer(machine: string, root: string, index: string): ChildProcess {
  const given = [worker.script, path.join(folder, machine), root, index];
  return spawn(process.execPath, given, { stdio: ["ignore", "pipe", "inherit"] });
}

async function runToEnd(machine: string, root: string, index: string): Promise<void> {
  const child = startIndexer(machine, root, index);
  child.stdout?.resume();
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
}

async function killAfter(ms: number, machine: string, root: string, index: string): Promise<boolean> {
  const child = startIndexer(machine, root, index);
  const exited = once(child, "exit");
  if (child.stdout) await Promise.race([once(child.stdout, "data"), exited]);
  child.stdout?.resume();
  await Promise.race([sleep(ms), exited]);
  child.kill("SIGKILL");
  const [, signal] = await exited;
  return signal === "SIGKILL";
}

let version = 0;

/** A file whose first line, which becomes the item's title, says how many lines it has. */
async function writeLines(file: string, lines: number): Promise<void> {
  version += 1;
  const rest = Array.from({ length: lines - 1 }, (_, index) => `version ${version} line ${index}`);
  await writeFile(file, [`${lines} lines, version ${version}`, ...rest].join("\n"));
}

async function makeRoot(name: string, files: number): Promise<string> {
  const root = path.join(folder, name);
  await mkdir(root);
  for (let file = 0; file < files; file++)
    await writeLines(path.join(root, `${file}.mp4`), 5 + ((file * 17) % 60));
  return root;
}

/** Every item, after a look that each is there once and whole. */
async function contentOf(index: string) {
  await using store = await openLanceStore(index, openMeanEncoder());
  const items = await store.list(all);
  const segments = await Promise.all(items.map((item) => store.segments(item.id)));
  for (const [nth, item] of items.entries()) {
    expect(`${segments[nth]?.length} lines`).toBe(item.title?.split(",")[0]);
    const spans = new Set(segments[nth]?.map((segment) => JSON.stringify(segment.span)));
    expect(spans.size).toBe(segments[nth]?.length);
  }
  expect(new Set(items.map((item) => item.path)).size).toBe(items.length);
  return { items, segments, counts: await store.counts() };
}

test("two machines that index different folders at once leave both, whole", {
  timeout: 120_000,
}, async () => {
  const [index, alone] = [place.fresh(), place.fresh()];
  const roots = [await makeRoot("left", 8), await makeRoot("right", 8)] as const;
  await Promise.all([runToEnd("machine a", roots[0], index), runToEnd("machine b", roots[1], index)]);
  await runToEnd("machine c", roots[0], alone);
  await runToEnd("machine c", roots[1], alone);
  expect(await contentOf(index)).toEqual(await contentOf(alone));
});

test("two machines that index the same folder at once leave each file once", {
  timeout: 120_000,
}, async () => {
  const index = place.fresh();
  const root = await makeRoot("common", 8);
  await Promise.all([runToEnd("machine d", root, index), runToEnd("machine e", root, index)]);
  expect((await contentOf(index)).items.length).toBe(8);
});

test(`an indexer that is killed ${kills} times loses, doubles and halves nothing`, {
  timeout: 180_000,
}, async () => {
  const index = place.fresh();
  const root = await makeRoot("killed", 10);
  let killed = 0;
  for (let round = 0; killed < kills; round++) {
    expect(round).toBeLessThan(kills * 4);
    if (await killAfter(((round * 173) % 701) + 20, "machine f", root, index)) killed += 1;
    await contentOf(index);
    await writeLines(path.join(root, `new ${round}.mp4`), 5 + ((round * 31) % 60));
    await writeLines(path.join(root, "1.mp4"), 5 + ((round * 13) % 60));
    if (round === 3) await rename(path.join(root, "2.mp4"), path.join(root, "moved.mp4"));
    if (round === 5) await rm(path.join(root, "3.mp4"));
  }
  await runToEnd("machine f", root, index);
  const survived = await contentOf(index);
  const undisturbed = place.fresh();
  await runToEnd("machine g", root, undisturbed);
  expect(survived).toEqual(await contentOf(undisturbed));
});
