import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLibrary } from "../../src/indexing/library-file.ts";
import { type BuiltWorker, buildWorker } from "../fakes/build-worker.ts";
import { openForgetWorld } from "./forget-world.ts";

const kills = 8;
let worker: BuiltWorker;

beforeAll(async () => {
  worker = await buildWorker("test/indexing/forget-worker.ts");
});

afterAll(() => worker[Symbol.asyncDispose]());

/** The exit status; null when it was killed before it was done. */
async function forgetUntil(ms: number, library: string, place: string): Promise<number | null> {
  const child = spawn(process.execPath, [worker.script, library, place], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), exited]);
  await Promise.race([sleep(ms), exited]);
  child.kill("SIGKILL");
  const [status] = await exited;
  return status as number | null;
}

test(`a run that is killed at any of ${kills} moments leaves all or nothing in the index, and the next one ends it`, {
  timeout: 60_000,
}, async () => {
  await using library = await openForgetWorld();
  for (let file = 0; file < 40; file++) await library.write(`private/${file}.mp4`, `boiler ${file}\n`);
  await library.write("a.mp4", "one\n");
  const { libraryDirectory } = library;
  const place = path.join(library.root, "private");
  for (let round = 0; round < kills; round++) {
    await library.index();
    await library.index({ roots: [place] });
    expect(await library.held()).toHaveLength(41);
    const status = await forgetUntil(round * 12, libraryDirectory, place);
    expect([1, 41]).toContain((await library.held()).length);
    const { forgetting, roots } = await readLibrary(libraryDirectory);
    // Before the record said so nothing had happened; from then on nothing may bring it back.
    if (roots.includes(place)) expect(await library.held()).toHaveLength(41);
    if (status === null && (forgetting !== undefined || roots.includes(place)))
      await library.forget(["private"]);
    await library.index({ roots: [] });
    expect(await library.held()).toEqual(["a.mp4"]);
    expect(await readLibrary(libraryDirectory)).toMatchObject({ roots: [library.root], excluded: [place] });
  }
});
