import { readFileSync } from "node:fs";

export type LetteringWeight = 400 | 700;

export interface LetteringPlace {
  /** Of the anchor, in the picture's units. */
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  /** Height of the em square. */
  readonly size: number;
  readonly weight?: LetteringWeight;
  readonly anchor?: "start" | "middle" | "end";
}

interface Face {
  readonly unitsPerEm: number;
  readonly glyphs: Readonly<Record<string, readonly [advance: number, contours: string]>>;
}

const faces = new Map<string, Face>();

function face(script: "latin" | "chinese", weight: LetteringWeight): Face {
  const name = `${script}-${weight}`;
  const known = faces.get(name);
  if (known) return known;
  const root = new URL(import.meta.url.endsWith(".ts") ? "../../" : "../../../", import.meta.url);
  const loaded = JSON.parse(readFileSync(new URL(`assets/lettering/${name}.json`, root), "utf8")) as Face;
  faces.set(name, loaded);
  return loaded;
}

/** Latin first; a Chinese character without a bold outline is drawn in the regular weight. */
function glyphOf(
  character: string,
  weight: LetteringWeight,
): { face: Face; advance: number; contours: string } {
  const candidates = [() => face("latin", weight), () => face("chinese", weight), () => face("chinese", 400)];
  for (const candidate of candidates) {
    const found = candidate();
    const glyph = found.glyphs[character];
    if (glyph) return { face: found, advance: glyph[0], contours: glyph[1] };
  }
  throw new RangeError(
    `No outline for "${character}": add it to src/demo/lettering-characters.ts and run build-lettering`,
  );
}

/** Width of one line of text, in the unit of `size`. */
export function measure(text: string, size: number, weight: LetteringWeight = 400): number {
  let width = 0;
  for (const character of text) {
    const glyph = glyphOf(character, weight);
    width += (glyph.advance * size) / glyph.face.unitsPerEm;
  }
  return width;
}

/**
 * One line of text as SVG path data (the `d` of a `<path>`), drawn from outlines that the project carries: the same
 * on every machine, with no font installed. Throws RangeError for a character without an outline.
 */
export function letteringPath(text: string, place: LetteringPlace): string {
  const weight = place.weight ?? 400;
  const width = place.anchor && place.anchor !== "start" ? measure(text, place.size, weight) : 0;
  let x = place.x - (place.anchor === "middle" ? width / 2 : width);
  let path = "";
  for (const character of text) {
    const glyph = glyphOf(character, weight);
    const scale = place.size / glyph.face.unitsPerEm;
    path += placed(glyph.contours, x, place.y, scale);
    x += glyph.advance * scale;
  }
  return path;
}

/** Relative contours in font units → absolute path data, so that rounding does not add up along a contour. */
function placed(contours: string, x: number, y: number, scale: number): string {
  let [atX, atY, startX, startY] = [0, 0, 0, 0];
  let path = "";
  const point = (dx: number, dy: number) =>
    `${round(x + (atX + dx) * scale)} ${round(y + (atY + dy) * scale)}`;
  for (const [, command = "", list = ""] of contours.matchAll(/([mlqz])([^mlqz]*)/g)) {
    if (command === "z") {
      path += "Z";
      [atX, atY] = [startX, startY];
      continue;
    }
    const numbers = (list.match(/-?\d+/g) ?? []).map(Number);
    const points = [];
    for (let index = 0; index < numbers.length; index += 2)
      points.push(point(numbers[index] ?? 0, numbers[index + 1] ?? 0));
    path += command.toUpperCase() + points.join(" ");
    atX += numbers.at(-2) ?? 0;
    atY += numbers.at(-1) ?? 0;
    if (command === "m") [startX, startY] = [atX, atY];
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
