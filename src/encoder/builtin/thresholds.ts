import type { Pixels } from "../../media/pixels.ts";
import { colourNamer } from "./colour-naming.ts";
import { concepts } from "./concepts.ts";
import type { Layer, PicturePlan } from "./draw/picture-plan.ts";
import { randomPlan } from "./draw/random-plan.ts";
import { render } from "./draw/render.ts";
import { planesOf } from "./drawn-set.ts";
import type { Graph } from "./graph.ts";
import { interpreter } from "./interpreter.ts";
import { inputSide } from "./picture-features.ts";
import { type Random, seededRandom } from "./random.ts";
import { truthOf } from "./truth.ts";

/** A cosine from which things count as belonging together, and how often that errs. */
export interface Threshold {
  readonly cosine: number;
  /** Share of belonging pairs under the threshold. */
  readonly missed: number;
  /** Share of unrelated pairs over it. */
  readonly mistaken: number;
}

/** The same plan seen through a window: what a crop of the picture would show. */
function cropped(plan: PicturePlan, u0: number, v0: number, side: number): PicturePlan {
  const through = (layer: Layer): Layer => ({
    coverage: (u, v) => layer.coverage(u0 + u * side, v0 + v * side),
    shadeAt: (u, v) => layer.shadeAt(u0 + u * side, v0 + v * side),
  });
  return { ...plan, background: through(plan.background), objects: plan.objects.map(through) };
}

function alteredView(random: Random, plan: PicturePlan): PicturePlan {
  const { lighting } = plan;
  const exposure = lighting.exposure * random.between(0.85, 1.15);
  const view = cropped(plan, random.between(0, 0.1), random.between(0, 0.1), 0.9);
  return { ...view, lighting: { ...lighting, exposure }, noiseSeed: plan.noiseSeed + 1 };
}

interface View {
  readonly original: Float64Array;
  readonly altered: Float64Array;
  readonly labels: readonly (0 | 1 | undefined)[];
}

/** Cosines are measured on pictures of a third seed, with the finished graph. */
export function measureThresholds(
  vision: Graph,
  kept: readonly number[],
  seed: number,
  count: number,
): { readonly textToImage: Threshold; readonly imageToImage: Threshold } {
  const random = seededRandom(seed);
  const nameOf = colourNamer();
  const run = interpreter(vision);
  const embed = (pixels: Pixels) => run({ pixel_values: planesOf(pixels) }, ["image_embeds"])[0]!.data;
  const views = Array.from({ length: count }, (): View => {
    const plan = randomPlan(random);
    const rendering = render(plan, inputSide, inputSide);
    const truth = truthOf(plan, rendering, nameOf);
    return {
      original: embed(rendering.pixels),
      altered: embed(render(alteredView(random, plan), inputSide, inputSide).pixels),
      labels: kept.map((concept) => concepts[concept]!.label(truth)),
    };
  });
  const pairs = views.flatMap((view, n) =>
    views.slice(n + 1).map((other) => cosine(view.original, other.altered)),
  );
  const scores = (label: 0 | 1) =>
    views.flatMap(({ original, labels }) =>
      labels.flatMap((own, k) => (own === label ? [original[k]!] : [])),
    );
  return {
    textToImage: lowestThreshold(scores(1), scores(0)),
    imageToImage: lowestThreshold(
      views.map((view) => cosine(view.original, view.altered)),
      pairs,
    ),
  };
}

function cosine(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, n) => sum + value * b[n]!, 0);
}

/** Of a hundred unrelated pairs, at most one may count as found. */
const mistakenAtMost = 0.01;

/** The lowest hundredth that keeps to it: photographs score lower than drawings do. */
function lowestThreshold(belonging: readonly number[], unrelated: readonly number[]): Threshold {
  const candidates = Array.from({ length: 99 }, (_, n): Threshold => {
    const cosine = (n + 1) / 100;
    const missed = belonging.filter((value) => value < cosine).length / belonging.length;
    const mistaken = unrelated.filter((value) => value >= cosine).length / unrelated.length;
    return { cosine, missed, mistaken };
  });
  return candidates.find(({ mistaken }) => mistaken <= mistakenAtMost) ?? candidates.at(-1)!;
}
