export interface Similar<Value> {
  readonly value: Value;
  /** Cosine similarity. */
  readonly score: number;
}

/** The values whose vectors are most like `vector`, best first; equals keep their order. Unit length is not needed. */
export function mostSimilar<Value extends { readonly vector: Float32Array | null }>(
  vector: Float32Array,
  values: readonly Value[],
  limit: number,
): readonly Similar<Value>[] {
  if (limit === 0 || vector.every((value) => value === 0)) return [];
  const scored = values.flatMap((value) =>
    value.vector === null ? [] : [{ value, score: cosine(vector, value.vector) }],
  );
  return aboveCut(scored, limit)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}

/** Numbers sort many times faster than objects: only what the limit can leave goes on. */
function aboveCut<Value>(scored: Similar<Value>[], limit: number): Similar<Value>[] {
  if (scored.length <= limit) return scored;
  const cut = Float64Array.from(scored, ({ score }) => score)
    .sort()
    .at(-limit)!;
  return scored.filter(({ score }) => score >= cut);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, left, right] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    dot += x * y;
    left += x * x;
    right += y * y;
  }
  return dot / Math.sqrt(left * right);
}
