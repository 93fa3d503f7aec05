import { colourNames } from "../../media/colour-name.ts";
import { concepts } from "./concepts.ts";
import type { DrawnExample } from "./drawn-set.ts";
import { matrix } from "./linear-algebra.ts";
import type { LinearFit } from "./ridge.ts";

/** Pictures that a right one is held against when a word is tried. */
export const distractors = 50;

/** How a word did on pictures that its fit has not seen. */
export interface Trial {
  readonly concept: number;
  /** Chance that a right picture comes before `distractors` wrong ones. */
  readonly recallAtOne: number;
  readonly present: number;
  readonly absent: number;
}

function rawScores(fit: LinearFit, { described }: DrawnExample): Float64Array {
  const scores = fit.bias.slice();
  for (let feature = 0; feature < described.length; feature++) {
    const value = described[feature]!;
    for (let k = 0; k < scores.length; k++)
      scores[k] = scores[k]! + value * fit.weights.data[feature * scores.length + k]!;
  }
  return scores;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** Colours at one place share one rule, and the pictures that try it. */
function judgedTogether(concept: number): readonly number[] {
  const [attribute = "", place] = concepts[concept]!.id.split("@");
  const isColour = (name: string) => colourNames.some((colour) => colour === name);
  if (place === undefined || !isColour(attribute)) return [concept];
  return concepts.flatMap(({ id }, index) => {
    const [other = "", otherPlace] = id.split("@");
    return otherPlace === place && isColour(other) ? [index] : [];
  });
}

/**
 * Rescales every concept's score so that 95 of 100 pictures without it fall to 0 and 75 of 100
 * with it reach 1, and tries each word.
 */
export function calibrate(
  fit: LinearFit,
  unseen: readonly DrawnExample[],
): { fit: LinearFit; trials: readonly Trial[] } {
  const scores = unseen.map((example) => rawScores(fit, example));
  const result: LinearFit = {
    weights: matrix(fit.weights.rows, fit.weights.columns),
    bias: fit.bias.slice(),
  };
  const trials = concepts.map((_, concept): Trial => {
    const group = judgedTogether(concept);
    const labelled = (label: 0 | 1) =>
      unseen.flatMap(({ labels }, n) => group.flatMap((k) => (labels[k] === label ? [scores[n]![k]!] : [])));
    const [absent, present] = [labelled(0), labelled(1)];
    const low = quantile(absent, 0.95);
    const factor = 1 / Math.max(0.05, quantile(present, 0.25) - low);
    for (let feature = 0; feature < fit.weights.rows; feature++) {
      const at = feature * fit.weights.columns + concept;
      result.weights.data[at] = fit.weights.data[at]! * factor;
    }
    result.bias[concept] = (fit.bias[concept]! - low) * factor;
    const wins = present.map((score) =>
      powerOf(
        share(absent, (other) => other < score),
        distractors,
      ),
    );
    const recallAtOne = wins.reduce((sum, win) => sum + win, 0) / Math.max(1, wins.length);
    return { concept, recallAtOne, present: present.length, absent: absent.length };
  });
  return { fit: result, trials };
}

function share(values: readonly number[], test: (value: number) => boolean): number {
  return values.filter(test).length / Math.max(1, values.length);
}

/** By repeated multiplication: `**` is not the same to the bit everywhere. */
function powerOf(base: number, exponent: number): number {
  let result = 1;
  for (let n = 0; n < exponent; n++) result *= base;
  return result;
}

/** The fit with only the columns of the concepts that are kept. */
export function restrict(fit: LinearFit, kept: readonly number[]): LinearFit {
  const weights = matrix(fit.weights.rows, kept.length);
  for (let feature = 0; feature < fit.weights.rows; feature++) {
    kept.forEach((concept, column) => {
      weights.data[feature * kept.length + column] =
        fit.weights.data[feature * fit.weights.columns + concept]!;
    });
  }
  return { weights, bias: Float64Array.from(kept, (concept) => fit.bias[concept]!) };
}
