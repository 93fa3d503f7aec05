import { type FSWatcher, watch } from "node:fs";
import { overviewFile } from "../src/indexing/overview-file.ts";

const settleMs = 150;

/** Hears when any process has finished indexing this library, until it is closed. Holds no process open. */
export function watchOverview(libraryDirectory: string, changed: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const ring = (_: string, file: string | null) => {
    if (file !== overviewFile) return;
    clearTimeout(timer);
    timer = setTimeout(changed, settleMs);
    timer.unref();
  };
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(libraryDirectory, { persistent: false }, ring);
    watcher.on("error", () => watcher?.close());
  } catch {
    // No such folder yet: whoever makes it runs a job of its own, which tells of itself.
  }
  return {
    close: () => {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}
