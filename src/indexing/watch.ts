import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FSWatcher } from "chokidar";
import type { IndexEvent } from "./index-event.ts";
import { type IndexOptions, indexLibrary } from "./index-library.ts";
import { readLibrary } from "./library-file.ts";

export interface WatchOptions extends Omit<IndexOptions, "dryRun" | "onlyKnownRoots"> {
  /** A file counts as finished when its size has stood still for this long; ms, 2,000 by default. */
  readonly settleMs?: number;
}

/**
 * Indexes once, and again whenever something below the roots has changed and settled, until aborted. Each round
 * ends with its `index-end`. A round looks at all roots: a change is found even if the system lost its notice.
 */
export async function* watchLibrary(
  options: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<IndexEvent, void, undefined> {
  const { settleMs = 2_000 } = options;
  const bell = doorbell(signal);
  const roots =
    options.roots.length > 0 ? options.roots : (await readLibrary(options.libraryDirectory)).roots;
  const watcher = await startWatching(roots, { ...options, settleMs }, bell.ring);
  try {
    for (let onlyKnownRoots = false; !signal.aborted; onlyKnownRoots = true) {
      bell.reset();
      yield* indexLibrary({ ...options, wait: true, onlyKnownRoots }, signal);
      await bell.rung();
      // A folder that is copied in rings once a file: one round for all of them.
      await sleep(Math.min(500, settleMs), undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await watcher.close();
  }
}

async function startWatching(
  roots: readonly string[],
  { settleMs, libraryDirectory }: { readonly settleMs: number; readonly libraryDirectory: string },
  ring: () => void,
): Promise<FSWatcher> {
  const { watch } = await import("chokidar");
  const given = new Set(roots.map((root) => path.resolve(root)));
  const library = path.resolve(libraryDirectory);
  const watcher = watch([...given], {
    ignoreInitial: true,
    ignored: (file) => !given.has(file) && (file === library || path.basename(file).startsWith(".")),
    awaitWriteFinish: { stabilityThreshold: settleMs, pollInterval: Math.max(20, settleMs / 10) },
    ignorePermissionErrors: true,
  });
  watcher.on("all", ring);
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  return watcher;
}

/** Remembers a ring until it is heard; an abort rings too. */
function doorbell(signal: AbortSignal) {
  let hasRung = false;
  let wake = () => {};
  const ring = () => {
    hasRung = true;
    wake();
  };
  signal.addEventListener("abort", ring);
  return {
    ring,
    rung: () => (hasRung ? Promise.resolve() : new Promise<void>((resolve) => (wake = resolve))),
    reset: () => {
      hasRung = signal.aborted;
    },
  };
}
