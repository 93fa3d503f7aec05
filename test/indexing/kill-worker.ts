import { indexLibrary } from "../../src/indexing/index-library.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import { lineExtractors } from "../fakes/line-extractor.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";

/** `kill-worker LIBRARY ROOT [INDEX]`: what `sightline index` does, with a small extractor; prints its events as lines of JSON. */
const [libraryDirectory = "", root = "", place = libraryDirectory] = process.argv.slice(2);
const encoder = openMeanEncoder();
await using store = await openLanceStore(place, encoder);
const extractors = lineExtractors({ msPerLine: 2 });
const options = { roots: [root], store, encoder, extractors, libraryDirectory };
for await (const event of indexLibrary(options, new AbortController().signal)) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
