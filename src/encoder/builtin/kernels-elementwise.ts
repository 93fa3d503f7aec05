import { cubeRoot } from "./exact-math.ts";
import type { Tensor } from "./tensor.ts";

type Binary = (out: Float64Array, a: Float64Array, b: Float64Array) => void;

/** `b` repeats along `a`. One loop an operator: a shared loop over closures runs five times slower. */
const loops = {
  Add: (out, a, b) => {
    for (let n = 0, j = 0; n < out.length; n++) {
      out[n] = a[n]! + b[j]!;
      if (++j === b.length) j = 0;
    }
  },
  Sub: (out, a, b) => {
    for (let n = 0, j = 0; n < out.length; n++) {
      out[n] = a[n]! - b[j]!;
      if (++j === b.length) j = 0;
    }
  },
  Mul: (out, a, b) => {
    for (let n = 0, j = 0; n < out.length; n++) {
      out[n] = a[n]! * b[j]!;
      if (++j === b.length) j = 0;
    }
  },
  Div: (out, a, b) => {
    for (let n = 0, j = 0; n < out.length; n++) {
      out[n] = a[n]! / b[j]!;
      if (++j === b.length) j = 0;
    }
  },
  Max: (out, a, b) => {
    for (let n = 0, j = 0; n < out.length; n++) {
      out[n] = Math.max(a[n]!, b[j]!);
      if (++j === b.length) j = 0;
    }
  },
} satisfies Record<string, Binary>;

/**
 * Two tensors item by item. The second repeats, which is broadcasting where its shape, less leading ones,
 * ends the first one's shape; or it has one value a channel. Nothing else occurs in our graphs.
 */
export function elementwise(operator: keyof typeof loops, a: Tensor, b: Tensor): Tensor {
  if (a.data.length % b.data.length !== 0) throw new Error(`${operator}: the second tensor must repeat`);
  const data = new Float64Array(a.data.length);
  loops[operator](data, a.data, oneValueAChannel(a, b) ? spread(a, b) : b.data);
  return { shape: a.shape, data };
}

function oneValueAChannel(a: Tensor, b: Tensor): boolean {
  return (
    b.data.length > 1 && b.data.length === a.shape[1] && b.data.length < a.data.length && a.shape.length === 4
  );
}

function spread(a: Tensor, b: Tensor): Float64Array {
  const area = a.data.length / b.data.length;
  return Float64Array.from({ length: a.data.length }, (_, n) => b.data[Math.floor(n / area)]!);
}

export const unary = {
  /** `Pow` with the exponent 1/3, the only one in our graphs. */
  cubeRoot: (x: Tensor, exponent: Tensor): Tensor => {
    if (exponent.data[0] !== Math.fround(1 / 3)) throw new Error("The interpreter knows cube roots only");
    return { shape: x.shape, data: x.data.map((value) => cubeRoot(value)) };
  },
  squareRoot: ({ shape, data }: Tensor): Tensor => {
    const out = new Float64Array(data.length);
    for (let n = 0; n < out.length; n++) out[n] = Math.sqrt(data[n]!);
    return { shape, data: out };
  },
  absolute: ({ shape, data }: Tensor): Tensor => ({ shape, data: data.map((value) => Math.abs(value)) }),
  clip: ({ shape, data }: Tensor, low: number, high: number): Tensor => {
    const out = new Float64Array(data.length);
    for (let n = 0; n < out.length; n++) out[n] = Math.min(high, Math.max(low, data[n]!));
    return { shape, data: out };
  },
};
