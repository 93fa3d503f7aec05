import type { Rgb } from "../palette.ts";
import { latticeNoise, type Random } from "../random.ts";
import type { Layer, TextureName } from "./picture-plan.ts";
import { anyShade, blend, otherShade, scaled, shadeOf } from "./shades.ts";

const everywhere = () => 1;

function ground(shadeAt: Layer["shadeAt"]): Layer {
  return { coverage: everywhere, shadeAt };
}

/** Smooth noise in 0…1: cells of the lattice, blended. */
export function smoothNoise(u: number, v: number, cells: number, seed: number): number {
  const x = u * cells;
  const y = v * cells;
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = (x - x0) * (x - x0) * (3 - 2 * (x - x0));
  const fy = (y - y0) * (y - y0) * (3 - 2 * (y - y0));
  const top = latticeNoise(x0, y0, seed) * (1 - fx) + latticeNoise(x0 + 1, y0, seed) * fx;
  const bottom = latticeNoise(x0, y0 + 1, seed) * (1 - fx) + latticeNoise(x0 + 1, y0 + 1, seed) * fx;
  return top * (1 - fy) + bottom * fy;
}

/** Two shades far enough apart to see the pattern that they make. */
function contrastingPair(random: Random): readonly [Rgb, Rgb] {
  const first = anyShade(random);
  for (let attempt = 0; attempt < 20; attempt++) {
    const second = anyShade(random);
    if (Math.abs(lumaOf(first) - lumaOf(second)) > 0.25) return [first, second];
  }
  return [shadeOf(random, "black"), shadeOf(random, "white")];
}

function lumaOf([red, green, blue]: Rgb): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function wave(position: number): boolean {
  return position - Math.floor(position) < 0.5;
}

function stripes(random: Random, du: number, dv: number): Layer {
  const [a, b] = contrastingPair(random);
  const count = random.between(4, 16);
  const offset = random.next();
  return ground((u, v) => (wave((u * du + v * dv) * count + offset) ? a : b));
}

function checked(random: Random): Layer {
  const [a, b] = contrastingPair(random);
  const columns = random.between(2.5, 9);
  const rows = columns * random.between(0.7, 1.4);
  const offset = random.next();
  return ground((u, v) => (wave(u * columns + offset) === wave(v * rows + offset) ? a : b));
}

function dotted(random: Random): Layer {
  const [a, b] = contrastingPair(random);
  const count = random.between(5, 12);
  const radius = random.between(0.22, 0.36);
  return ground((u, v) => {
    const x = u * count - Math.floor(u * count) - 0.5;
    const y = v * count - Math.floor(v * count) - 0.5;
    return x * x + y * y < radius * radius ? a : b;
  });
}

function rough(random: Random): Layer {
  const shade = anyShade(random);
  const base = lumaOf(shade) < 0.15 ? shadeOf(random, "white") : shade;
  const cells = random.between(14, 40);
  const depth = random.between(0.45, 0.8);
  const seed = random.index(1e6);
  return ground((u, v) =>
    scaled(
      base,
      1.15 - depth * (0.65 * smoothNoise(u, v, cells, seed) + 0.35 * smoothNoise(u, v, cells * 2, seed + 1)),
    ),
  );
}

function gradient(random: Random): Layer {
  const a = anyShade(random);
  const b = otherShade(random, a);
  const across = random.chance(0.5);
  const back = random.chance(0.5);
  return ground((u, v) => {
    const t = across ? u : v;
    return blend(a, b, back ? 1 - t : t);
  });
}

/** A page: dark marks of word length on level lines. */
function linesOfText(random: Random): Layer {
  const dark = random.chance(0.2);
  const paper = shadeOf(random, dark ? "black" : "white");
  const ink = shadeOf(random, dark ? "white" : "black");
  const lines = random.between(8, 18);
  const letters = lines * random.between(2.2, 3);
  const margin = random.between(0.04, 0.14);
  const seed = random.index(1e6);
  return ground((u, v) => {
    const line = Math.floor(v * lines);
    const inLine = v * lines - line;
    const letter = Math.floor(u * letters);
    const end = 1 - margin - 0.3 * latticeNoise(line, 7, seed);
    const outside = u < margin || u > end || v < margin || v > 1 - margin || inLine < 0.3 || inLine > 0.78;
    if (outside || latticeNoise(letter, line, seed) < 0.16) return paper;
    return latticeNoise(Math.floor(u * letters * 3), Math.floor(v * lines * 5), seed + 2) < 0.55
      ? ink
      : paper;
  });
}

function smooth(random: Random): Layer {
  const shade = anyShade(random);
  const fall = random.between(-0.04, 0.04);
  return ground((_u, v) => scaled(shade, 1 + fall * (v - 0.5)));
}

const grounds: Readonly<Record<TextureName, (random: Random) => Layer>> = {
  smooth,
  noisy: smooth,
  gradient,
  rough,
  checked,
  dotted,
  "horizontal stripes": (random) => stripes(random, 0, 1),
  "vertical stripes": (random) => stripes(random, 1, 0),
  "diagonal stripes": (random) => stripes(random, random.pick([-0.7, 0.7]), 0.7),
  "lines of text": linesOfText,
};

export const textureNames = Object.keys(grounds) as readonly TextureName[];

export function texturedGround(random: Random, texture: TextureName): Layer {
  return grounds[texture](random);
}

/** One shade over another, their border at `horizon`. */
export function bands(upper: Layer["shadeAt"], lower: Layer["shadeAt"], horizon: number): Layer {
  return ground((u, v) => (v < horizon ? upper(u, v) : lower(u, v)));
}

/** Two plain halves, beside or over each other. */
export function halves(random: Random): Layer {
  const a = anyShade(random);
  const b = otherShade(random, a);
  const border = random.between(0.35, 0.65);
  const across = random.chance(0.5);
  return ground((u, v) => ((across ? u : v) < border ? a : b));
}
