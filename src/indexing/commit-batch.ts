import type { MediaStore, Replacement } from "../store/media-store.ts";

/** One commit costs about 12 ms and leaves a file behind: small items share one. */
const enoughRows = 256;
/** What a kill may cost, at most, beside the files at work. */
const longestWaitMs = 1_500;
/** After so many commits the searches feel the small files. Tidying rewrites the table, so the pause doubles with it. */
const firstTidyingAfter = 64;
const longestPause = 512;

export interface CommitBatch {
  /** Resolves at once, or when the commit that it set off is durable. */
  add(replacement: Replacement): Promise<void>;
  flush(): Promise<void>;
}

/** Gathers finished items and commits them together; each is still one atomic step. `onCommitted` follows in order. */
export function commitBatch(store: MediaStore, onCommitted: (done: Replacement) => void): CommitBatch {
  let waiting: Replacement[] = [];
  let rows = 0;
  let timer: NodeJS.Timeout | undefined;
  let commits = 0;
  let pause = firstTidyingAfter;
  let writing: Promise<void> = Promise.resolve();

  const write = async (batch: readonly Replacement[]) => {
    await store.putAll(batch);
    for (const replacement of batch) onCommitted(replacement);
    commits += 1;
    if (commits < pause) return;
    commits = 0;
    pause = Math.min(longestPause, pause * 2);
    await store.optimize();
  };
  const flush = () => {
    clearTimeout(timer);
    const batch = waiting;
    waiting = [];
    rows = 0;
    if (batch.length > 0) writing = writing.then(() => write(batch));
    return writing;
  };
  return {
    flush,
    add: async (replacement) => {
      waiting.push(replacement);
      rows += replacement.segments.length + 1;
      if (rows >= enoughRows) return flush();
      // A failed write stays in the chain: whoever adds or flushes next meets it.
      if (waiting.length === 1) timer = setTimeout(() => flush().catch(() => undefined), longestWaitMs);
    },
  };
}
