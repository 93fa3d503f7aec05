/** The colour words that Sightline uses everywhere: in events, in the built-in encoder and in answers. */
export const colourNames = [
  "black",
  "white",
  "grey",
  "red",
  "orange",
  "yellow",
  "green",
  "blue",
  "purple",
  "pink",
  "brown",
] as const;

export type ColourName = (typeof colourNames)[number];
