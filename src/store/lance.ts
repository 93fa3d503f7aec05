import { holdTable } from "./lance-held.ts";
import { countRows, itemSegments, listItems, scanSegments } from "./lance-read.ts";
import type { Space } from "./lance-schema.ts";
import { matchingSegments, nearestSegments } from "./lance-search.ts";
import { openTable } from "./lance-table.ts";
import { tidyTable } from "./lance-upkeep.ts";
import { moveRows, removeRows, replaceCaptions, replaceRows } from "./lance-write.ts";
import type { Filter, MediaStore } from "./media-store.ts";

/**
 * The index of a library as a LanceDB table for each vector space, in a folder or on an object store
 * (`s3://bucket/prefix`). Any number of processes may read; in a folder one may write at a time (`indexing/lock.ts`),
 * on an object store one of each machine. Throws `Failure`: `unsupported` for an index of a newer Sightline,
 * `corrupt` for a damaged one, `disk-full`. A small table that is read often answers from memory (`lance-held.ts`):
 * from the `heldAfter`th read of a version on.
 */
export async function openLanceStore(
  directory: string,
  space: Space,
  { heldAfter }: { readonly heldAfter?: number } = {},
): Promise<MediaStore> {
  const open = await openTable(directory, space);
  const held = holdTable(open, heldAfter);
  const list = async (filter: Filter) => (await held.current())?.list(filter) ?? listItems(open, filter);
  return {
    space: space.space,
    put: (item, segments) => replaceRows(open, [{ item, segments }]),
    putAll: (replacements) => replaceRows(open, replacements),
    putCaptions: (id, captions) => replaceCaptions(open, id, captions),
    move: (id, item) => moveRows(open, [{ ...item, id }]),
    moveAll: (items) => moveRows(open, items),
    remove: (id, ...more) => removeRows(open, [id, ...more]),
    get: async (id) => (await list({ mediaIds: [id], limit: 1 }))[0],
    list,
    segments: async (id, sources) =>
      (await held.current())?.segments(id, sources) ?? itemSegments(open, id, sources),
    scan: async (filter) => (await held.current())?.scan(filter) ?? scanSegments(open, filter),
    nearest: async (vector, filter) =>
      (await held.current())?.nearest(vector, filter) ?? nearestSegments(open, vector, filter),
    matching: (text, filter) => matchingSegments(open, held, text, filter),
    counts: async (filter = {}) => (await held.current())?.counts(filter) ?? countRows(open, filter),
    optimize: (signal) => tidyTable(open, signal),
    [Symbol.asyncDispose]: async () => open.table.close(),
  };
}
