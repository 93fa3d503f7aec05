import { type Graph, type GraphBuilder, graphBuilder } from "./graph.ts";
import { clip, scalar, square } from "./graph-steps.ts";
import { inputSide, pictureFeatures } from "./picture-features.ts";
import type { LinearFit, Standard } from "./ridge.ts";

/** The fitted numbers of the picture side. */
export interface VisionFit {
  /** Concept scores, calibrated: 0 where the word does not fit, about 1 where it does. */
  readonly concepts: LinearFit;
  /** How each particular feature is centred and weighted. */
  readonly particular: Standard;
}

/** Share of the unit length that goes to what words can say; the rest tells pictures apart. */
const describedLength = 0.8;
const particularLength = 0.89;
/** A picture with weak scores only keeps them weak: below this length they are not blown up. */
const quietLength = 4.0;
const highestScore = 2;
/** Scores saturate, s / (s + half): a small red car counts beside a large grey road. */
const halfScore = 0.3;

function rowLength(graph: GraphBuilder, value: string, floor: number): string {
  const total = graph.add("ReduceSum", [square(graph, value), graph.integers([1], [1])], { keepdims: 1 });
  return graph.add("Sqrt", [graph.add("Add", [total, scalar(graph, floor * floor)])]);
}

function ofLength(graph: GraphBuilder, value: string, floor: number, length: number): string {
  const unit = graph.add("Div", [value, rowLength(graph, value, floor)]);
  return graph.add("Mul", [unit, scalar(graph, length)]);
}

/** `pixel_values` [N, 3, side, side] → `image_embeds` [N, dimensions]: concept scores, then particulars. */
export function visionGraph(fit: VisionFit, dimensions: number): Graph {
  const builder = graphBuilder();
  const rows = pictureFeatures(builder, "pixel_values");
  const described = builder.add("Concat", rows.described, { axis: 1 });
  const particular = builder.add(
    "Concat",
    rows.particular.map((row) => row.value),
    { axis: 1 },
  );
  const { weights, bias } = fit.concepts;
  const product = builder.add("MatMul", [
    described,
    builder.constant([weights.rows, weights.columns], weights.data),
  ]);
  const linear = clip(
    builder,
    builder.add("Add", [product, builder.constant([bias.length], bias)]),
    0,
    highestScore,
  );
  const scores = builder.add("Div", [linear, builder.add("Add", [linear, scalar(builder, halfScore)])]);
  const width = fit.particular.mean.length;
  const centred = builder.add("Sub", [particular, builder.constant([width], fit.particular.mean)]);
  const weighted = builder.add("Mul", [centred, builder.constant([width], fit.particular.scale)]);
  const joined = builder.add(
    "Concat",
    [
      ofLength(builder, scores, quietLength, describedLength),
      ofLength(builder, weighted, 1e-3, particularLength),
    ],
    { axis: 1 },
  );
  const unit = builder.add("Div", [joined, rowLength(builder, joined, 1e-6)]);
  const missing = dimensions - weights.columns - width;
  builder.add("Pad", [unit, builder.integers([4], [0, 0, 0, missing])], {}, "image_embeds");
  return {
    name: "sightline built-in picture encoder",
    inputs: [{ name: "pixel_values", type: "float", shape: ["batch", 3, inputSide, inputSide] }],
    outputs: [{ name: "image_embeds", type: "float", shape: ["batch", dimensions] }],
    ...builder.finish(),
  };
}
