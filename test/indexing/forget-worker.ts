import { forgetMedia } from "../../src/indexing/forget-media.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import { openMeanEncoder } from "../fakes/mean-encoder.ts";

/** `forget-worker LIBRARY PATH`: what `sightline forget` does. Says "began" when it has all that it needs. */
const [libraryDirectory = "", place = ""] = process.argv.slice(2);
await using store = await openLanceStore(libraryDirectory, openMeanEncoder());
const nothing = async () => undefined;
const parts = { stores: [store], libraryDirectory, dropCaches: nothing, takeStock: nothing };
process.stdout.write("began\n");
await forgetMedia({ paths: [place], ...parts }, new AbortController().signal);
