import { Failure } from "../media/failure.ts";
import type { MediaId } from "../media/media-item.ts";
import { isInside } from "../store/is-inside.ts";
import type { MediaStore } from "../store/media-store.ts";
import { knownForms, withoutPaths } from "./excluded.ts";
import { type ForgetPlan, placesOf, planForgetting } from "./forget-plan.ts";
import { type LibraryRecord, readLibrary, writeLibrary } from "./library-file.ts";
import { type LockHolder, lockLibrary } from "./lock.ts";

export interface ForgetOptions {
  /** Absolute files and folders, which need not exist any more; none: only what a killed run left to do. */
  readonly paths: readonly string[];
  /** The index in each of its vector spaces: what leaves, leaves all of them. */
  readonly stores: readonly MediaStore[];
  readonly libraryDirectory: string;
  /** Takes away what else was kept of these items: pictures made of them. */
  readonly dropCaches: (ids: readonly MediaId[]) => Promise<void>;
  /** Writes down anew what the library holds, before the run is done. */
  readonly takeStock: () => Promise<void>;
  /** Wait for an indexer instead of failing with `busy`. */
  readonly wait?: boolean;
  readonly onWaiting?: (holder: LockHolder) => void;
  /** Only say what would leave. */
  readonly dryRun?: boolean;
}

/** What left, or with `dryRun` would. */
export interface Forgotten {
  readonly files: number;
  /** Segments; those of a file with a copy elsewhere stay. */
  readonly moments: number;
  /** Files that could not be read, and are no longer listed. */
  readonly failures: number;
  readonly roots: readonly string[];
  /** Of the paths, those that stay out of a root that is still indexed. */
  readonly excluded: readonly string[];
}

/**
 * Takes files and folders out of a library; the files themselves are not touched. First the library's record names
 * what is to leave, so that no indexing takes it in again; then the items leave the index, all in one commit of each
 * space; then the record says that it is done. Killed on the way, the next run finishes. Throws `Failure`: `busy`, and
 * `not-found` for a path that the library does not hold, before anything is changed.
 */
export async function forgetMedia(options: ForgetOptions, signal: AbortSignal): Promise<Forgotten> {
  const { libraryDirectory, dryRun = false, ...lockOptions } = options;
  if (dryRun) return (await look(options)).forgotten;
  await using _lock = await lockLibrary(libraryDirectory, signal, lockOptions);
  const { after, paths, plans, forgotten, goesOn } = await look(options);
  signal.throwIfAborted();
  await writeLibrary(libraryDirectory, { ...after, forgetting: paths });
  for (const { store, gone, kept } of plans) {
    await options.dropCaches(gone.map((item) => item.id));
    if (kept.length > 0) await store.moveAll(kept);
    const [first, ...rest] = gone.map((item) => item.id);
    if (first !== undefined) await store.remove(first, ...rest);
    // Rows that were deleted lie on the disk until their files are written anew.
    if (kept.length + gone.length > 0 || goesOn) await store.optimize();
  }
  await options.takeStock();
  await writeLibrary(libraryDirectory, after);
  return forgotten;
}

interface Look {
  readonly forgotten: Forgotten;
  readonly paths: readonly string[];
  readonly plans: readonly (ForgetPlan & { readonly store: MediaStore })[];
  /** A run that was killed began with this. */
  readonly goesOn: boolean;
  /** The record when all is done. */
  readonly after: LibraryRecord;
}

async function look({ paths: given, stores, libraryDirectory }: ForgetOptions): Promise<Look> {
  const { forgetting = [], ...before } = await readLibrary(libraryDirectory);
  const items = await Promise.all(stores.map((store) => store.list({ limit: Number.MAX_SAFE_INTEGER })));
  const places = [
    ...items.flat().flatMap((item) => placesOf(item).map((place) => place.path)),
    ...[...before.roots, ...forgetting, ...before.failures.map((failure) => failure.path)],
  ];
  const paths = [...new Set([...forgetting, ...given.flatMap((one) => formsOf(one, places, before))])];
  const plans = stores.map((store, index) => ({ store, ...planForgetting(items[index] ?? [], paths) }));
  const after = withoutPaths(before, paths);
  const forgotten: Forgotten = {
    files: new Set(plans.flatMap((plan) => plan.files)).size,
    moments: await countMoments(plans),
    failures: before.failures.length - after.failures.length,
    roots: before.roots.filter((root) => !after.roots.includes(root)),
    excluded: (after.excluded ?? []).filter((place) => paths.includes(place)),
  };
  return { forgotten, paths, plans, after, goesOn: forgetting.length > 0 };
}

function formsOf(given: string, places: readonly string[], { roots }: LibraryRecord): readonly string[] {
  const forms = knownForms(given, places);
  if (forms.length > 0) return forms;
  const around = roots.find((root) => isInside(given, root));
  throw new Failure({
    code: "not-found",
    message: `Nothing in the library lies at ${given} or below it.`,
    remedy:
      roots.length === 0
        ? "Nothing is indexed: there is nothing to forget."
        : `Name a file or folder at or below what was indexed: ${around ?? roots.slice(0, 5).join(", ")}`,
  });
}

/** Each item counts once, in whichever space it is found first. */
async function countMoments(plans: Look["plans"]): Promise<number> {
  const counted = new Set<MediaId>();
  let moments = 0;
  for (const { store, gone } of plans) {
    const mediaIds = gone.map((item) => item.id).filter((id) => !counted.has(id));
    if (mediaIds.length > 0) moments += (await store.counts({ mediaIds })).segments;
    for (const id of mediaIds) counted.add(id);
  }
  return moments;
}
