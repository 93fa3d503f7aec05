import { type ColourName, colourNames } from "../../media/colour-name.ts";
import { nameLch, toLch } from "../../media/colour-naming.ts";

/** What the pixels of an object say about its colour, over all frames. */
export interface ColourTally {
  /** Pixels a colour word, in the order of `colourNames`. */
  readonly votes: Float64Array;
  /** Light pixels without much colour, and those of them with a cool tinge: silver and pale blue paint. */
  lightCount: number;
  coolCount: number;
}

export const emptyTally = (): ColourTally => ({
  votes: new Float64Array(colourNames.length),
  lightCount: 0,
  coolCount: 0,
});

export function tallyPixel(tally: ColourTally, red: number, green: number, blue: number): void {
  const colour = toLch(red, green, blue);
  tally.votes[colourNames.indexOf(nameLch(colour))]!++;
  if (colour.lightness < 45 || colour.chroma > 14) return;
  tally.lightCount++;
  if (colour.chroma > 5 && colour.hue > 165 && colour.hue < 295) tally.coolCount++;
}

/** Some hundred pixels of an RGB picture are enough; each is made lighter by the factor `brighten`. */
export function tallyPixels(
  tally: ColourTally,
  data: Uint8Array,
  pixels: Int32Array,
  brighten: number,
): void {
  const step = Math.max(1, Math.floor(pixels.length / 300));
  for (let index = 0; index < pixels.length; index += step) {
    const at = pixels[index]! * 3;
    tallyPixel(tally, data[at]! * brighten, data[at + 1]! * brighten, data[at + 2]! * brighten);
  }
}

export function addTally(tally: ColourTally, other: ColourTally): void {
  for (const [index, count] of other.votes.entries()) tally.votes[index] = tally.votes[index]! + count;
  tally.lightCount += other.lightCount;
  tally.coolCount += other.coolCount;
}

/** Glass, tyres, shade, skin and dark trousers are common: paint and cloth count for more. */
const weights: Readonly<Record<ColourName, number>> = {
  black: 0.75,
  white: 1,
  grey: 1,
  brown: 1.1,
  red: 1.9,
  orange: 1.9,
  yellow: 1.9,
  green: 1.9,
  blue: 1.9,
  purple: 1.9,
  pink: 1.9,
};

/**
 * The object's colour in a word. Highlights on red are pink and the shaded side of white is grey, so that a fair
 * share of the deeper or brighter tone decides within those two families.
 */
export function winningColour({ votes, lightCount, coolCount }: ColourTally): ColourName {
  const count = new Map(colourNames.map((name, index) => [name, votes[index]! * weights[name]]));
  const of = (name: ColourName): number => count.get(name) ?? 0;
  const rosy = of("red") + of("pink");
  const pale = of("white") + of("grey");
  const families: readonly (readonly [ColourName, number])[] = [
    [of("red") >= 0.3 * rosy ? "red" : "pink", rosy],
    [of("white") >= 0.3 * pale && coolCount < 0.35 * lightCount ? "white" : "grey", pale],
    ...(["black", "orange", "yellow", "green", "blue", "purple", "brown"] as const).map(
      (name) => [name, of(name)] as const,
    ),
  ];
  return families.reduce((best, family) => (family[1] > best[1] ? family : best))[0];
}
