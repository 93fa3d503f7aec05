import type { GraphBuilder } from "./graph.ts";

/** Steps that picture features are made of; each takes and returns names of values. */

/** A matrix over the channels of each pixel. */
export function mixChannels(
  graph: GraphBuilder,
  value: string,
  matrix: readonly (readonly number[])[],
  bias?: readonly number[],
): string {
  const weight = graph.constant([matrix.length, matrix[0]!.length, 1, 1], matrix.flat());
  const biases = bias === undefined ? [] : [graph.constant([bias.length], bias)];
  return graph.add("Conv", [value, weight, ...biases], { kernel_shape: [1, 1] });
}

/** A 3×3 kernel for each output, on a single channel; zeros around it. */
export function filter(graph: GraphBuilder, value: string, kernels: readonly (readonly number[])[]): string {
  const weight = graph.constant([kernels.length, 1, 3, 3], kernels.flat());
  return graph.add("Conv", [value, weight], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
}

export function pool(graph: GraphBuilder, value: string, size: number): string {
  return graph.add("AveragePool", [value], { kernel_shape: [size, size], strides: [size, size] });
}

export function flatten(graph: GraphBuilder, value: string, count: number): string {
  return graph.add("Reshape", [value, graph.integers([2], [0, count])]);
}

export function scalar(graph: GraphBuilder, value: number): string {
  return graph.constant([1], [value]);
}

export function square(graph: GraphBuilder, value: string): string {
  return graph.add("Mul", [value, value]);
}

/** √(x + floor): small shares count for more; the floor keeps the slope finite. */
export function root(graph: GraphBuilder, value: string, floor: number): string {
  return graph.add("Sqrt", [graph.add("Add", [value, scalar(graph, floor)])]);
}

export function clip(graph: GraphBuilder, value: string, low: number, high: number): string {
  return graph.add("Clip", [value, graph.constant([], [low]), graph.constant([], [high])]);
}

/** Means over the whole picture: [N, C, H, W] → [N, C]. */
export function overall(graph: GraphBuilder, value: string): string {
  return graph.add("ReduceMean", [value], { axes: [2, 3], keepdims: 0 });
}

export function largest(graph: GraphBuilder, value: string, axes: readonly number[]): string {
  return graph.add("ReduceMax", [value], { axes, keepdims: 0 });
}

/** Each cell over the mean of all: where in the picture, whatever the contrast. */
export function relativeCells(graph: GraphBuilder, cells: string): string {
  const mean = graph.add("ReduceMean", [cells], { axes: [1], keepdims: 1 });
  return graph.add("Div", [cells, graph.add("Add", [mean, scalar(graph, 0.01)])]);
}
