import type { MediaItem } from "../media/media-item.ts";
import { isInside } from "./is-inside.ts";
import type { Filter, MediaStore } from "./media-store.ts";
import { writesOf } from "./store-writes.ts";

/** The same store, seen through `--in PATH`: items elsewhere do not exist. `under` is absolute. */
export function scopeStore(store: MediaStore, under: string): MediaStore {
  const narrow = (filter: Filter = {}): Filter | undefined => {
    if (filter.under === undefined || isInside(under, filter.under)) return { ...filter, under };
    return isInside(filter.under, under) ? filter : undefined;
  };
  const visible = (item: MediaItem | undefined) => (item && liesUnder(item, under) ? item : undefined);
  const rows = <Row>(filter: Filter, read: (filter: Filter) => Promise<readonly Row[]>) => {
    const narrowed = narrow(filter);
    return narrowed ? read(narrowed) : Promise.resolve([]);
  };
  return {
    ...writesOf(store),
    get: async (id) => visible(await store.get(id)),
    list: (filter) => rows(filter, (narrowed) => store.list(narrowed)),
    segments: async (id, sources) => (visible(await store.get(id)) ? store.segments(id, sources) : []),
    scan: (filter) => rows(filter, (narrowed) => store.scan(narrowed)),
    nearest: (vector, filter) => rows(filter, (narrowed) => store.nearest(vector, narrowed)),
    matching: (text, filter) => rows(filter, (narrowed) => store.matching(text, narrowed)),
    counts: (filter) => {
      const narrowed = narrow(filter);
      return narrowed ? store.counts(narrowed) : Promise.resolve({ items: 0, segments: 0, vectors: 0 });
    },
  };
}

function liesUnder(item: MediaItem, under: string): boolean {
  return [item, ...(item.copies ?? [])].some((file) => isInside(file.path, under));
}
