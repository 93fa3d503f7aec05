import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLanceStore } from "../../src/store/lance.ts";
import { contractDimensions, itemNamed, numberedSegments } from "../contracts/store-items.ts";
import { type BuiltWorker, buildWorker } from "../fakes/build-worker.ts";

const rounds = 10;
let library = "";
let worker: BuiltWorker;

beforeAll(async () => {
  library = await mkdtemp(path.join(os.tmpdir(), "sightline-store-kill-"));
  worker = await buildWorker("test/store/kill-worker.ts");
});

afterAll(async () => {
  await rm(library, { recursive: true, force: true });
  await worker[Symbol.asyncDispose]();
});

/** Kills a writer that does nothing but replace; gives the last version that it called durable. */
async function killWriter(first: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [worker.script, library, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  await once(child.stdout, "data");
  await sleep(afterMs);
  child.kill("SIGKILL");
  await exited;
  const complete = said.slice(0, said.lastIndexOf("\n")).split("\n");
  return Number(complete.at(-1));
}

test("a writer that is killed while it replaces an item leaves one version, whole", {
  timeout: 90_000,
}, async () => {
  let version = 0;
  for (let round = 0; round < rounds; round++) {
    const durable = await killWriter(version + 1, 20 + ((round * 53) % 190));
    await using store = await openLanceStore(library, { space: "kill", dimensions: contractDimensions });
    const items = await store.list({});
    expect(items.length).toBe(1);
    version = items[0]?.bytes ?? 0;
    expect(version).toBeGreaterThanOrEqual(durable);
    expect(version).toBeLessThanOrEqual(durable + 1);
    const item = itemNamed("one", { bytes: version });
    const expected = numberedSegments(item, version).map(({ vector: _, ...segment }) => segment);
    expect(await store.segments(item.id)).toEqual(expected);
    expect(await store.counts()).toEqual({ items: 1, segments: expected.length, vectors: expected.length });
    expect((await store.matching("version", { limit: 500 })).length).toBe(expected.length);
  }
  expect(version).toBeGreaterThan(rounds);
});
