import type { Label } from "./concepts.ts";
import {
  choleskyFactor,
  type Matrix,
  matrix,
  product,
  solveFactored,
  transposedProduct,
} from "./linear-algebra.ts";

/** score = row · weights + bias, one column a concept. */
export interface LinearFit {
  readonly weights: Matrix;
  readonly bias: Float64Array;
}

export interface Standard {
  readonly mean: Float64Array;
  /** 1 / standard deviation; 0 for a feature that never changes. */
  readonly scale: Float64Array;
}

export function standardOf(rows: readonly Float64Array[]): Standard {
  const width = rows[0]!.length;
  const mean = new Float64Array(width);
  const scale = new Float64Array(width);
  for (const row of rows) for (let n = 0; n < width; n++) mean[n] = mean[n]! + row[n]! / rows.length;
  for (const row of rows) {
    for (let n = 0; n < width; n++) scale[n] = scale[n]! + (row[n]! - mean[n]!) ** 2 / rows.length;
  }
  for (let n = 0; n < width; n++) scale[n] = scale[n]! > 1e-12 ? 1 / Math.sqrt(scale[n]!) : 0;
  return { mean, scale };
}

function standardised(rows: readonly Float64Array[], { mean, scale }: Standard): Matrix {
  const width = mean.length;
  const result = matrix(rows.length, width);
  rows.forEach((row, index) => {
    for (let n = 0; n < width; n++) result.data[index * width + n] = (row[n]! - mean[n]!) * scale[n]!;
  });
  return result;
}

/** How often labels that teach nothing are filled with the fit's own values, and the fit repeated. */
const fillings = 3;

/**
 * Ridge regression (Hoerl and Kennard, 1970) of 0/1 labels on standardised features; `strength` is the
 * penalty a picture. Missing labels are filled by expectation-maximisation, so that they pull nowhere.
 */
export function fitRidge(
  rows: readonly Float64Array[],
  labels: readonly (readonly Label[])[],
  strength: number,
): LinearFit {
  const standard = standardOf(rows);
  const x = standardised(rows, standard);
  const means = labels[0]!.map((_, concept) => meanLabel(labels, concept));
  const gram = transposedProduct(x, x);
  for (let n = 0; n < x.columns; n++)
    gram.data[n * x.columns + n] = gram.data[n * x.columns + n]! + strength * rows.length;
  const factor = choleskyFactor(gram);
  let fitted = matrix(rows.length, means.length);
  let weights = matrix(x.columns, means.length);
  for (let n = 0; n <= fillings; n++) {
    weights = solveFactored(factor, transposedProduct(x, centred(labels, means, fitted)));
    if (n < fillings) fitted = product(x, weights);
  }
  return unstandardised(weights, means, standard);
}

function meanLabel(labels: readonly (readonly Label[])[], concept: number): number {
  const known = labels.map((row) => row[concept]).filter((label) => label !== undefined);
  return known.reduce((sum: number, label) => sum + label, 0) / Math.max(1, known.length);
}

function centred(labels: readonly (readonly Label[])[], means: readonly number[], fitted: Matrix): Matrix {
  const y = matrix(labels.length, means.length);
  labels.forEach((row, index) => {
    row.forEach((label, concept) => {
      const at = index * means.length + concept;
      y.data[at] = label === undefined ? fitted.data[at]! : label - means[concept]!;
    });
  });
  return y;
}

/** Folds the standardisation into weights and bias. */
function unstandardised(weights: Matrix, means: readonly number[], { mean, scale }: Standard): LinearFit {
  const folded = matrix(weights.rows, weights.columns);
  const bias = Float64Array.from(means);
  for (let feature = 0; feature < weights.rows; feature++) {
    for (let concept = 0; concept < weights.columns; concept++) {
      const at = feature * weights.columns + concept;
      folded.data[at] = weights.data[at]! * scale[feature]!;
      bias[concept] = bias[concept]! - folded.data[at]! * mean[feature]!;
    }
  }
  return { weights: folded, bias };
}
