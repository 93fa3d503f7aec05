import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawGallery, manyPictures, mean, tryAlterations, tryWords } from "../../bench/encoder.ts";
import type { Encoder } from "../../src/encoder/encoder.ts";
import { openOnnxEncoder } from "../../src/encoder/onnx.ts";

/** Seeds that neither the fit, nor the trial of words, nor the thresholds have drawn from. */
const seeds = { words: 71, pictures: 81 };

let encoder: Encoder;
beforeAll(async () => {
  encoder = await openOnnxEncoder(resolve(import.meta.dirname, "../../assets/encoder"));
});
afterAll(() => encoder[Symbol.asyncDispose]());

test("a word finds a picture it fits before fifty it does not, nineteen times of twenty", async () => {
  const words = await tryWords(encoder, await drawGallery(encoder, seeds.words, 700));
  const recall = mean(words.map(({ recallAtOne }) => recallAtOne));
  console.log(`text → picture recall@1 ${recall.toFixed(3)} over ${words.length} words`);
  expect(words.length).toBeGreaterThan(80);
  expect(recall).toBeGreaterThanOrEqual(0.95);
  expect(mean(words.map(({ mistaken }) => mistaken))).toBeLessThan(0.03);
  expect(mean(words.map(({ missed }) => missed))).toBeLessThan(0.03);
});

test("a picture is found again after resizing, compression, a crop and other light", async () => {
  const altered = await tryAlterations(encoder, manyPictures(seeds.pictures, 200, 0, 0));
  console.log(`picture → picture recall@1 ${JSON.stringify(Object.fromEntries(altered))}`);
  for (const name of ["resized", "JPEG 50", "cropped 10 %", "brightness ±15 %"])
    expect(altered.get(name), name).toBeGreaterThanOrEqual(0.99);
});
