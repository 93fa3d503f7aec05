import type { FeatureRows } from "./feature-rows.ts";
import type { GraphBuilder } from "./graph.ts";
import {
  clip,
  filter,
  flatten,
  largest,
  mixChannels,
  overall,
  pool,
  relativeCells,
  root,
  scalar,
  square,
} from "./graph-steps.ts";

/** Cosine and sine of 0°, 22.5° … 157.5°: eight directions of change. */
const eightDirections: readonly (readonly number[])[] = [
  [1, 0],
  [0.9238795325, 0.3826834324],
  [Math.SQRT1_2, Math.SQRT1_2],
  [0.3826834324, 0.9238795325],
  [0, 1],
  [-0.3826834324, 0.9238795325],
  [-Math.SQRT1_2, Math.SQRT1_2],
  [-0.9238795325, 0.3826834324],
];
const fourDirections = eightDirections.filter((_, n) => n % 2 === 0);

/** Scharr's derivative kernels: the same response to an edge in every direction. */
const derivatives = [
  [-3, 0, 3, -10, 0, 10, -3, 0, 3],
  [-3, -10, -3, 0, 0, 0, 3, 10, 3],
].map((kernel) => kernel.map((tap) => tap / 32));
const laplacian = [[-1, -2, -1, -2, 12, -2, -1, -2, -1].map((tap) => tap / 16)];

interface Edges {
  /** [N, 1, side, side]: size of the change at each pixel. */
  readonly size: string;
  /** [N, directions, side, side]: how much of it lies in each direction. */
  readonly byDirection: string;
  readonly count: number;
}

/** Gradients, shared out to directions by cos⁴ of the angle between (after steerable filters). */
function edges(graph: GraphBuilder, luma: string, side: number, directions: typeof eightDirections): Edges {
  const inside = Array.from({ length: side * side }, (_, n) => {
    const [x, y] = [n % side, Math.floor(n / side)];
    return x > 0 && y > 0 && x < side - 1 && y < side - 1 ? 1 : 0;
  });
  const frame = graph.constant([1, 1, side, side], inside);
  const gradient = graph.add("Mul", [filter(graph, luma, derivatives), frame]);
  const energy = mixChannels(graph, square(graph, gradient), [[1, 1]]);
  const size = root(graph, energy, 1e-8);
  const along = square(graph, mixChannels(graph, gradient, directions));
  const weight = graph.add("Add", [graph.add("Mul", [energy, size]), scalar(graph, 1e-6)]);
  return { size, count: directions.length, byDirection: graph.add("Div", [square(graph, along), weight]) };
}

/** Pairs each of `count` directions with the one at a right angle to it. */
function atRightAngles(count: number): number[] {
  return Array.from({ length: count * count }, (_, n) =>
    n % count === (Math.floor(n / count) + count / 2) % count ? 1 : 0,
  );
}

/** Energies and densities by direction, how one-sided they are, and how much of the picture is flat. */
function directionStatistics(graph: GraphBuilder, { size, byDirection, count }: Edges): string[] {
  const energy = root(graph, overall(graph, byDirection), 1e-5);
  const density = overall(graph, clip(graph, graph.add("Mul", [byDirection, scalar(graph, 12)]), 0, 1));
  const across = graph.add("MatMul", [density, graph.constant([count, count], atRightAngles(count))]);
  const crossing = root(graph, graph.add("Mul", [density, across]), 1e-5);
  const strongest = graph.add("ReduceMax", [density], { axes: [1], keepdims: 1 });
  const total = graph.add("ReduceMean", [density], { axes: [1], keepdims: 1 });
  const oneSided = graph.add("Div", [strongest, graph.add("Add", [total, scalar(graph, 0.02)])]);
  const mostCrossing = graph.add("ReduceMax", [crossing], { axes: [1], keepdims: 1 });
  const flat = [0.004, 0.012, 0.03].map((limit) =>
    overall(graph, clip(graph, mixChannels(graph, size, [[-1 / limit]], [1.5]), 0, 1)),
  );
  return [energy, density, crossing, strongest, total, oneSided, mostCrossing, ...flat];
}

/** How unevenly the edges lie over rows, or over columns: lines of text and level stripes show here. */
function profile(graph: GraphBuilder, size: string, axis: 2 | 3, side: number): string[] {
  const means = flatten(graph, graph.add("ReduceMean", [size], { axes: [axis], keepdims: 0 }), side);
  const mean = graph.add("ReduceMean", [means], { axes: [1], keepdims: 1 });
  const spread = graph.add("Sub", [means, mean]);
  const deviation = root(
    graph,
    graph.add("ReduceMean", [square(graph, spread)], { axes: [1], keepdims: 1 }),
    1e-7,
  );
  return [deviation, graph.add("Div", [deviation, graph.add("Add", [mean, scalar(graph, 0.005)])])];
}

/** Edge size on an 8×8 grid. */
function edgeGrid(graph: GraphBuilder, size: string, side: number): string {
  return flatten(graph, root(graph, pool(graph, size, side / 8), 1e-4), 64);
}

/** Directions, texture energy at three scales, grain, and where in the picture the edges are. */
export function textureFeatures(graph: GraphBuilder, pixels: string): FeatureRows {
  const luma = mixChannels(graph, pixels, [[0.299, 0.587, 0.114]]);
  const half = pool(graph, luma, 2);
  const fine = edges(graph, luma, 128, fourDirections);
  const middle = edges(graph, half, 64, eightDirections);
  const coarse = edges(graph, pool(graph, half, 2), 32, eightDirections);
  const grain = graph.add("Abs", [filter(graph, luma, laplacian)]);
  const grainCells = flatten(graph, root(graph, pool(graph, grain, 16), 1e-4), 64);
  const where = edgeGrid(graph, middle.size, 64);
  const directed = flatten(graph, root(graph, pool(graph, middle.byDirection, 16), 1e-4), 128);
  return {
    described: [
      ...[fine, middle, coarse].flatMap((scale) => directionStatistics(graph, scale)),
      ...([2, 3] as const).flatMap((axis) => profile(graph, fine.size, axis, 128)),
      where,
      relativeCells(graph, where),
      grainCells,
      largest(graph, grain, [2, 3]),
      graph.add("ReduceMax", [grainCells], { axes: [1], keepdims: 1 }),
      overall(graph, clip(graph, graph.add("Mul", [grain, scalar(graph, 20)]), 0, 1)),
      overall(graph, clip(graph, graph.add("Mul", [grain, scalar(graph, 60)]), 0, 1)),
    ],
    particular: [
      { value: edgeGrid(graph, fine.size, 128), size: 64, weight: 0.8 },
      { value: directed, size: 128, weight: 0.8 },
    ],
  };
}
