import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLanceStore } from "../../src/store/lance.ts";
import { type BuiltWorker, buildWorker } from "../fakes/build-worker.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";

const kills = 20;
let folder = "";
let worker: BuiltWorker;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-kill-"));
  worker = await buildWorker("test/indexing/kill-worker.ts");
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await worker[Symbol.asyncDispose]();
});

/** The one place that says what runs; the command line would be `["dist/src/cli/main.js", "index", "--library", …]`. */
function startIndexer(library: string, root: string): ChildProcess {
  return spawn(process.execPath, [worker.script, library, root], { stdio: ["ignore", "pipe", "inherit"] });
}

async function runToEnd(library: string, root: string): Promise<void> {
  const child = startIndexer(library, root);
  child.stdout?.resume();
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
}

/** Kills the indexer some time after its first event. False when it was done before. */
async function killAfter(ms: number, library: string, root: string): Promise<boolean> {
  const child = startIndexer(library, root);
  const exited = once(child, "exit");
  if (child.stdout) await Promise.race([once(child.stdout, "data"), exited]);
  child.stdout?.resume();
  await Promise.race([sleep(ms), exited]);
  child.kill("SIGKILL");
  const [, signal] = await exited;
  return signal === "SIGKILL";
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

let version = 0;

/** A file whose first line, which becomes the item's title, says how many lines it has. */
async function writeLines(file: string, lines: number): Promise<void> {
  version += 1;
  const rest = Array.from(
    { length: lines - 1 },
    (_, index) => `version ${version} line ${index} 第${index}行`,
  );
  await writeFile(file, [`${lines} lines, version ${version}`, ...rest].join("\n"));
}

async function disturb(root: string, random: () => number): Promise<void> {
  const names = (await readdir(root)).sort((a, b) => a.localeCompare(b));
  const one = path.join(root, names[Math.floor(random() * names.length)] ?? "none");
  const lines = 5 + Math.floor(random() * 60);
  const dice = random();
  if (dice < 0.4) await writeLines(path.join(root, `new ${version}.mp4`), lines);
  else if (dice < 0.7) await writeLines(one, lines);
  else if (dice < 0.85) await rename(one, path.join(root, `moved ${version}.mp4`));
  else await rm(one);
}

/** Everything a library holds, in one order, after a look that each item is whole. */
async function contentOf(library: string) {
  await using store = await openLanceStore(library, openMeanEncoder());
  const all = { limit: Number.MAX_SAFE_INTEGER };
  const items = await store.list(all);
  const segments = await Promise.all(items.map((item) => store.segments(item.id)));
  for (const [index, item] of items.entries()) {
    expect(`${segments[index]?.length} lines`).toBe(item.title?.split(",")[0]);
    expect(new Set(segments[index]?.map((segment) => JSON.stringify(segment.span))).size).toBe(
      segments[index]?.length,
    );
  }
  expect(new Set(items.map((item) => item.path)).size).toBe(items.length);
  const query = new Float32Array([0.3, 0.5, 0.8, 0.01, 0.01, 0, 0, 0]);
  const scored = (hits: Awaited<ReturnType<typeof store.nearest>>) =>
    hits
      .map((hit) => `${hit.score.toFixed(5)} ${hit.item.path} ${hit.segment.text}`)
      .sort((a, b) => a.localeCompare(b));
  const near = scored(await store.nearest(query, all));
  const matching = (await store.matching("version 第3行", all)).map(
    (hit) => `${hit.item.path} ${hit.segment.text}`,
  );
  matching.sort((a, b) => a.localeCompare(b));
  return { items, segments, near, matching, counts: await store.counts() };
}

test(`an indexer that is killed ${kills} times loses, doubles and halves nothing`, {
  timeout: 180_000,
}, async () => {
  const random = randomFrom(20_261_124);
  const root = path.join(folder, "media");
  const library = path.join(folder, "library");
  await mkdir(root);
  for (let index = 0; index < 24; index++) {
    await writeLines(path.join(root, `${index}.mp4`), 5 + Math.floor(random() * 60));
  }
  let killed = 0;
  for (let round = 0; killed < kills; round++) {
    expect(round).toBeLessThan(kills * 4);
    if (await killAfter(random() * 700, library, root)) killed += 1;
    await contentOf(library);
    await disturb(root, random);
    await disturb(root, random);
  }
  await runToEnd(library, root);
  const survived = await contentOf(library);
  await runToEnd(path.join(folder, "undisturbed"), root);
  expect(survived).toEqual(await contentOf(path.join(folder, "undisturbed")));
  expect(survived.items.length).toBe((await readdir(root)).length);
  expect(await readdir(library)).not.toContain("index.lock");
});
