import type { FileCopy, MediaItem } from "../media/media-item.ts";
import { isInside } from "./is-inside.ts";
import type { MediaStore, SearchHit } from "./media-store.ts";
import { writesOf } from "./store-writes.ts";

/**
 * A shared index, seen from a machine that has the media at another path than the one that indexed them first: each
 * item lies where this machine has it, as far as the folders indexed here tell. `ownRoots` is asked at every read:
 * a server goes on while more is indexed.
 */
export function withOwnPaths(store: MediaStore, ownRoots: () => Promise<readonly string[]>): MediaStore {
  const own = async (items: readonly MediaItem[]) => {
    const roots = await ownRoots();
    return items.map((item) => ownPathFirst(item, roots));
  };
  const ownHits = async (hits: readonly SearchHit[]) => {
    const roots = await ownRoots();
    return hits.map((hit) => ({ ...hit, item: ownPathFirst(hit.item, roots) }));
  };
  return {
    ...writesOf(store),
    get: async (id) => {
      const item = await store.get(id);
      return item && ownPathFirst(item, await ownRoots());
    },
    list: async (filter) => own(await store.list(filter)),
    segments: (id, sources) => store.segments(id, sources),
    scan: async (filter) => ownHits(await store.scan(filter)),
    nearest: async (vector, filter) => ownHits(await store.nearest(vector, filter)),
    matching: async (text, filter) => ownHits(await store.matching(text, filter)),
    counts: (filter) => store.counts(filter),
  };
}

/** The same item; its first place changes with one of its copies, where only that lies below a root. */
export function ownPathFirst(item: MediaItem, roots: readonly string[]): MediaItem {
  const isOwn = (place: FileCopy) => roots.some((root) => isInside(place.path, root));
  if (isOwn(item)) return item;
  const home = item.copies?.find(isOwn);
  if (!home) return item;
  const others = (item.copies ?? []).filter((copy) => copy !== home);
  const first = { path: item.path, modifiedAt: item.modifiedAt };
  return { ...item, ...home, copies: [first, ...others] };
}
