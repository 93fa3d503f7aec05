import type { Coverage } from "../media/coverage.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Filter, MediaStore } from "../store/media-store.ts";

/** Larger than any library: a store's own default limit is for results. */
export const everything = 1_000_000;

/** What a search with this filter examines. `unreadableFiles` counts files whose indexing failed, which no store holds. */
export async function coverageOf(
  store: MediaStore,
  filter: Filter,
  unknownWords: readonly string[],
  unreadableFiles: Promise<number> | number = 0,
): Promise<Coverage> {
  const { limit: _limit, ...examined } = filter;
  const { sources: _sources, within: _within, ...files } = examined;
  const [items, counts, unreadable] = await Promise.all([
    store.list({ ...files, limit: everything }),
    store.counts(examined),
    unreadableFiles,
  ]);
  const count = (kind: MediaItem["kind"]) => items.filter((item) => item.kind === kind);
  return {
    items: items.length + unreadable,
    unreadable,
    videoMs: count("video").reduce((sum, item) => sum + examinedMs(item, filter), 0),
    images: count("image").length,
    pages: count("document").reduce((sum, item) => sum + (item.pages ?? 1), 0),
    segments: counts.segments,
    unknownWords,
  };
}

function examinedMs(item: MediaItem, { within }: Filter): number {
  const whole = item.durationMs ?? 0;
  if (within === undefined) return whole;
  return Math.max(0, Math.min(whole, within.endMs) - Math.max(0, within.startMs));
}
