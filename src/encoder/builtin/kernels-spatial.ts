import { planes, type Tensor } from "./tensor.ts";

/** Convolution with stride 1; `pads` is top, left, bottom, right, of zeros. */
export function convolve(x: Tensor, weight: Tensor, bias: Tensor | undefined, pads: readonly number[]): Tensor {
  if (weight.shape[1] === 3 && weight.shape[2] === 1) return mixThree(x, weight, bias);
  const { channels, height, width, area } = planes(x);
  const [outputs = 1, , kernelHeight = 1, kernelWidth = 1] = weight.shape;
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  const outHeight = height + top + bottom - kernelHeight + 1;
  const outWidth = width + left + right - kernelWidth + 1;
  const outArea = outHeight * outWidth;
  const data = new Float64Array(outputs * outArea);
  for (let o = 0; o < outputs; o++) {
    const plane = data.subarray(o * outArea, (o + 1) * outArea).fill(bias?.data[o] ?? 0);
    for (let tap = 0; tap < channels * kernelHeight * kernelWidth; tap++) {
      const factor = weight.data[o * channels * kernelHeight * kernelWidth + tap]!;
      if (factor === 0) continue;
      const source = x.data.subarray(Math.floor(tap / (kernelHeight * kernelWidth)) * area);
      const dy = (Math.floor(tap / kernelWidth) % kernelHeight) - top;
      const dx = (tap % kernelWidth) - left;
      addShifted(plane, { outHeight, outWidth }, source, { height, width }, dy, dx, factor);
    }
  }
  return { shape: [1, outputs, outHeight, outWidth], data };
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

function addShifted(
  target: Float64Array,
  { outHeight, outWidth }: { outHeight: number; outWidth: number },
  source: Float64Array,
  { height, width }: { height: number; width: number },
  dy: number,
  dx: number,
  factor: number,
): void {
  const firstX = Math.max(0, -dx);
  const lastX = Math.min(outWidth, width - dx);
  for (let y = Math.max(0, -dy); y < Math.min(outHeight, height - dy); y++) {
    const from = (y + dy) * width + dx;
    const to = y * outWidth;
    for (let column = firstX; column < lastX; column++) target[to + column]! += factor * source[from + column]!;
  }
}

/** Means of blocks that do not overlap. */
export function averagePool(x: Tensor, kernel: readonly number[]): Tensor {
  const { channels, height, width } = planes(x);
  const [kernelHeight = 1, kernelWidth = 1] = kernel;
  const outHeight = Math.floor(height / kernelHeight);
  const outWidth = Math.floor(width / kernelWidth);
  const data = new Float64Array(channels * outHeight * outWidth);
  const share = 1 / (kernelHeight * kernelWidth);
  for (let row = 0; row < channels * height; row++) {
    const channel = Math.floor(row / height);
    const to = (channel * outHeight + Math.floor((row % height) / kernelHeight)) * outWidth;
    for (let column = 0; column < width; column++) {
      const target = to + Math.floor(column / kernelWidth);
      data[target] = data[target]! + x.data[row * width + column]! * share;
    }
  }
  return { shape: [1, channels, outHeight, outWidth], data };
}
