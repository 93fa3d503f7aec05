import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { devicesToTry } from "../../src/encoder/devices.ts";
import { openOnnxEncoder } from "../../src/encoder/onnx.ts";
import { readOnnxSignature } from "../../src/encoder/onnx-signature.ts";
import type { Pixels } from "../../src/media/pixels.ts";
import {
  clipFolder,
  clipVocabulary,
  dimensions,
  gemmaVocabulary,
  openEndedFolder,
  otherVisionModel,
  side,
  siglip2Folder,
  tokenRows,
  visionWeights,
  writeFolder,
} from "./published-models.ts";

const signal = new AbortController().signal;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-encoder-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A picture of odd sides, every pixel different. */
function picture(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let n = 0; n < data.length; n++) data[n] = (n * 37 + (n >> 4) * 11) % 256;
  return { width, height, data };
}

type Kernel = { readonly support: number; readonly weigh: (x: number) => number };
const bilinear: Kernel = { support: 1, weigh: (x) => Math.max(0, 1 - Math.abs(x)) };
const bicubic: Kernel = {
  support: 2,
  weigh: (x) => {
    const [a, t] = [-0.5, Math.abs(x)];
    if (t < 1) return (a + 2) * t ** 3 - (a + 3) * t ** 2 + 1;
    return t < 2 ? a * t ** 3 - 5 * a * t ** 2 + 8 * a * t - 4 * a : 0;
  },
};

/** Pillow's resize, one number at a time: `at(x, y, channel)` of a picture of the new size, 0…255. */
function resized(
  { width, height, data }: Pixels,
  toWidth: number,
  toHeight: number,
  { support, weigh }: Kernel,
) {
  const along = (to: number, from: number, at: number): [number, number][] => {
    const scale = Math.max(1, from / to);
    const centre = ((at + 0.5) * from) / to;
    const first = Math.max(0, Math.floor(centre - support * scale + 0.5));
    const last = Math.min(from, Math.floor(centre + support * scale + 0.5));
    const taps: [number, number][] = [];
    for (let n = first; n < last; n++) taps.push([n, weigh((n + 0.5 - centre) / scale)]);
    const total = taps.reduce((sum, [, weight]) => sum + weight, 0);
    return taps.map(([n, weight]) => [n, weight / total]);
  };
  return (x: number, y: number, channel: number): number => {
    let value = 0;
    for (const [row, rowWeight] of along(toHeight, height, y)) {
      for (const [column, weight] of along(toWidth, width, x)) {
        value += rowWeight * weight * (data[(row * width + column) * 3 + channel] ?? 0);
      }
    }
    return value;
  };
}

/** What the tiny vision model computes, in plain numbers: means of four fields of each channel, times the weights. */
function visionVector(pixel: (x: number, y: number, channel: number) => number): number[] {
  const cells: number[] = [];
  for (const channel of [0, 1, 2]) {
    for (const field of [0, 1, 2, 3]) {
      let sum = 0;
      for (let n = 0; n < 16; n++) {
        sum += pixel((field % 2) * 4 + (n % 4), (field >> 1) * 4 + (n >> 2), channel);
      }
      cells.push(sum / 16);
    }
  }
  return unit(
    Array.from({ length: dimensions }, (_, d) =>
      cells.reduce((sum, cell, n) => sum + cell * (visionWeights[n * dimensions + d] ?? 0), 0),
    ),
  );
}

/** The sum of the rows of these tokens. */
function textVector(ids: readonly number[], vocabulary: number): number[] {
  const rows = tokenRows(vocabulary);
  return unit(
    Array.from({ length: dimensions }, (_, d) =>
      ids.reduce((sum, id) => sum + (rows[id * dimensions + d] ?? 0), 0),
    ),
  );
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function close(found: Float32Array | undefined, golden: readonly number[]): void {
  expect(found).toHaveLength(golden.length);
  golden.forEach((value, n) => {
    expect(found?.[n]).toBeCloseTo(value, 4);
  });
}

describe("a CLIP folder as the hub publishes it", () => {
  beforeEach(() => writeFolder(folder, clipFolder()));

  test.each([
    [53, 31],
    [20, 41],
    [8, 8],
    [5, 7],
  ])(
    "a picture of %i × %i: shortest side bicubic, centre crop, CLIP's mean and deviation",
    async (width, height) => {
      await using encoder = await openOnnxEncoder(folder);
      const shot = picture(width, height);
      const shorter = Math.min(width, height);
      const [toWidth, toHeight] = [
        Math.floor((side * width) / shorter),
        Math.floor((side * height) / shorter),
      ];
      const [left, top] = [Math.floor((toWidth - side) / 2), Math.floor((toHeight - side) / 2)];
      const at = resized(shot, toWidth, toHeight, bicubic);
      const mean = [0.48145466, 0.4578275, 0.40821073];
      const deviation = [0.26862954, 0.26130258, 0.27577711];
      const golden = visionVector(
        (x, y, c) => (at(x + left, y + top, c) / 255 - (mean[c] ?? 0)) / (deviation[c] ?? 1),
      );
      const [vector] = await encoder.encode([{ kind: "image", pixels: shot }], signal);
      close(vector, golden);
    },
  );

  test("words get a start and an end token, and the filling up to 77 is masked", async () => {
    await using encoder = await openOnnxEncoder(folder);
    const { "<|startoftext|>": start, "<|endoftext|>": end, "red</w>": red, "car</w>": car } = clipVocabulary;
    const [vector] = await encoder.encode([{ kind: "text", text: "Red  CAR" }], signal);
    close(vector, textVector([start, red, car, end], 13));
  });

  test("a long text loses its tail and keeps its end token", async () => {
    await using encoder = await openOnnxEncoder(folder);
    const { "<|startoftext|>": start, "<|endoftext|>": end, "red</w>": red } = clipVocabulary;
    const [vector] = await encoder.encode([{ kind: "text", text: "red ".repeat(200) }], signal);
    close(vector, textVector([start, ...Array.from({ length: 75 }, () => red), end], 13));
  });

  test("a batch of words and pictures comes back in its order, each as if alone", async () => {
    await using encoder = await openOnnxEncoder(folder);
    const contents = Array.from({ length: 21 }, (_, n) =>
      n % 3 === 0
        ? ({ kind: "text", text: n % 2 === 0 ? "red car" : "a car" } as const)
        : ({ kind: "image", pixels: picture(10 + n, 30 - n) } as const),
    );
    const together = await encoder.encode(contents, signal);
    for (const [n, content] of contents.entries()) {
      const [alone] = await encoder.encode([content], signal);
      close(together[n], [...(alone ?? [])]);
    }
  });

  test("its space is the repository and a hash, and changes with the weights and with how pictures are prepared", async () => {
    const spaceOf = async () => {
      await using encoder = await openOnnxEncoder(folder);
      return encoder.space;
    };
    const first = await spaceOf();
    expect(first).toMatch(/^openai\/clip-tiny@[0-9a-f]{12}$/);
    expect(await spaceOf()).toBe(first);
    await writeFolder(folder, { "manifest.json": { repository: "Xenova/clip-tiny" } });
    expect(await spaceOf()).toBe(first.replace("openai", "Xenova"));
    const { "preprocessor_config.json": settings } = clipFolder();
    await writeFolder(folder, { "preprocessor_config.json": { ...settings, resample: 2 } });
    expect(await spaceOf()).not.toBe(first.replace("openai", "Xenova"));
  });

  test("what is missing, damaged or of another kind is a failure that names it", async () => {
    const opened = async () => {
      await using encoder = await openOnnxEncoder(folder);
      return encoder.space;
    };
    await rm(path.join(folder, "tokenizer.json"));
    await expect(opened()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("tokenizer.json"),
    });
    await writeFolder(folder, clipFolder());
    await writeFolder(folder, { "onnx/vision_model.onnx": otherVisionModel() });
    await expect(opened()).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("one space"),
    });
    await writeFile(path.join(folder, "onnx/vision_model.onnx"), "<html>not found</html>");
    await expect(opened()).rejects.toMatchObject({
      code: "corrupt",
      message: expect.stringContaining("vision_model"),
    });
    await rm(path.join(folder, "onnx"), { recursive: true });
    await expect(opened()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("text_model"),
    });
  });
});

describe("a SigLIP2 folder as the hub publishes it", () => {
  test("a picture is squashed to a square, bilinear, to −1…1, and pooler_output taken", async () => {
    await writeFolder(folder, siglip2Folder("_quantized"));
    await using encoder = await openOnnxEncoder(folder);
    expect(encoder.dimensions).toBe(dimensions);
    const shot = picture(53, 31);
    const at = resized(shot, side, side, bilinear);
    const [vector] = await encoder.encode([{ kind: "image", pixels: shot }], signal);
    close(
      vector,
      visionVector((x, y, c) => (at(x, y, c) / 255 - 0.5) / 0.5),
    );
  });

  test("words are lower-cased and filled up to 64, and the filling counts", async () => {
    await writeFolder(folder, siglip2Folder());
    await using encoder = await openOnnxEncoder(folder);
    const { red, "▁car": car, "<eos>": end, "<pad>": pad } = gemmaVocabulary;
    const filling = Array.from({ length: 61 }, () => pad);
    const [vector] = await encoder.encode([{ kind: "text", text: "RED Car" }], signal);
    close(vector, textVector([red, car, end, ...filling], 16));
  });

  test("of several precisions the finest that words and pictures both have is taken", async () => {
    const fine = siglip2Folder();
    await writeFolder(folder, { ...fine, ...siglip2Folder("_fp16"), ...siglip2Folder("_int8") });
    await rm(path.join(folder, "onnx/text_model.onnx"));
    await writeFile(path.join(folder, "onnx/text_model_int8.onnx"), "no graph");
    await using encoder = await openOnnxEncoder(folder);
    expect(await encoder.encode([{ kind: "text", text: "red" }], signal)).toHaveLength(1);
    await rm(path.join(folder, "onnx/text_model_fp16.onnx"));
    await expect(openOnnxEncoder(folder)).rejects.toMatchObject({
      message: expect.stringContaining("text_model_int8"),
    });
  });
});

test("graphs that leave it open how long their vectors are: the settings say it, and a wrong word is noticed", async () => {
  await writeFolder(folder, openEndedFolder());
  await writeFolder(folder, { "config.json": { model_type: "clip", projection_dim: dimensions } });
  await using encoder = await openOnnxEncoder(folder);
  expect(encoder.dimensions).toBe(dimensions);
  expect((await encoder.encode([{ kind: "text", text: "red" }], signal))[0]).toHaveLength(dimensions);
  await writeFolder(folder, { "config.json": { model_type: "clip" } });
  await using wrong = await openOnnxEncoder(folder);
  expect(wrong.dimensions).toBe(512);
  await expect(wrong.encode([{ kind: "text", text: "red" }], signal)).rejects.toMatchObject({
    code: "corrupt",
    message: expect.stringContaining("6 numbers for 1 vectors of 512"),
  });
});

test("a graph's signature is read without the runtime, whatever lies between", async () => {
  await writeFolder(folder, siglip2Folder());
  expect(await readOnnxSignature(path.join(folder, "onnx/vision_model.onnx"))).toEqual({
    inputs: [{ name: "pixel_values", elementType: 1, shape: ["batch", 3, side, side] }],
    outputs: [
      { name: "last_hidden_state", elementType: 1, shape: ["batch", 12] },
      { name: "pooler_output", elementType: 1, shape: ["batch", dimensions] },
    ],
  });
  const real = await readOnnxSignature(path.resolve("assets/encoder/vision_model.onnx"));
  expect(real.outputs).toEqual([{ name: "image_embeds", elementType: 1, shape: ["batch", 560] }]);
});

describe("where it computes", () => {
  const both = { cuda: true, webgpu: true };

  test("CUDA comes before WebGPU, the processor last; whole numbers stay off WebGPU", () => {
    expect(devicesToTry("auto", false, both)).toEqual(["cuda", "webgpu", "cpu"]);
    expect(devicesToTry("auto", true, both)).toEqual(["cuda", "cpu"]);
    expect(devicesToTry("auto", false, { cuda: false, webgpu: false })).toEqual(["cpu"]);
    expect(devicesToTry("webgpu", true, both)).toEqual(["webgpu", "cpu"]);
    expect(devicesToTry("cpu", false, both)).toEqual(["cpu"]);
  });

  test("the device is named once it has computed", async () => {
    await writeFolder(folder, clipFolder());
    await using encoder = await openOnnxEncoder(folder, { device: "cpu" });
    expect(encoder.runsOn?.()).toBeUndefined();
    await encoder.encode([{ kind: "text", text: "red" }], signal);
    expect(encoder.runsOn?.()).toBe("the processor");
  });
});
