import type { Evidence } from "../../media/citation.ts";
import type { ColourName } from "../../media/colour-name.ts";

/** What one person calls white another calls grey; shade, exposure and paint decide between these. */
const neighbours: Readonly<Record<ColourName, readonly ColourName[]>> = {
  black: ["grey", "brown"],
  white: ["grey"],
  grey: ["white", "black", "blue"],
  red: ["orange", "pink", "brown"],
  orange: ["red", "yellow", "brown"],
  yellow: ["orange", "green"],
  green: ["yellow"],
  blue: ["grey", "purple"],
  purple: ["blue", "pink"],
  pink: ["red", "purple"],
  brown: ["orange", "red", "black"],
};

/** Of what has another colour than was asked for, that which has a neighbouring one. */
export function nearInColour(
  evidence: readonly Evidence[],
  colours: readonly ColourName[],
): readonly Evidence[] {
  const near = new Set(colours.flatMap((colour) => neighbours[colour]));
  return evidence.filter(({ event }) => event !== undefined && near.has(event.colour));
}
