import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { IndexEndEvent, IndexEvent } from "../../src/indexing/index-event.ts";
import { type IndexOptions, indexLibrary } from "../../src/indexing/index-library.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import { lineExtractors } from "../fakes/line-extractor.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";

export interface Fixture extends AsyncDisposable {
  readonly root: string;
  readonly libraryDirectory: string;
  readonly store: MediaStore;
  /** Paths that were taken apart since the last call, below the root, in order. */
  encodedFiles(): string[];
  write(name: string, text: string): Promise<string>;
  index(over?: Partial<IndexOptions>, signal?: AbortSignal): Promise<IndexEvent[]>;
}

let clock = 1_600_000_000;

/** A temporary folder of media made of lines, a library beside it, and an index in memory. */
export async function openFixture(options: { readonly msPerLine?: number } = {}): Promise<Fixture> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sightline-index-"));
  const root = path.join(folder, "media");
  const libraryDirectory = path.join(folder, "library");
  await mkdir(root);
  const store = openMemoryStore();
  const encoded: string[] = [];
  const extractors = lineExtractors({
    ...options,
    onExtract: (file) => encoded.push(path.relative(root, file)),
  });
  const index: Fixture["index"] = async (over = {}, signal = new AbortController().signal) => {
    const events: IndexEvent[] = [];
    const given = { roots: [root], store, encoder: openMeanEncoder(), extractors, libraryDirectory, ...over };
    for await (const event of indexLibrary(given, signal)) events.push(event);
    return events;
  };
  return {
    root,
    libraryDirectory,
    store,
    index,
    encodedFiles: () => encoded.splice(0).sort((a, b) => a.localeCompare(b)),
    write: async (name, text) => {
      const file = path.resolve(root, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      clock += 1;
      await utimes(file, clock, clock);
      return file;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export function endOf(events: readonly IndexEvent[]): IndexEndEvent {
  const last = events.at(-1);
  if (last?.type !== "index-end") throw new Error(`The last event is ${last?.type}.`);
  return last;
}
