import type { ColourName } from "../../media/colour-name.ts";
import { cubeRoot } from "./exact-math.ts";

export type Rgb = readonly [red: number, green: number, blue: number];

/** What each colour word means: samples of it in sRGB, bright and dull. Everything else takes the nearest. */
export const colourSamples: Readonly<Record<ColourName, readonly number[]>> = {
  black: [0x000000, 0x161618, 0x262626],
  white: [0xffffff, 0xf2f2f0, 0xe6e6e6],
  grey: [0x3e3e40, 0x555558, 0x6e6e6e, 0x8a8a8a, 0xa6a6a6, 0xc2c2c4],
  red: [0xd0021b, 0x8b1a1a, 0xe53935, 0xb03030, 0x9a4646, 0xdc143c, 0xcd5c5c, 0xb22248],
  orange: [0xf57c00, 0xff9a3c, 0xdd6618],
  yellow: [0xfdd835, 0xf4e04d, 0xd0b21e, 0xf2e79a],
  green: [0x2e7d32, 0x66bb6a, 0x4c6b2f, 0x1b4d2b, 0x9cd04f, 0x5f7f5a],
  blue: [0x1e4fc4, 0x4f90d5, 0x0d2a6b, 0x90c4f4, 0x2aa0c9, 0x4a6a8e],
  purple: [0x6a1b9a, 0x9a5cdc, 0x47266b],
  pink: [0xf06292, 0xf8b6cc, 0xe84a9a],
  brown: [0x5d4037, 0x8a6446, 0x40281c, 0xaf8a5c],
};

/** sRGB 0…255 packed as 0xrrggbb → 0…1. */
export function unpack(packed: number): Rgb {
  return [(packed >> 16) / 255, ((packed >> 8) & 255) / 255, (packed & 255) / 255];
}

/** A cubic through the sRGB transfer curve (largest error 0.002), so that no power function is needed. */
export const linearised = [0.012522878, 0.682171111, 0.305306011] as const;

/** Linear sRGB → cone responses, and their cube roots → Oklab (Björn Ottosson, 2020). */
export const coneResponses = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
] as const;
export const oklabFromCones = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
] as const;

/** Keeps the cube root away from its steep start at black. */
export const coneFloor = 0.0005;

/** sRGB 0…1 → Oklab, by the same steps as the picture graph. */
export function oklab(rgb: Rgb): Rgb {
  const linear = rgb.map(
    (x) => x * (linearised[0] + x * (linearised[1] + x * linearised[2])),
  ) as unknown as Rgb;
  const cones = coneResponses.map((row) => cubeRoot(dot(row, linear) + coneFloor)) as unknown as Rgb;
  return oklabFromCones.map((row) => dot(row, cones)) as unknown as Rgb;
}

function dot(a: Rgb, b: Rgb): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
