import type { Pixels } from "../../media/pixels.ts";
import { colourNamer } from "./colour-naming.ts";
import { concepts, type Label } from "./concepts.ts";
import { randomPlan } from "./draw/random-plan.ts";
import { render } from "./draw/render.ts";
import type { FeatureRows } from "./feature-rows.ts";
import { type Graph, graphBuilder } from "./graph.ts";
import { interpreter } from "./interpreter.ts";
import { inputSide, pictureFeatures } from "./picture-features.ts";
import { seededRandom } from "./random.ts";
import type { Tensor } from "./tensor.ts";
import { truthOf } from "./truth.ts";

/** A drawn picture's features and what each concept says of it. */
export interface DrawnExample {
  readonly described: Float64Array;
  readonly particular: Float64Array;
  readonly labels: readonly Label[];
}

/** The features alone, without the fit: what the fit learns from. */
export function featureGraph(): { readonly graph: Graph; readonly groups: FeatureRows["particular"] } {
  const builder = graphBuilder();
  const rows = pictureFeatures(builder, "pixel_values");
  builder.add("Concat", rows.described, { axis: 1 }, "described");
  builder.add(
    "Concat",
    rows.particular.map((row) => row.value),
    { axis: 1 },
    "particular",
  );
  const ports = {
    inputs: [{ name: "pixel_values", type: "float", shape: ["batch", 3, inputSide, inputSide] }],
    outputs: ["described", "particular"].map((name) => ({
      name,
      type: "float" as const,
      shape: ["batch", name],
    })),
  } as const;
  return {
    graph: { name: "picture features", ...ports, ...builder.finish() },
    groups: rows.particular,
  };
}

/** 8-bit pixels of the graph's own size → planes of 0…1. */
export function planesOf({ width, height, data }: Pixels): Tensor {
  const area = width * height;
  const values = new Float64Array(3 * area);
  for (let n = 0; n < data.length; n++) values[(n % 3) * area + Math.floor(n / 3)] = data[n]! / 255;
  return { shape: [1, 3, height, width], data: values };
}

export function drawExamples(seed: number, count: number): readonly DrawnExample[] {
  const random = seededRandom(seed);
  const run = interpreter(featureGraph().graph);
  const nameOf = colourNamer();
  return Array.from({ length: count }, () => {
    const plan = randomPlan(random);
    const rendering = render(plan, inputSide, inputSide);
    const truth = truthOf(plan, rendering, nameOf);
    const [described, particular] = run({ pixel_values: planesOf(rendering.pixels) }, [
      "described",
      "particular",
    ]);
    return {
      described: described!.data,
      particular: particular!.data,
      labels: concepts.map((concept) => concept.label(truth)),
    };
  });
}
