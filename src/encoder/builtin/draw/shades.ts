import { type ColourName, colourNames } from "../../../media/colour-name.ts";
import { colourSamples, type Rgb, unpack } from "../palette.ts";
import type { Random } from "../random.ts";
import type { Shade } from "./picture-plan.ts";

/** A shade of a named colour: between two of its samples, a little off. */
export function shadeOf(random: Random, name: ColourName): Shade {
  const samples = colourSamples[name];
  const a = unpack(random.pick(samples));
  const b = unpack(random.pick(samples));
  const mix = random.between(0, 0.35);
  const drift = random.between(-0.02, 0.02);
  const rgb = a.map((value, c) => clamp(value + (b[c]! - value) * mix + drift)) as unknown as Rgb;
  return { rgb, name: colourNames.indexOf(name) };
}

export function anyShade(random: Random): Shade {
  return shadeOf(random, random.pick(colourNames));
}

/** A shade whose name is not among those given. */
export function otherShade(random: Random, taken: readonly Shade[]): Shade {
  const free = colourNames.filter((_, index) => taken.every((shade) => shade.name !== index));
  return shadeOf(random, random.pick(free));
}

export function blend(a: Shade, b: Shade, share: number): Shade {
  const rgb = a.rgb.map((value, c) => value + (b.rgb[c]! - value) * share) as unknown as Rgb;
  const name = share < 0.12 ? a.name : share > 0.88 ? b.name : a.name === b.name ? a.name : -1;
  return { rgb, name };
}

/** The same colour, lighter or darker by a factor near 1. */
export function scaled({ rgb, name }: Shade, factor: number): Shade {
  return { rgb: rgb.map((value) => clamp(value * factor)) as unknown as Rgb, name };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
