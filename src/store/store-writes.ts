import type { MediaStore } from "./media-store.ts";

/** All of a store but its reads, for one that shows the same rows in another way. */
export function writesOf(
  store: MediaStore,
): Omit<MediaStore, "get" | "list" | "segments" | "scan" | "nearest" | "matching" | "counts"> {
  return {
    space: store.space,
    put: (item, segments) => store.put(item, segments),
    putAll: (replacements) => store.putAll(replacements),
    putCaptions: (id, captions) => store.putCaptions(id, captions),
    move: (id, item) => store.move(id, item),
    moveAll: (items) => store.moveAll(items),
    remove: (id, ...more) => store.remove(id, ...more),
    optimize: (signal) => store.optimize(signal),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
