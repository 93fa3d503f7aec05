import { colourNames } from "../../media/colour-name.ts";
import type { FeatureRows } from "./feature-rows.ts";
import type { GraphBuilder } from "./graph.ts";
import {
  clip,
  flatten,
  largest,
  mixChannels,
  pool,
  relativeCells,
  root,
  scalar,
  square,
} from "./graph-steps.ts";
import {
  colourSamples,
  coneFloor,
  coneResponses,
  linearised,
  oklab,
  oklabFromCones,
  unpack,
} from "./palette.ts";
import { regionNames, regions } from "./truth.ts";

/** How near in Oklab a pixel must be to a colour sample to count as that colour. */
const softness = 0.035;
const grid = 8;
const fineGrid = 16;

/** Means over the whole and each region, as a matrix [cells, 1 + regions]. */
function regionMatrix(graph: GraphBuilder, side: number): string {
  const tests = [() => true, ...regionNames.map((name) => regions[name])];
  const rows = Array.from({ length: side * side }, (_, cell) => {
    const u = ((cell % side) + 0.5) / side;
    const v = (Math.floor(cell / side) + 0.5) / side;
    return tests.map((test) => (test(u, v) ? 1 : 0) as number);
  });
  const counts = tests.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0));
  return graph.constant(
    [side * side, tests.length],
    rows.flatMap((row) => row.map((on, n) => on / counts[n]!)),
  );
}

const regionCount = 1 + regionNames.length;

/** [N, C, side, side] → [N, C × regions]. */
function byRegion(
  graph: GraphBuilder,
  cells: string,
  channels: number,
  matrix: string,
  side: number,
): string {
  const rows = graph.add("Reshape", [cells, graph.integers([3], [0, channels, side * side])]);
  return flatten(graph, graph.add("MatMul", [rows, matrix]), channels * regionCount);
}

function toOklab(graph: GraphBuilder, srgb: string): string {
  const inner = graph.add("Add", [
    graph.add("Mul", [srgb, scalar(graph, linearised[2])]),
    scalar(graph, linearised[1]),
  ]);
  const outer = graph.add("Add", [graph.add("Mul", [srgb, inner]), scalar(graph, linearised[0])]);
  const linear = graph.add("Mul", [srgb, outer]);
  const cones = mixChannels(graph, linear, coneResponses, [coneFloor, coneFloor, coneFloor]);
  return mixChannels(graph, graph.add("Pow", [cones, scalar(graph, 1 / 3)]), oklabFromCones);
}

/** Each pixel's share in each colour word: a softmax over distances to the samples of the words. */
function namedShares(graph: GraphBuilder, lab: string): string {
  const samples = colourNames.flatMap((name, index) =>
    colourSamples[name].map((packed) => ({ index, lab: oklab(unpack(packed)) })),
  );
  const scale = 1 / (2 * softness * softness);
  const scores = mixChannels(
    graph,
    lab,
    samples.map((sample) => sample.lab.map((x) => 2 * x * scale)),
    samples.map((sample) => -scale * sample.lab.reduce((sum, x) => sum + x * x, 0)),
  );
  const shares = graph.add("Softmax", [scores], { axis: 1 });
  return mixChannels(
    graph,
    shares,
    colourNames.map((_, index) => samples.map((sample) => (sample.index === index ? 1 : 0))),
  );
}

/** Soft steps over one quantity: 0 below, 1 above, for each threshold. */
function steps(
  graph: GraphBuilder,
  value: string,
  weights: readonly number[],
  thresholds: readonly number[],
  slope: number,
) {
  const ramp = mixChannels(
    graph,
    value,
    thresholds.map(() => weights.map((weight) => weight * slope)),
    thresholds.map((threshold) => 0.5 - threshold * slope),
  );
  return clip(graph, ramp, 0, 1);
}

const lightSteps = [0.2, 0.35, 0.5, 0.65, 0.8, 0.93];
const chromaSteps = [0.02, 0.05, 0.09, 0.15];

/** Added to a picture's level before it divides, so that a black picture's noise is not blown up. */
const darkestLevel = 0.1;

const colourColumns = 2 * colourNames.length * (regionCount + 1);

/** The columns that say where something stands out, whatever its colour. */
export const columnsOfPlace = Array.from({ length: grid * grid }, (_, n) => colourColumns + n);

/** The columns of `described` that speak of one colour, in the order in which they are joined below. */
export function columnsOfColour(index: number): { readonly places: number[]; readonly presence: number[] } {
  const count = colourNames.length;
  const regional = (start: number) =>
    Array.from({ length: regionCount }, (_, n) => start + index * regionCount + n);
  const places = [...regional(0), ...regional(count * regionCount)];
  const maxima = 2 * count * regionCount;
  return { places, presence: [places[0]!, places[regionCount]!, maxima + index, maxima + count + index] };
}

/** Colour in Oklab by region, soft histograms over the colour words, lightness and saturation. */
export function colourFeatures(graph: GraphBuilder, pixels: string): FeatureRows {
  const lab = toOklab(graph, pool(graph, pixels, 2));
  const coarse = regionMatrix(graph, grid);
  const fine = regionMatrix(graph, fineGrid);
  const count = colourNames.length;
  const named = namedShares(graph, lab);
  const cells = pool(graph, named, 8);
  const fineCells = pool(graph, named, 4);
  const chroma = root(graph, mixChannels(graph, square(graph, lab), [[0, 1, 1]]), 1e-5);
  const light = pool(graph, steps(graph, lab, [1, 0, 0], lightSteps, 8), 8);
  const vivid = pool(graph, steps(graph, chroma, [1], chromaSteps, 30), 8);
  const labCells = pool(graph, lab, 8);
  // The fourth root in the end: two in a hundred points of red are red, whatever the rest.
  const shares = root(graph, byRegion(graph, cells, count, coarse, grid), 1e-5);
  const gathered = root(graph, byRegion(graph, square(graph, fineCells), count, fine, fineGrid), 1e-5);
  const labGrid = flatten(graph, labCells, 3 * grid * grid);
  const lightness = flatten(graph, mixChannels(graph, labCells, [[1, 0, 0]]), grid * grid);
  const level = graph.add("ReduceMean", [lightness], { axes: [1], keepdims: 1 });
  const perLevel = (value: string) =>
    graph.add("Div", [value, graph.add("Add", [level, scalar(graph, darkestLevel)])]);
  const meanLab = graph.add("ReduceMean", [labCells], { axes: [2, 3], keepdims: 1 });
  const deviation = mixChannels(graph, square(graph, graph.add("Sub", [labCells, meanLab])), [[1, 1, 1]]);
  const standingOut = flatten(graph, root(graph, deviation, 1e-6), grid * grid);
  return {
    described: [
      root(graph, shares, 0),
      root(graph, gathered, 0),
      root(graph, largest(graph, fineCells, [2, 3]), 1e-3),
      root(graph, largest(graph, cells, [2, 3]), 1e-3),
      relativeCells(graph, standingOut),
      labGrid,
      byRegion(graph, light, lightSteps.length, coarse, grid),
      byRegion(graph, vivid, chromaSteps.length, coarse, grid),
      byRegion(graph, square(graph, labCells), 3, coarse, grid),
    ],
    particular: [
      // Both are taken relative to the picture's own level: exposure scales all of Oklab alike.
      { value: perLevel(graph.add("Sub", [lightness, level])), size: grid * grid, weight: 1 },
      {
        value: perLevel(
          flatten(
            graph,
            mixChannels(graph, labCells, [
              [0, 1, 0],
              [0, 0, 1],
            ]),
            2 * grid * grid,
          ),
        ),
        size: 2 * grid * grid,
        weight: 1,
      },
      { value: shares, size: count * regionCount, weight: 0.2 },
    ],
  };
}
