import { Failure } from "../media/failure.ts";
import { type CatalogueModel, catalogue, type ModelVariant } from "./catalogue.ts";
import type { Fit } from "./fit.ts";

/** By id or title, as `models list` prints them; the case does not matter. Throws `Failure` for an unknown one. */
export function findInCatalogue(id: string): CatalogueModel {
  const asked = id.toLowerCase();
  const found = catalogue.find((model) => model.id === asked || model.title.toLowerCase() === asked);
  if (found) return found;
  throw new Failure({
    code: "invalid-input",
    message: `There is no model ${id} in the catalogue.`,
    remedy: `Known are: ${catalogue.map((model) => model.id).join(", ")}.`,
  });
}

/** The one asked for, else the one that fits. Throws `Failure` for an unknown name, and where none fits. */
export function chooseVariant(model: CatalogueModel, asked: string | undefined, fit: Fit): ModelVariant {
  const names = model.variants.map(({ name }) => name).join(", ");
  if (asked === undefined) {
    if (fit.runsIn !== "none") return fit.variant;
    throw new Failure({
      code: "unsupported",
      message: `${model.title} is too large for this machine, even as ${fit.variant.name}.`,
      remedy: `Take a smaller model (sightline models list), or load it all the same: --quant ${fit.variant.name}`,
    });
  }
  const found = model.variants.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
  if (found) return found;
  throw new Failure({
    code: "invalid-input",
    message: `${model.title} has no precision ${asked}.`,
    remedy: `It comes as: ${names}.`,
  });
}
