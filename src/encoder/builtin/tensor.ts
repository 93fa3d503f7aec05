/** Numbers with a shape, row by row; the interpreter's only value. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The four dimensions of a batch of one picture: channels, height, width, and pixels a channel. */
export function planes({ shape }: Tensor): { channels: number; height: number; width: number; area: number } {
  const [, channels = 1, height = 1, width = 1] = shape;
  return { channels, height, width, area: height * width };
}
