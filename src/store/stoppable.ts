import type { MediaStore } from "./media-store.ts";

/**
 * The same store for one caller, who waits no longer than until `signal`. The engine takes no signal: what it has
 * begun it ends by itself, so a write may still arrive, whole, after its caller has gone.
 */
export function stoppable(store: MediaStore, signal: AbortSignal): MediaStore {
  const wait = <T>(work: () => Promise<T>) => untilStopped(work, signal);
  return {
    space: store.space,
    put: (item, segments) => wait(() => store.put(item, segments)),
    putAll: (replacements) => wait(() => store.putAll(replacements)),
    putCaptions: (id, captions) => wait(() => store.putCaptions(id, captions)),
    move: (id, item) => wait(() => store.move(id, item)),
    moveAll: (items) => wait(() => store.moveAll(items)),
    remove: (id, ...more) => wait(() => store.remove(id, ...more)),
    get: (id) => wait(() => store.get(id)),
    list: (filter) => wait(() => store.list(filter)),
    segments: (id, sources) => wait(() => store.segments(id, sources)),
    scan: (filter) => wait(() => store.scan(filter)),
    nearest: (vector, filter) => wait(() => store.nearest(vector, filter)),
    matching: (text, filter) => wait(() => store.matching(text, filter)),
    counts: (filter) => wait(() => store.counts(filter)),
    optimize: (ownSignal) => wait(() => store.optimize(ownSignal)),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** What `work` gives, or the signal's reason as soon as it is aborted, whatever becomes of the work. */
export async function untilStopped<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let leave = () => {};
  const stopped = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
