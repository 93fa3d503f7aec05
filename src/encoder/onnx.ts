import path from "node:path";
import type { Tokenizer } from "@huggingface/tokenizers";
import type { Tensor } from "onnxruntime-node";
import type { Pixels } from "../media/pixels.ts";
import { damaged } from "./damaged.ts";
import { type Device, type DeviceChoice, devicesThere, devicesToTry } from "./devices.ts";
import type { Content, Encoder } from "./encoder.ts";
import type { EncoderManifest } from "./manifest.ts";
import { readModelFolder } from "./model-folder.ts";
import { type LazyModel, lazyModel, type RunsOn } from "./onnx-session.ts";
import { openTokenizer } from "./open-tokenizer.ts";
import { preparePixels } from "./pixel-preparation.ts";
import { isWholeNumberPrecision } from "./published-folder.ts";
import { tokenBatch, wordsOf } from "./text-tokens.ts";

/** Pictures that go through the model at once: few, so that an abort is soon felt. */
const picturesAtOnce = 8;
const textsAtOnce = 64;

export interface OnnxEncoderOptions {
  /** Threads of each model; indexing works on two files at once, so the default is one. */
  readonly threads?: number;
  /** `auto` by default: CUDA or WebGPU where they are, else the processor. */
  readonly device?: DeviceChoice;
}

interface Models {
  readonly manifest: EncoderManifest;
  readonly tokenizer: () => Promise<Tokenizer>;
  readonly vision: LazyModel;
  readonly text: LazyModel;
}

/**
 * Opens a folder with two ONNX files and a tokenizer: the built-in pair, or any CLIP or SigLIP as hubs publish it.
 * Throws `Failure` (`unavailable`, `unsupported`, `corrupt`) for one that cannot be used. The ONNX runtime is loaded at
 * the first `encode`, and a large tokenizer (SigLIP2's has 34 MB) at the first text.
 */
export async function openOnnxEncoder(directory: string, options: OnnxEncoderOptions = {}): Promise<Encoder> {
  const manifest = await readModelFolder(directory);
  const { threads = 1, device = "auto" } = options;
  const sessionOf = (file: string) =>
    lazyModel(directory, file, {
      threads,
      devices: devicesToTry(device, isWholeNumberPrecision(file), devicesThere()),
    });
  const tokenizerFile = path.join(directory, manifest.files.tokenizer.name);
  const closed = manifest.text.vocabulary.kind === "closed" ? await openTokenizer(tokenizerFile) : undefined;
  let opening: Promise<Tokenizer> | undefined;
  const models: Models = {
    manifest,
    tokenizer: async () => {
      opening ??= closed ? Promise.resolve(closed) : openTokenizer(tokenizerFile);
      return await opening;
    },
    vision: sessionOf(manifest.files.vision.name),
    text: sessionOf(manifest.files.text.name),
  };
  let disposed = false;
  return {
    space: manifest.space,
    dimensions: manifest.dimensions,
    accepts: new Set(["text", "image"] as const),
    relevance: manifest.relevance,
    runsOn: () => namedDevice(models.vision.runsOn() ?? models.text.runsOn()),
    encode(contents, signal) {
      if (disposed) return Promise.reject(new Error(`The encoder ${manifest.space} is disposed`));
      return encodeInOrder(models, contents, signal);
    },
    ...(closed ? { addsWords: true } : {}),
    vocabularyOf: (text) => wordsOf(closed, manifest.text, text),
    async [Symbol.asyncDispose]() {
      disposed = true;
      await Promise.all([models.vision.release(), models.text.release()]);
    },
  };
}

const deviceNames: Readonly<Record<Device, string>> = {
  cuda: "CUDA",
  webgpu: "WebGPU",
  cpu: "the processor",
};

function namedDevice(runsOn: RunsOn | undefined): string | undefined {
  if (!runsOn) return undefined;
  const failed = runsOn.failed.map(({ device, reason }) => `${deviceNames[device]} failed: ${reason}`);
  return [deviceNames[runsOn.device], ...failed].join("; ");
}

async function encodeInOrder(
  models: Models,
  contents: readonly Content[],
  signal: AbortSignal,
): Promise<readonly Float32Array[]> {
  signal.throwIfAborted();
  const result: Float32Array[] = [];
  const store = (places: readonly number[], vectors: readonly Float32Array[]) => {
    places.forEach((place, n) => {
      result[place] = vectors[n]!;
    });
  };
  const texts = contents.flatMap((content, place) =>
    content.kind === "text" ? [{ place, text: content.text }] : [],
  );
  const images = contents.flatMap((content, place) =>
    content.kind === "image" ? [{ place, pixels: content.pixels }] : [],
  );
  for (const batch of batchesOf(texts, textsAtOnce)) {
    store(
      batch.map(({ place }) => place),
      await encodeTexts(
        models,
        batch.map(({ text }) => text),
      ),
    );
    signal.throwIfAborted();
  }
  for (const batch of batchesOf(images, picturesAtOnce)) {
    store(
      batch.map(({ place }) => place),
      await encodePictures(
        models,
        batch.map(({ pixels }) => pixels),
      ),
    );
    signal.throwIfAborted();
  }
  return result;
}

function batchesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );
}

async function encodeTexts({ manifest, tokenizer, text }: Models, texts: readonly string[]) {
  const { length, ids, mask } = tokenBatch(await tokenizer(), manifest.text, texts);
  const { tokens, attentionMask, textEmbedding } = manifest.tensors;
  const shape = [texts.length, length];
  const output = await text.run(
    (Tensor) => ({
      [tokens]: new Tensor("int64", ids, shape),
      ...(attentionMask === undefined ? {} : { [attentionMask]: new Tensor("int64", mask, shape) }),
    }),
    textEmbedding,
  );
  return unitRows(output, texts.length, manifest);
}

async function encodePictures({ manifest, vision }: Models, pictures: readonly Pixels[]) {
  const { size } = manifest.image;
  const values = new Float32Array(pictures.length * 3 * size * size);
  pictures.forEach((pixels, n) => {
    values.set(preparePixels(pixels, manifest.image), n * 3 * size * size);
  });
  const { pixels, imageEmbedding } = manifest.tensors;
  const output = await vision.run(
    (Tensor) => ({ [pixels]: new Tensor("float32", values, [pictures.length, 3, size, size]) }),
    imageEmbedding,
  );
  return unitRows(output, pictures.length, manifest);
}

/** Each row brought to unit length; a row of zeros, which says nothing, stays as it is. */
function unitRows(output: Tensor, count: number, { dimensions, space }: EncoderManifest): Float32Array[] {
  const data = output.data as Float32Array;
  if (data.length !== count * dimensions) {
    throw damaged(space, `it gave ${data.length} numbers for ${count} vectors of ${dimensions}`);
  }
  return Array.from({ length: count }, (_, n) => {
    const row = data.slice(n * dimensions, (n + 1) * dimensions);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    return length < 1e-6 ? new Float32Array(dimensions) : row.map((value) => value / length);
  });
}
