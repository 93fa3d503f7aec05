export interface Measured {
  readonly vector: Float32Array | null;
  /** `lengthOf` the vector. */
  readonly length: number;
}

export interface Similar<Value> {
  readonly value: Value;
  /** Cosine similarity. */
  readonly score: number;
}

/** The values whose vectors are most like `vector`, best first; equals keep their order. */
export function mostSimilar<Value extends Measured>(
  vector: Float32Array,
  values: readonly Value[],
  limit: number,
): readonly Similar<Value>[] {
  const length = lengthOf(vector);
  if (limit === 0 || length === 0) return [];
  const compared = values.filter((value) => value.length > 0);
  const scores = Float64Array.from(compared, (value) => dot(vector, value.vector!) / (length * value.length));
  // Numbers sort many times faster than objects: only what the limit can leave is sorted as such.
  const cut = scores.length > limit ? scores.slice().sort().at(-limit)! : Number.NEGATIVE_INFINITY;
  return compared
    .flatMap((value, i) => (scores[i]! >= cut ? [{ value, score: scores[i]! }] : []))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}

export function lengthOf(vector: Float32Array | null): number {
  return vector === null ? 0 : Math.sqrt(dot(vector, vector));
}

/** The loop that search time goes to. Four sums at once: one alone would wait for itself at every step. */
function dot(a: Float32Array, b: Float32Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + s2 + s3;
}
