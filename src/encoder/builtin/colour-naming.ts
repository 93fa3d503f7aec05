import { colourNames } from "../../media/colour-name.ts";
import { colourSamples, oklab, type Rgb, unpack } from "./palette.ts";

/** Indices in `colourNames`: the nearest, and another that is nearly as near, if there is one. */
export interface Naming {
  readonly first: number;
  readonly second: number | undefined;
}

/** Where the second word's nearest sample is less than this many times as far, either word will do. */
const clearLead = 1.5;

/** Names colours 0…1 by the nearest samples in Oklab; remembers what it has named. */
export function colourNamer(): (rgb: Rgb) => Naming {
  const samples = colourNames.map((name) => colourSamples[name].map((packed) => oklab(unpack(packed))));
  const remembered = new Map<number, Naming>();
  return (rgb) => {
    const key = rgb.reduce((sum, value) => sum * 64 + Math.round(value * 63), 0);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const naming = nearest(samples, oklab(rgb));
    remembered.set(key, naming);
    return naming;
  };
}

function nearest(samples: readonly (readonly Rgb[])[], colour: Rgb): Naming {
  const distances = samples.map((ofName) =>
    ofName.reduce(
      (least, sample) => Math.min(least, squaredDistance(sample, colour)),
      Number.POSITIVE_INFINITY,
    ),
  );
  const order = distances.map((_, name) => name).sort((a, b) => distances[a]! - distances[b]! || a - b);
  const [first = 0, second = 0] = order;
  const isClear = distances[second]! > clearLead * clearLead * distances[first]!;
  return { first, second: isClear ? undefined : second };
}

function squaredDistance(a: Rgb, b: Rgb): number {
  const [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  return x * x + y * y + z * z;
}
