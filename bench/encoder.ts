import { fileURLToPath } from "node:url";
import { colourNamer } from "../src/encoder/builtin/colour-naming.ts";
import { concepts, type Label } from "../src/encoder/builtin/concepts.ts";
import type { PicturePlan } from "../src/encoder/builtin/draw/picture-plan.ts";
import { randomPlan } from "../src/encoder/builtin/draw/random-plan.ts";
import { render } from "../src/encoder/builtin/draw/render.ts";
import { builtPlace } from "../src/encoder/builtin/draw/scenes.ts";
import { anyShade } from "../src/encoder/builtin/draw/shades.ts";
import { randomPlacement, shapeLayer } from "../src/encoder/builtin/draw/shapes.ts";
import { type Random, seededRandom } from "../src/encoder/builtin/random.ts";
import { truthOf } from "../src/encoder/builtin/truth.ts";
import { vocabulary } from "../src/encoder/builtin/vocabulary.ts";
import type { Encoder } from "../src/encoder/encoder.ts";
import { openOnnxEncoder } from "../src/encoder/onnx.ts";
import type { Pixels } from "../src/media/pixels.ts";
import { alterations } from "./picture-alterations.ts";

/** Wrong pictures that a right one is held against. */
const distractors = 50;
const size = { width: 256, height: 192 };
const never = new AbortController().signal;

export interface DrawnGallery {
  readonly pictures: readonly Pixels[];
  readonly vectors: readonly Float32Array[];
  /** By picture, then by index of `concepts`. */
  readonly labels: readonly (readonly Label[])[];
}

/** Pictures of a seed that the encoder's builder has never drawn, at four times its input size. */
export async function drawGallery(encoder: Encoder, seed: number, count: number): Promise<DrawnGallery> {
  const random = seededRandom(seed);
  const nameOf = colourNamer();
  const drawn = Array.from({ length: count }, () => {
    const plan = randomPlan(random);
    const rendering = render(plan, size.width, size.height);
    const truth = truthOf(plan, rendering, nameOf);
    return { pixels: rendering.pixels, labels: concepts.map((concept) => concept.label(truth)) };
  });
  const pictures = drawn.map(({ pixels }) => pixels);
  return { pictures, vectors: await encodeAll(encoder, pictures), labels: drawn.map(({ labels }) => labels) };
}

function encodeAll(encoder: Encoder, pictures: readonly Pixels[]): Promise<readonly Float32Array[]> {
  return encoder.encode(
    pictures.map((pixels) => ({ kind: "image", pixels })),
    never,
  );
}

export interface WordResult {
  readonly word: string;
  readonly concept: string;
  /** Chance that a right picture comes before `distractors` wrong ones. */
  readonly recallAtOne: number;
  /** Share of the wrong pictures that reach the encoder's threshold. */
  readonly mistaken: number;
  /** Share of the right pictures that stay under it. */
  readonly missed: number;
}

/** Tries each concept that the encoder has a word for, by its first word, on the pictures of a gallery. */
export async function tryWords(encoder: Encoder, gallery: DrawnGallery): Promise<readonly WordResult[]> {
  const known = vocabulary(new Set(concepts.map(({ id }) => id))).filter(
    ({ text, concept }) => concept !== undefined && encoder.vocabularyOf(text).known.includes(text),
  );
  const results: WordResult[] = [];
  for (const [index, { id }] of concepts.entries()) {
    const word = known.find(({ concept }) => concept === id)?.text;
    if (word === undefined) continue;
    const [query] = await encoder.encode([{ kind: "text", text: word }], never);
    const cosines = (label: Label) =>
      gallery.vectors
        .filter((_, n) => gallery.labels[n]![index] === label)
        .map((vector) => cosine(query!, vector));
    const [right, wrong] = [cosines(1), cosines(0)];
    if (right.length === 0 || wrong.length === 0) continue;
    const threshold = encoder.relevance.textToImage;
    results.push({
      word,
      concept: id,
      recallAtOne: mean(right.map((own) => share(wrong, (other) => other < own) ** distractors)),
      mistaken: share(wrong, (value) => value >= threshold),
      missed: share(right, (value) => value < threshold),
    });
  }
  return results;
}

/** Drawn pictures, and frames of fixed cameras that differ by one small object. */
export function manyPictures(
  seed: number,
  drawn: number,
  cameras: number,
  framesEach: number,
): readonly Pixels[] {
  const random = seededRandom(seed);
  const plans = Array.from({ length: drawn }, () => randomPlan(random));
  const scenes = Array.from({ length: cameras }, () => cameraFrames(random, framesEach)).flat();
  return [...plans, ...scenes].map((plan) => render(plan, size.width, size.height).pixels);
}

function cameraFrames(random: Random, count: number): PicturePlan[] {
  const background = builtPlace(random);
  const shade = anyShade(random);
  return Array.from({ length: count }, () => ({
    background,
    objects: [shapeLayer(random, shade, randomPlacement(random, 0.06, 0.12))],
    texture: "mixed",
    scenes: [],
    lighting: { exposure: 1, haze: 0, noise: 0.01, saturation: 1 },
    noiseSeed: random.index(1e6),
  }));
}

/** For each alteration, the share of pictures whose altered copy finds the original before all others. */
export async function tryAlterations(
  encoder: Encoder,
  pictures: readonly Pixels[],
): Promise<ReadonlyMap<string, number>> {
  const gallery = await encodeAll(encoder, pictures);
  const results = new Map<string, number>();
  for (const [name, alter] of alterations) {
    const random = seededRandom(5);
    const altered: Pixels[] = [];
    for (const picture of pictures) altered.push(await alter(picture, random));
    const queries = await encodeAll(encoder, altered);
    results.set(
      name,
      share(
        queries.map((query, n) => nearestTo(query, gallery) === n),
        Boolean,
      ),
    );
  }
  return results;
}

function nearestTo(query: Float32Array, gallery: readonly Float32Array[]): number {
  const cosines = gallery.map((vector) => cosine(query, vector));
  return cosines.indexOf(Math.max(...cosines));
}

export function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, n) => sum + value * b[n]!, 0);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function share<T>(values: readonly T[], test: (value: T) => boolean): number {
  return values.filter(test).length / Math.max(1, values.length);
}

/** Recall@1 of words and of altered pictures, and the time a 384-pixel frame takes on one core. */
export async function run(): Promise<string> {
  const above = import.meta.url.includes("/dist/") ? "../../" : "../";
  await using encoder = await openOnnxEncoder(
    fileURLToPath(new URL(`${above}assets/encoder/`, import.meta.url)),
  );
  const words = await tryWords(encoder, await drawGallery(encoder, 71, 500));
  const altered = await tryAlterations(encoder, manyPictures(72, 240, 4, 20));
  const frames = Array.from({ length: 32 }, (_, n) => render(randomPlan(seededRandom(n)), 384, 216).pixels);
  await encodeAll(encoder, frames);
  const start = performance.now();
  await encodeAll(encoder, frames);
  const perFrame = (performance.now() - start) / frames.length;
  const weakest = words.toSorted((a, b) => a.recallAtOne - b.recallAtOne).slice(0, 8);
  return [
    `built-in encoder ${encoder.space}, ${encoder.dimensions} dimensions`,
    `  words (${words.length}): recall@1 ${mean(words.map((w) => w.recallAtOne)).toFixed(3)} against ${distractors} wrong pictures`,
    `    weakest: ${weakest.map((w) => `${w.word} ${w.recallAtOne.toFixed(2)}`).join(", ")}`,
    `    at the threshold ${encoder.relevance.textToImage}: missed ${percent(mean(words.map((w) => w.missed)))}, mistaken ${percent(mean(words.map((w) => w.mistaken)))}`,
    `  pictures (320): recall@1 ${[...altered].map(([name, recall]) => `${name} ${recall.toFixed(3)}`).join(", ")}`,
    `  ${perFrame.toFixed(1)} ms a 384-pixel frame, preparation included`,
  ].join("\n");
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}
