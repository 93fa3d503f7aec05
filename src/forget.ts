import path from "node:path";
import { type Config, indexPlace } from "./config.ts";
import { type ForgetOptions, type Forgotten, forgetMedia } from "./indexing/forget-media.ts";
import { readLibrary } from "./indexing/library-file.ts";
import { writeOverview } from "./indexing/overview-file.ts";
import { Failure } from "./media/failure.ts";
import { hasIndex, spacesIn } from "./store/index-place.ts";
import type { Space } from "./store/lance-schema.ts";
import type { MediaStore } from "./store/media-store.ts";
import { dropScratchPictures } from "./tools/scratch-pictures.ts";

export interface ForgetRequest extends Pick<ForgetOptions, "wait" | "onWaiting" | "dryRun"> {
  /** Absolute files and folders; they need not exist any more. */
  readonly paths: readonly string[];
}

type OpenSpace = (space: Space) => Promise<MediaStore>;

/** Takes files and folders out of the library that the settings name, whatever encoder they were indexed with. */
export async function forget(
  config: Config,
  openSpace: OpenSpace,
  request: ForgetRequest,
  signal: AbortSignal,
): Promise<Forgotten> {
  const place = indexPlace(config);
  if (!(await hasIndex(place))) throw nothingIndexed(config.library);
  const libraryDirectory = config.library;
  const scratch = path.join(libraryDirectory, "scratch");
  const stores: MediaStore[] = [];
  try {
    for (const space of await spacesIn(place)) stores.push(await openSpace(space));
    const options: ForgetOptions = {
      ...request,
      stores,
      libraryDirectory,
      dropCaches: (ids) => dropScratchPictures(scratch, ids),
      takeStock: () => takeStock(libraryDirectory, stores),
    };
    return await forgetMedia(options, signal);
  } finally {
    for (const store of stores) await store[Symbol.asyncDispose]();
  }
}

/** Whether a run of `forget` was killed before its end. */
export async function isForgetting(config: Config): Promise<boolean> {
  return ((await readLibrary(config.library)).forgetting ?? []).length > 0;
}

/** Of several spaces the one that holds most speaks for the library until the next indexing. */
async function takeStock(libraryDirectory: string, stores: readonly MediaStore[]): Promise<void> {
  const sizes = await Promise.all(stores.map(async (store) => (await store.counts()).items));
  const largest = stores[sizes.indexOf(Math.max(...sizes))];
  if (largest) await writeOverview(libraryDirectory, largest);
}

function nothingIndexed(library: string): Failure {
  return new Failure({
    code: "not-found",
    message: `Nothing is indexed in the library ${library}.`,
    remedy: "There is nothing to forget. Another library is named with --library DIR.",
  });
}
