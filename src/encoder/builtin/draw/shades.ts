import { type ColourName, colourNames } from "../../../media/colour-name.ts";
import { colourSamples, type Rgb, unpack } from "../palette.ts";
import type { Random } from "../random.ts";

/** A shade of a named colour: between two of its samples, a little off. */
export function shadeOf(random: Random, name: ColourName): Rgb {
  const samples = colourSamples[name];
  const mixed = blend(unpack(random.pick(samples)), unpack(random.pick(samples)), random.between(0, 0.3));
  const drift = random.between(-0.02, 0.02);
  return [clamp(mixed[0] + drift), clamp(mixed[1] + drift), clamp(mixed[2] + drift)];
}

export function anyShade(random: Random): Rgb {
  return shadeOf(random, random.pick(colourNames));
}

/** A shade that differs from another by at least `difference` of some channel's range. */
export function otherShade(random: Random, from: Rgb, difference = 0.22): Rgb {
  for (let attempt = 0; attempt < 20; attempt++) {
    const shade = anyShade(random);
    if (shade.some((value, c) => Math.abs(value - from[c]!) >= difference)) return shade;
  }
  return from[1] < 0.5 ? [1, 1, 1] : [0, 0, 0];
}

export function blend(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** The same colour, lighter or darker. */
export function scaled(rgb: Rgb, factor: number): Rgb {
  return [clamp(rgb[0] * factor), clamp(rgb[1] * factor), clamp(rgb[2] * factor)];
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
