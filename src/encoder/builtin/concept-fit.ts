import { colourNames } from "../../media/colour-name.ts";
import { columnsOfColour, columnsOfPlace } from "./colour-features.ts";
import { type Concept, concepts } from "./concepts.ts";
import type { DrawnExample } from "./drawn-set.ts";
import { matrix } from "./linear-algebra.ts";
import { fitRidge, type LinearFit } from "./ridge.ts";
import { regionNames } from "./truth.ts";

/** Penalties a picture, chosen on a seed of their own. */
const strength = { general: 0.03, colour: 0.002 };

/**
 * One linear detector a concept. A colour and its place are judged by that colour's columns alone, by
 * one rule that all colours share: what holds for drawn red squares must hold for red cars. Where something
 * stands is judged by where the picture differs from its mean.
 */
export function fitConcepts(examples: readonly DrawnExample[]): LinearFit {
  const width = examples[0]!.described.length;
  const fit: LinearFit = { weights: matrix(width, concepts.length), bias: new Float64Array(concepts.length) };
  fitShared(fit, examples, (concept) => !isColour(concept) && !isPlace(concept));
  fitShared(fit, examples, isPlace, columnsOfPlace);
  fitColours(fit, examples);
  fitPlacedColours(fit, examples);
  return fit;
}

const isColour = ({ id }: Concept) => colourNames.some((name) => id === name || id.startsWith(`${name}@`));

const isPlace = ({ id }: Concept) => id.startsWith("@");

/** Concepts that are judged by the same columns: all of them, if none are named. */
function fitShared(
  fit: LinearFit,
  examples: readonly DrawnExample[],
  isChosen: (concept: Concept) => boolean,
  rows: readonly number[] = Array.from(examples[0]!.described, (_, n) => n),
): void {
  const chosen = concepts.flatMap((concept, index) => (isChosen(concept) ? [index] : []));
  const part = fitRidge(
    examples.map(({ described }) => Float64Array.from(rows, (row) => described[row]!)),
    examples.map(({ labels }) => chosen.map((index) => labels[index])),
    strength.general,
  );
  chosen.forEach((concept, column) => {
    place(fit, part, { concept, column, rows });
  });
}

function fitColours(fit: LinearFit, examples: readonly DrawnExample[]): void {
  const cases = colourNames.flatMap((name, index) => {
    const concept = concepts.findIndex(({ id }) => id === name);
    const columns = columnsOfColour(index).presence;
    return examples
      .filter(({ labels }) => labels[concept] !== undefined)
      .map(({ described, labels }) => ({
        row: Float64Array.from(columns, (column) => described[column]!),
        labels: [labels[concept]],
      }));
  });
  const part = fitRidge(
    cases.map(({ row }) => row),
    cases.map(({ labels }) => labels),
    strength.colour,
  );
  colourNames.forEach((name, index) => {
    const concept = concepts.findIndex(({ id }) => id === name);
    place(fit, part, { concept, column: 0, rows: columnsOfColour(index).presence });
  });
}

function fitPlacedColours(fit: LinearFit, examples: readonly DrawnExample[]): void {
  const cases = colourNames.flatMap((name, index) => {
    const rows = columnsOfColour(index).places;
    const ids = regionNames.map((region) => concepts.findIndex(({ id }) => id === `${name}@${region}`));
    return examples
      .filter(({ labels }) => labels[ids[0]!] !== undefined || labels[ids[1]!] !== undefined)
      .map(({ described, labels }) => ({
        row: Float64Array.from(rows, (row) => described[row]!),
        labels: ids.map((id) => labels[id]),
      }));
  });
  const part = fitRidge(
    cases.map(({ row }) => row),
    cases.map(({ labels }) => labels),
    strength.colour,
  );
  colourNames.forEach((name, index) => {
    regionNames.forEach((region, column) => {
      const concept = concepts.findIndex(({ id }) => id === `${name}@${region}`);
      place(fit, part, { concept, column, rows: columnsOfColour(index).places });
    });
  });
}

/** Copies one column of a partial fit to its concept, its rows to where their features are. */
function place(
  fit: LinearFit,
  part: LinearFit,
  { concept, column, rows }: { concept: number; column: number; rows: ArrayLike<number> },
): void {
  for (let n = 0; n < rows.length; n++) {
    fit.weights.data[rows[n]! * fit.weights.columns + concept] =
      part.weights.data[n * part.weights.columns + column]!;
  }
  fit.bias[concept] = part.bias[column]!;
}
