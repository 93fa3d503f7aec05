import { expOfNegative } from "./exact-math.ts";
import { planes, sizeOf, type Tensor } from "./tensor.ts";

/** [1, …, m, k] × [k, n]. */
export function matrixProduct(a: Tensor, b: Tensor): Tensor {
  const [inner = 1, columns = 1] = b.shape;
  const rows = a.data.length / inner;
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < inner; k++) {
      const factor = a.data[row * inner + k]!;
      if (factor === 0) continue;
      for (let column = 0; column < columns; column++) {
        data[row * columns + column] = data[row * columns + column]! + factor * b.data[k * columns + column]!;
      }
    }
  }
  return { shape: [...a.shape.slice(0, -1), columns], data };
}

/** Softmax over the channels of each pixel. */
export function softmax(x: Tensor): Tensor {
  const { channels, area } = planes(x);
  const planesOfX = Array.from({ length: channels }, (_, c) => x.data.subarray(c * area, (c + 1) * area));
  const largest = new Float64Array(area).fill(Number.NEGATIVE_INFINITY);
  for (const plane of planesOfX) {
    for (let n = 0; n < area; n++) if (plane[n]! > largest[n]!) largest[n] = plane[n]!;
  }
  const data = new Float64Array(x.data.length);
  const sums = new Float64Array(area);
  for (const [c, plane] of planesOfX.entries()) {
    const powers = data.subarray(c * area, (c + 1) * area);
    for (let n = 0; n < area; n++) {
      const power = expOfNegative(plane[n]! - largest[n]!);
      powers[n] = power;
      sums[n] = sums[n]! + power;
    }
  }
  for (let c = 0; c < channels; c++) {
    const powers = data.subarray(c * area, (c + 1) * area);
    for (let n = 0; n < area; n++) powers[n] = powers[n]! / sums[n]!;
  }
  return { shape: x.shape, data };
}

/** 0 keeps a dimension, −1 takes what is left. */
export function reshape(x: Tensor, wanted: readonly number[]): Tensor {
  const kept = wanted.map((size, axis) => (size === 0 ? x.shape[axis]! : size));
  const known = kept.reduce((product, size) => (size === -1 ? product : product * size), 1);
  return { shape: kept.map((size) => (size === -1 ? x.data.length / known : size)), data: x.data };
}

/** Along the axis after the batch of one. */
export function concatenate(inputs: readonly Tensor[]): Tensor {
  const data = new Float64Array(inputs.reduce((sum, input) => sum + input.data.length, 0));
  let offset = 0;
  for (const input of inputs) {
    data.set(input.data, offset);
    offset += input.data.length;
  }
  const rest = inputs[0]!.shape.slice(2);
  return { shape: [1, data.length / sizeOf(rest), ...rest], data };
}

export function gather(table: Tensor, ids: Tensor): Tensor {
  const width = sizeOf(table.shape.slice(1));
  const data = new Float64Array(ids.data.length * width);
  ids.data.forEach((id, n) => {
    data.set(table.data.subarray(id * width, (id + 1) * width), n * width);
  });
  return { shape: [...ids.shape, ...table.shape.slice(1)], data };
}

/** Zeros after the last item of each row. */
export function padEnd(x: Tensor, pads: readonly number[]): Tensor {
  const width = x.data.length + pads.at(-1)!;
  const data = new Float64Array(width);
  data.set(x.data);
  return { shape: [1, width], data };
}

/** Over neighbouring axes; the shape keeps no trace of them, for which our graphs have no need. */
export function reduce(x: Tensor, axes: readonly number[], how: "max" | "mean" | "sum"): Tensor {
  const first = axes[0]!;
  const outer = sizeOf(x.shape.slice(0, first));
  const count = sizeOf(axes.map((axis) => x.shape[axis]!));
  const inner = x.data.length / outer / count;
  const data = new Float64Array(outer * inner);
  const divisor = how === "mean" ? count : 1;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const from = o * count * inner + i;
      const result =
        how === "max" ? largestOf(x.data, from, count, inner) : sumOf(x.data, from, count, inner);
      data[o * inner + i] = result / divisor;
    }
  }
  return { shape: x.shape.filter((_, axis) => !axes.includes(axis)), data };
}

function largestOf(data: Float64Array, from: number, count: number, step: number): number {
  let most = data[from]!;
  for (let n = 1; n < count; n++) if (data[from + n * step]! > most) most = data[from + n * step]!;
  return most;
}

function sumOf(data: Float64Array, from: number, count: number, step: number): number {
  let sum = 0;
  for (let n = 0; n < count; n++) sum += data[from + n * step]!;
  return sum;
}
