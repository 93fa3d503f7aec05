/**
 * Whether two readings are of the same text. Words count, not their order. One word may be read otherwise, and up to
 * three on a full page; a dialog that opens over a page adds more than that, so it is another text.
 */
export function sameText(a: string, b: string): boolean {
  const [first, second] = [wordCounts(a), wordCounts(b)];
  const total = Math.max(size(first), size(second));
  const allowed = total < 4 ? 0 : 2 + Math.min(4, total / 20);
  return missing(first, second) + missing(second, first) <= allowed;
}

/** Chinese has no spaces: every character counts as a word. */
function wordCounts(text: string): ReadonlyMap<string, number> {
  const words = text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function size(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** How many words of `a` are not in `b`. */
function missing(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let count = 0;
  for (const [word, times] of a) count += Math.max(0, times - (b.get(word) ?? 0));
  return count;
}
