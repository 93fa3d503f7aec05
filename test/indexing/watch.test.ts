import { appendFile, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { IndexEndEvent } from "../../src/indexing/index-event.ts";
import { watchLibrary } from "../../src/indexing/watch.ts";
import { lineExtractors } from "../fakes/line-extractor.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";
import { openFixture } from "./library-fixture.ts";

test("the index follows new, growing and deleted files until it is told to stop", {
  timeout: 30_000,
}, async () => {
  await using library = await openFixture();
  await library.write("a.mp4", "one\n");
  const { root, store, libraryDirectory } = library;
  const stop = new AbortController();
  const options = {
    roots: [root],
    store,
    encoder: openMeanEncoder(),
    extractors: lineExtractors(),
    libraryDirectory,
    settleMs: 300,
  };
  const rounds = watchLibrary(options, stop.signal);
  const nextEnd = async (): Promise<IndexEndEvent> => {
    for (;;) {
      const { value } = await rounds.next();
      if (value?.type === "index-end") return value;
    }
  };
  expect(await nextEnd()).toMatchObject({ added: 1 });

  const second = nextEnd();
  const growing = await library.write("b.mp4", "first\n");
  for (let line = 0; line < 5; line++) {
    await sleep(80);
    await appendFile(growing, `line ${line}\n`);
  }
  expect(await second).toMatchObject({ added: 1, updated: 0, unchanged: 1, failed: [] });
  expect(await store.counts()).toMatchObject({ items: 2, segments: 7 });

  const third = nextEnd();
  await rm(growing);
  expect(await third).toMatchObject({ removed: 1, unchanged: 1 });

  const after = rounds.next();
  stop.abort();
  await after;
  for await (const _ of rounds) expect(stop.signal.aborted).toBe(true);
});
