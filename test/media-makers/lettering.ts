import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Font, PathCommand } from "opentype.js";
import sharp from "sharp";
import type { Pixels } from "../../src/media/pixels.ts";
import { seededRandom } from "./seeded-random.ts";

export interface LetteringOptions {
  /** Height of the em square in pixels. */
  readonly size: number;
  /** Clockwise, in degrees. */
  readonly degrees?: number;
  readonly colour?: string;
  readonly background?: string;
  /** Standard deviation of Gaussian noise, in grey levels. */
  readonly noise?: number;
  /** Gaussian blur, in pixels. */
  readonly blur?: number;
  readonly seed?: number;
  readonly margin?: number;
}

const require = createRequire(import.meta.url);
const { parse } = require("opentype.js") as typeof import("opentype.js");
const fonts = new Map<string, Font>();

function font(file: string): Font {
  const known = fonts.get(file);
  if (known) return known;
  const bytes = readFileSync(require.resolve(`@fontsource/${file}`));
  const loaded = parse(new Uint8Array(bytes).buffer);
  fonts.set(file, loaded);
  return loaded;
}

function glyphOf(character: string): { glyph: ReturnType<Font["charToGlyph"]>; unitsPerEm: number } {
  for (const file of [
    "noto-sans/files/noto-sans-latin-400-normal.woff",
    "noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff",
  ]) {
    const candidate = font(file);
    const glyph = candidate.charToGlyph(character);
    if (glyph.index !== 0) return { glyph, unitsPerEm: candidate.unitsPerEm };
  }
  throw new RangeError(`Neither font draws "${character}"`);
}

/** One line as SVG path data from (x, y) on its base line, and its width. */
export function letteringPath(
  text: string,
  place: { readonly x: number; readonly y: number; readonly size: number },
): { readonly path: string; readonly width: number } {
  let x = place.x;
  let path = "";
  for (const character of text) {
    const { glyph, unitsPerEm } = glyphOf(character);
    const scale = place.size / unitsPerEm;
    path += glyph.path.commands.map((command) => placed(command, x, place.y, scale)).join("");
    x += glyph.advanceWidth * scale;
  }
  return { path, width: x - place.x };
}

function placed(command: PathCommand, x: number, y: number, scale: number): string {
  const point = (dx = 0, dy = 0) => `${(x + dx * scale).toFixed(2)} ${(y - dy * scale).toFixed(2)} `;
  if (command.type === "Z") return "Z";
  const end = point(command.x, command.y);
  if (command.type === "Q") return `Q${point(command.x1, command.y1)}${end}`;
  if (command.type === "C") return `C${point(command.x1, command.y1)}${point(command.x2, command.y2)}${end}`;
  return `${command.type}${end}`;
}

/** Lines of text as a picture, drawn without any font of the machine: the same pixels on every run. */
export async function letteringPixels(lines: readonly string[], options: LetteringOptions): Promise<Pixels> {
  const { size, degrees = 0, colour = "#111", background = "#fff", margin = size * 2 } = options;
  const drawn = lines.map((line, index) =>
    letteringPath(line, { x: margin, y: margin + size * (1 + index * 1.6), size }),
  );
  const width = Math.ceil(Math.max(1, ...drawn.map((line) => line.width)) + margin * 2);
  const height = Math.ceil(margin * 2 + size * 1.6 * lines.length);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${background}"/><path fill="${colour}" d="${drawn.map((line) => line.path).join("")}"/></svg>`;
  let picture = sharp(Buffer.from(svg)).rotate(degrees, { background }).flatten({ background });
  if (options.blur) picture = picture.blur(options.blur);
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const noisy = options.noise ? withNoise(data, options.noise, options.seed ?? 1) : data;
  return { width: info.width, height: info.height, data: new Uint8Array(noisy) };
}

function withNoise(data: Uint8Array, deviation: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const noisy = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index += 3) {
    const shift = gaussian(random) * deviation;
    for (let channel = 0; channel < 3; channel++) {
      const value = (data[index + channel] ?? 0) + shift;
      noisy[index + channel] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return noisy;
}

/** Box–Muller. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
