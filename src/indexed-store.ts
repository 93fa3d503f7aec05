import { type Config, indexPlace } from "./config.ts";
import { type LibraryRecord, libraryReader } from "./indexing/library-file.ts";
import { Failure } from "./media/failure.ts";
import { hasIndex, spacesIn } from "./store/index-place.ts";
import { isInside } from "./store/is-inside.ts";
import type { Filter, MediaStore } from "./store/media-store.ts";
import { withOwnPaths } from "./store/own-paths.ts";
import { scopeStore } from "./store/scoped.ts";

/** The store, for questions: throws `Failure` where nothing is indexed with the encoder in use. */
export async function openIndexed(config: Config, store: () => Promise<MediaStore>): Promise<MediaStore> {
  const place = indexPlace(config);
  const named = config.index === undefined ? config.library : place;
  const nothing = new Failure({
    code: "not-found",
    message: `Nothing is indexed yet in the library ${named}.`,
    remedy: "Index a folder first: sightline index ~/Videos",
  });
  if (!(await hasIndex(place))) throw nothing;
  const open = await store();
  if ((await open.counts()).items > 0) return seenFromHere(config, open);
  const others = (await spacesIn(place)).map(({ space }) => space).filter((space) => space !== open.space);
  if (others.length === 0) throw nothing;
  throw new Failure({
    code: "not-found",
    message: `The library ${named} is not indexed with this encoder (${open.space}), but with ${others.join(", ")}.`,
    remedy:
      "Index it again with this one: sightline index. What the other one made is kept, for when you go back to it.",
  });
}

/** A shared index names the paths of the machine that came first; see `withOwnPaths`. */
export function seenFromHere(config: Config, store: MediaStore): MediaStore {
  if (config.index === undefined) return store;
  const record = libraryReader(config.library);
  return withOwnPaths(store, async () => (await record()).roots);
}

/** The same, seen through `--in PATH`. Throws `Failure` where nothing lies there. */
export async function narrowed(store: MediaStore, under: string): Promise<MediaStore> {
  const scoped = scopeStore(store, under);
  if ((await scoped.list({ limit: 1 })).length > 0) return scoped;
  throw new Failure({
    code: "not-found",
    message: `Nothing in the library lies under ${under}.`,
    remedy: `Index it first: sightline index "${under}"`,
  });
}

/** Files that could not be read, among those that a filter and a scope leave. */
export function countFailures(
  failures: LibraryRecord["failures"],
  filter: Filter,
  under: string | undefined,
): number {
  const folders = [filter.under, under].filter((folder) => folder !== undefined);
  return failures.filter((failure) => folders.every((folder) => isInside(failure.path, folder))).length;
}
