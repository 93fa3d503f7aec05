import { cp, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Content, Encoder } from "../../src/encoder/encoder.ts";
import { openOnnxEncoder } from "../../src/encoder/onnx.ts";

const shipped = resolve(import.meta.dirname, "../../assets/encoder");
const { signal } = new AbortController();
let encoder: Encoder;
let folder = "";
beforeAll(async () => {
  encoder = await openOnnxEncoder(shipped);
  folder = await mkdtemp(join(tmpdir(), "sightline-encoder-"));
});
afterAll(async () => {
  await encoder[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const words = (text: string): Content => ({ kind: "text", text });
const plain = (red: number, green: number, blue: number): Content => ({
  kind: "image",
  pixels: {
    width: 40,
    height: 30,
    data: Uint8Array.from({ length: 3600 }, (_, n) => [red, green, blue][n % 3]!),
  },
});
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, n) => sum + value * b[n]!, 0);

async function copyOfShipped(name: string): Promise<string> {
  const target = join(folder, name);
  await cp(shipped, target, { recursive: true });
  return target;
}

test("vectors have the encoder's width and unit length, in the order of what was given", async () => {
  const contents = [plain(220, 20, 20), words("red"), plain(20, 40, 220), words("蓝色")];
  const vectors = await encoder.encode(contents, signal);
  expect(vectors.map((vector) => vector.length)).toEqual(contents.map(() => encoder.dimensions));
  for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 4);
  const [redPicture, red, bluePicture, blue] = vectors;
  expect(dot(redPicture!, red!)).toBeGreaterThan(dot(bluePicture!, red!));
  expect(dot(bluePicture!, blue!)).toBeGreaterThan(dot(redPicture!, blue!));
});

test("the same content gives the same vector, alone or among others", async () => {
  const many = Array.from({ length: 11 }, (_, n) => plain(n * 20, 90, 200 - n * 10));
  const together = await encoder.encode(many, signal);
  const [alone] = await encoder.encode([many[7]!], signal);
  expect(dot(alone!, together[7]!)).toBeCloseTo(1, 5);
});

test("a word it has never learned is named and gives no vector to guess by", async () => {
  const [vector] = await encoder.encode([words("giraffe")], signal);
  expect(vector?.every((value) => value === 0)).toBe(true);
  expect(encoder.vocabularyOf("a red giraffe")).toEqual({ known: ["red"], unknown: ["giraffe"] });
});

test("an abort is heard with its own reason", async () => {
  const reason = new Error("enough");
  await expect(encoder.encode([words("red")], AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("a folder that is missing, cut or changed is a failure that names the file", async () => {
  await expect(openOnnxEncoder(join(folder, "nowhere"))).rejects.toMatchObject({ code: "unavailable" });

  const cut = await copyOfShipped("cut");
  await truncate(join(cut, "vision_model.onnx"), 1000);
  await expect(openOnnxEncoder(cut)).rejects.toMatchObject({
    code: "corrupt",
    message: expect.stringContaining("vision_model.onnx"),
  });

  const changed = await copyOfShipped("changed");
  const bytes = await readFile(join(changed, "text_model.onnx"));
  bytes[5000] = bytes[5000]! ^ 1;
  await writeFile(join(changed, "text_model.onnx"), bytes);
  await expect(openOnnxEncoder(changed)).rejects.toMatchObject({ code: "corrupt" });
});
