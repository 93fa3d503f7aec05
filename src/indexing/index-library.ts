import path from "node:path";
import type { Encoder } from "../encoder/encoder.ts";
import type { Extractor } from "../ingest/extractor.ts";
import { Failure } from "../media/failure.ts";
import type { MediaKind } from "../media/media-item.ts";
import { isInside } from "../store/is-inside.ts";
import type { MediaStore } from "../store/media-store.ts";
import { carryOut, type Outcome } from "./carry-out.ts";
import { estimate } from "./estimate.ts";
import { eventQueue } from "./event-queue.ts";
import { excludedBeside } from "./excluded.ts";
import type { IndexEvent, IndexPlanEvent } from "./index-event.ts";
import { type LibraryRecord, readLibrary, writeLibrary } from "./library-file.ts";
import { lockLibrary } from "./lock.ts";
import { type Survey, survey } from "./survey.ts";

export interface IndexOptions {
  /** Files and folders; none means all that were ever given. */
  readonly roots: readonly string[];
  readonly store: MediaStore;
  readonly encoder: Encoder;
  readonly extractors: ReadonlyMap<MediaKind, Extractor>;
  readonly libraryDirectory: string;
  /** Where the index lies, if other machines write to it too. */
  readonly sharedIndex?: string;
  /** Files at work at once; 2 by default. */
  readonly concurrency?: number;
  /** Wait for another indexer instead of failing with `busy`. */
  readonly wait?: boolean;
  /** A watcher's later round: of the given roots only those that were not forgotten meanwhile. */
  readonly onlyKnownRoots?: boolean;
  /** Only say what would be done. */
  readonly dryRun?: boolean;
}

/**
 * Brings the index of a library up to date with the disk: lock, survey, plan, carry out. The last event is
 * `index-end`, also after an abort (`interrupted`). Throws `Failure`: `busy`, `not-found` for a root that never
 * was, `disk-full`, `corrupt`. Every state it can be killed in is one that the next run goes on from.
 */
export async function* indexLibrary(
  options: IndexOptions,
  signal: AbortSignal,
): AsyncGenerator<IndexEvent, void, undefined> {
  const queue = eventQueue<IndexEvent>();
  const abandoned = new AbortController();
  const run = runToEnd(options, AbortSignal.any([signal, abandoned.signal]), queue.push).then(
    () => queue.end(),
    (error: unknown) => queue.end(error),
  );
  try {
    yield* queue.drain();
  } finally {
    abandoned.abort();
    await run;
  }
}

type Emit = (event: IndexEvent) => void;

async function runToEnd(options: IndexOptions, signal: AbortSignal, emit: Emit): Promise<void> {
  const { libraryDirectory, dryRun = false, wait = false } = options;
  try {
    if (dryRun) {
      await preview(options, signal, emit);
      return;
    }
    const onWaiting = (holder: Extract<IndexEvent, { type: "index-waiting" }>["holder"]) =>
      emit({ type: "index-waiting", holder });
    await using _lock = await lockLibrary(libraryDirectory, signal, { wait, onWaiting });
    await update(options, signal, emit);
  } catch (error) {
    if (!signal.aborted || error instanceof Failure) throw error;
    emit(endEvent(nothingDone, 0, [], []));
  }
}

async function preview(options: IndexOptions, signal: AbortSignal, emit: Emit): Promise<void> {
  const library = await readLibrary(options.libraryDirectory);
  const found = await look(options, library, signal, emit);
  emit(
    endEvent(
      { ...nothingDone, interrupted: false },
      found.plan.unchanged,
      found.unreadable,
      found.notMounted,
    ),
  );
}

async function update(options: IndexOptions, signal: AbortSignal, emit: Emit): Promise<void> {
  const { libraryDirectory, concurrency = 2 } = options;
  const before = await readLibrary(libraryDirectory);
  const found = await look(options, before, signal, emit);
  const given = rootsOf(options, before);
  const roots = [...new Set([...before.roots, ...given])];
  const excluded = excludedBeside(given, before);
  const { forgetting } = before;
  const places = {
    roots,
    ...(excluded.length > 0 ? { excluded } : {}),
    ...(forgetting === undefined ? {} : { forgetting }),
  };
  const index = options.sharedIndex === undefined ? {} : { index: options.sharedIndex };
  const { excluded: _, ...others } = before;
  await writeLibrary(libraryDirectory, { ...others, ...index, ...places });
  const outcome = await carryOut(found.plan, { ...options, concurrency, costs: before.costs, emit }, signal);
  const failed = [...found.unreadable, ...outcome.failed];
  const failures = outcome.interrupted ? merged(before, failed) : [...outOfScope(before, found), ...failed];
  await writeLibrary(libraryDirectory, { ...index, ...places, failures, costs: outcome.costs });
  emit(endEvent(outcome, found.plan.unchanged, failed, found.notMounted));
}

/** After an interruption, files that were not tried again keep their old failure. */
function merged(before: LibraryRecord, failed: LibraryRecord["failures"]): LibraryRecord["failures"] {
  const tried = new Set(failed.map((failure) => failure.path));
  return [...before.failures.filter((failure) => !tried.has(failure.path)), ...failed];
}

function outOfScope({ failures }: LibraryRecord, { inScope, notMounted }: Survey): LibraryRecord["failures"] {
  const isHidden = (file: string) => notMounted.some((root) => isInside(file, root));
  return failures.filter((failure) => !inScope(failure.path) || isHidden(failure.path));
}

function rootsOf({ roots, onlyKnownRoots }: IndexOptions, library: LibraryRecord): string[] {
  const given = roots.length > 0 ? roots : library.roots;
  const absolute = [...new Set(given.map((root) => path.resolve(root)))];
  return onlyKnownRoots ? absolute.filter((root) => library.roots.includes(root)) : absolute;
}

async function look(options: IndexOptions, library: LibraryRecord, signal: AbortSignal, emit: Emit) {
  const { store, encoder, libraryDirectory, concurrency = 2 } = options;
  const roots = rootsOf(options, library);
  const knownRoots = library.roots;
  const { sharedIndex } = options;
  const shared =
    sharedIndex === undefined ? {} : { ownRoots: library.index === sharedIndex ? knownRoots : [] };
  const excluded = excludedBeside(roots, library);
  const found = await survey({ roots, knownRoots, excluded, store, libraryDirectory, ...shared }, signal);
  const files = found.plan.encode.map((step) => step.file);
  const { costs } = library;
  const cost = estimate(files, { costs, dimensions: encoder.dimensions, concurrency });
  emit(planEvent(found, cost));
  return found;
}

function planEvent({ plan, notMounted }: Survey, cost: IndexPlanEvent["estimate"]): IndexPlanEvent {
  const count = (status: string) => plan.encode.filter((step) => step.status === status).length;
  return {
    type: "index-plan",
    new: count("added"),
    changed: count("updated"),
    moved: plan.moved.length,
    gone: plan.gone.length,
    unchanged: plan.unchanged,
    notMounted,
    estimate: cost,
  };
}

const nothingDone = { added: 0, updated: 0, moved: 0, removed: 0, interrupted: true } as const;

function endEvent(
  outcome: Omit<Outcome, "failed" | "costs">,
  unchanged: number,
  failed: LibraryRecord["failures"],
  notMounted: readonly string[],
): IndexEvent {
  const { added, updated, moved, removed, interrupted } = outcome;
  const counts = { added, updated, moved, removed, unchanged };
  return { type: "index-end", ...counts, failed, notMounted, ...(interrupted ? { interrupted } : {}) };
}
