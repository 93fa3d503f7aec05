/** One entry of a fused ranking. */
export interface Fused<Value> {
  readonly value: Value;
  readonly score: number;
}

/**
 * Reciprocal rank fusion: the score of a value is the sum over lists of 1 / (k + rank), rank counted from 1.
 * Values are the same when their keys are; the first seen is kept, and earlier lists win ties.
 * Source: G. Cormack, C. Clarke, S. Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual
 * rank learning methods", SIGIR 2009; k = 60 is theirs.
 */
export function fuseRanks<Value>(
  lists: readonly (readonly Value[])[],
  keyOf: (value: Value) => string,
  k = 60,
): readonly Fused<Value>[] {
  const fused = new Map<string, { value: Value; score: number }>();
  for (const list of lists) {
    const seen = new Set<string>();
    for (const value of list) {
      const key = keyOf(value);
      if (seen.has(key)) continue;
      seen.add(key);
      const entry = fused.get(key) ?? { value, score: 0 };
      entry.score += 1 / (k + seen.size);
      fused.set(key, entry);
    }
  }
  return [...fused.values()].sort((a, b) => b.score - a.score);
}
