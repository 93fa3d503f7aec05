import { planes, type Tensor } from "./tensor.ts";

/** Convolution with stride 1: a matrix over channels (1×1), or 3×3 on one channel with zeros around it. */
export function convolve(x: Tensor, weight: Tensor, bias: Tensor | undefined): Tensor {
  const [, channels, size] = weight.shape;
  if (size === 3 && channels === 1) return filterNine(x, weight);
  if (size !== 1) throw new Error("The interpreter knows 1×1 and one-channel 3×3 kernels only");
  return channels === 3 ? mixThree(x, weight, bias) : mix(x, weight, bias);
}

function mix(x: Tensor, weight: Tensor, bias: Tensor | undefined): Tensor {
  const { channels, height, width, area } = planes(x);
  const outputs = weight.shape[0]!;
  const data = new Float64Array(outputs * area);
  for (let o = 0; o < outputs; o++) {
    const plane = data.subarray(o * area, (o + 1) * area).fill(bias?.data[o] ?? 0);
    for (let c = 0; c < channels; c++) {
      const factor = weight.data[o * channels + c]!;
      if (factor === 0) continue;
      const source = x.data.subarray(c * area, (c + 1) * area);
      for (let n = 0; n < area; n++) plane[n]! += factor * source[n]!;
    }
  }
  return { shape: [1, outputs, height, width], data };
}

/** The common case, a matrix over three channels, in one pass. */
function mixThree(x: Tensor, weight: Tensor, bias: Tensor | undefined): Tensor {
  const { height, width, area } = planes(x);
  const outputs = weight.shape[0]!;
  const [first, second, third] = [0, 1, 2].map((c) => x.data.subarray(c * area, (c + 1) * area));
  const data = new Float64Array(outputs * area);
  for (let o = 0; o < outputs; o++) {
    const [a, b, c] = [weight.data[o * 3]!, weight.data[o * 3 + 1]!, weight.data[o * 3 + 2]!];
    const start = bias?.data[o] ?? 0;
    const plane = data.subarray(o * area, (o + 1) * area);
    for (let n = 0; n < area; n++) plane[n] = start + a * first![n]! + b * second![n]! + c * third![n]!;
  }
  return { shape: [1, outputs, height, width], data };
}

function filterNine(x: Tensor, weight: Tensor): Tensor {
  const { height, width, area } = planes(x);
  const outputs = weight.shape[0]!;
  const framed = withZerosAround(x.data, height, width);
  const data = new Float64Array(outputs * area);
  const row = width + 2;
  for (let o = 0; o < outputs; o++) {
    const [a, b, c, d, e, f, g, h, i] = weight.data.subarray(o * 9, o * 9 + 9) as unknown as NineTaps;
    for (let y = 0; y < height; y++) {
      for (let column = 0; column < width; column++) {
        const at = y * row + column;
        const above = a * framed[at]! + b * framed[at + 1]! + c * framed[at + 2]!;
        const middle = d * framed[at + row]! + e * framed[at + row + 1]! + f * framed[at + row + 2]!;
        const below =
          g * framed[at + 2 * row]! + h * framed[at + 2 * row + 1]! + i * framed[at + 2 * row + 2]!;
        data[o * area + y * width + column] = above + middle + below;
      }
    }
  }
  return { shape: [1, outputs, height, width], data };
}

type NineTaps = readonly [number, number, number, number, number, number, number, number, number];

function withZerosAround(plane: Float64Array, height: number, width: number): Float64Array {
  const framed = new Float64Array((height + 2) * (width + 2));
  for (let y = 0; y < height; y++) {
    framed.set(plane.subarray(y * width, (y + 1) * width), (y + 1) * (width + 2) + 1);
  }
  return framed;
}

/** Means of blocks that do not overlap and fill the picture. */
export function averagePool(x: Tensor, [blockHeight = 1, blockWidth = 1]: readonly number[]): Tensor {
  const { channels, height, width } = planes(x);
  const [outHeight, outWidth] = [height / blockHeight, width / blockWidth];
  const data = new Float64Array(channels * outHeight * outWidth);
  const share = 1 / (blockHeight * blockWidth);
  for (let target = 0; target < data.length; target++) {
    const outRow = Math.floor(target / outWidth);
    let from = outRow * blockHeight * width + (target - outRow * outWidth) * blockWidth;
    let sum = 0;
    for (let y = 0; y < blockHeight; y++, from += width) {
      for (let n = from; n < from + blockWidth; n++) sum += x.data[n]!;
    }
    data[target] = sum * share;
  }
  return { shape: [1, channels, outHeight, outWidth], data };
}
