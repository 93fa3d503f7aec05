/** Row-major matrix in double precision. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export function matrix(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

/** aᵀ b, for a and b with the same number of rows. */
export function transposedProduct(a: Matrix, b: Matrix): Matrix {
  const result = matrix(a.columns, b.columns);
  for (let row = 0; row < a.rows; row++) {
    const right = b.data.subarray(row * b.columns, (row + 1) * b.columns);
    for (let i = 0; i < a.columns; i++) {
      const factor = a.data[row * a.columns + i]!;
      if (factor === 0) continue;
      const target = result.data.subarray(i * b.columns, (i + 1) * b.columns);
      for (let j = 0; j < right.length; j++) target[j] = target[j]! + factor * right[j]!;
    }
  }
  return result;
}

/** a b. */
export function product(a: Matrix, b: Matrix): Matrix {
  const result = matrix(a.rows, b.columns);
  for (let row = 0; row < a.rows; row++) {
    const target = result.data.subarray(row * b.columns, (row + 1) * b.columns);
    for (let k = 0; k < a.columns; k++) {
      const factor = a.data[row * a.columns + k]!;
      const right = b.data.subarray(k * b.columns, (k + 1) * b.columns);
      for (let j = 0; j < target.length; j++) target[j] = target[j]! + factor * right[j]!;
    }
  }
  return result;
}

/** The lower factor L of a symmetric positive definite matrix a = L Lᵀ (Cholesky). */
export function choleskyFactor(a: Matrix): Matrix {
  const n = a.rows;
  const lower = matrix(n, n);
  for (let i = 0; i < n; i++) {
    const rowI = lower.data.subarray(i * n, (i + 1) * n);
    for (let j = 0; j <= i; j++) {
      const rowJ = lower.data.subarray(j * n, (j + 1) * n);
      let sum = a.data[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= rowI[k]! * rowJ[k]!;
      rowI[j] = i === j ? Math.sqrt(sum) : sum / rowJ[j]!;
    }
  }
  return lower;
}

/** x with L Lᵀ x = b, column by column. */
export function solveFactored(lower: Matrix, b: Matrix): Matrix {
  const n = lower.rows;
  const x: Matrix = { ...b, data: b.data.slice() };
  const rowOf = (i: number) => x.data.subarray(i * b.columns, (i + 1) * b.columns);
  const subtract = (target: Float64Array, factor: number, source: Float64Array) => {
    for (let c = 0; c < target.length; c++) target[c] = target[c]! - factor * source[c]!;
  };
  const divide = (row: Float64Array, by: number) => {
    for (let c = 0; c < row.length; c++) row[c] = row[c]! / by;
  };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) subtract(rowOf(i), lower.data[i * n + k]!, rowOf(k));
    divide(rowOf(i), lower.data[i * n + i]!);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) subtract(rowOf(i), lower.data[k * n + i]!, rowOf(k));
    divide(rowOf(i), lower.data[i * n + i]!);
  }
  return x;
}
