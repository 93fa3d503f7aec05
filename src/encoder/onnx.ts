import { readFile } from "node:fs/promises";
import path from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import type { Pixels } from "../media/pixels.ts";
import type { Content, Encoder } from "./encoder.ts";
import type { EncoderManifest } from "./manifest.ts";
import { damaged, readModelFolder } from "./model-folder.ts";
import { type LazyModel, lazyModel } from "./onnx-session.ts";
import { preparePixels } from "./pixel-preparation.ts";
import { tokenBatch, wordsOf } from "./text-tokens.ts";

/** Pictures that go through the model at once: few, so that an abort is soon felt. */
const picturesAtOnce = 8;
const textsAtOnce = 64;

export interface OnnxEncoderOptions {
  /** Threads of each model; indexing works on two files at once, so the default is one. */
  readonly threads?: number;
}

interface Models {
  readonly manifest: EncoderManifest;
  readonly tokenizer: Tokenizer;
  readonly vision: LazyModel;
  readonly text: LazyModel;
}

/**
 * Opens a folder with `encoder.json`, two ONNX files and a tokenizer: the built-in pair, or any CLIP or
 * SigLIP. Throws `Failure` (`unavailable`, `corrupt`) for a missing or damaged folder. The ONNX runtime
 * itself is loaded at the first `encode`.
 */
export async function openOnnxEncoder(directory: string, options: OnnxEncoderOptions = {}): Promise<Encoder> {
  const manifest = await readModelFolder(directory);
  const threads = options.threads ?? 1;
  const models: Models = {
    manifest,
    tokenizer: await readTokenizer(path.join(directory, manifest.files.tokenizer.name)),
    vision: lazyModel(directory, manifest.files.vision.name, threads),
    text: lazyModel(directory, manifest.files.text.name, threads),
  };
  let disposed = false;
  return {
    space: manifest.space,
    dimensions: manifest.dimensions,
    accepts: new Set(["text", "image"] as const),
    relevance: manifest.relevance,
    encode(contents, signal) {
      if (disposed) return Promise.reject(new Error(`The encoder ${manifest.space} is disposed`));
      return encodeInOrder(models, contents, signal);
    },
    vocabularyOf: (text) => wordsOf(models.tokenizer, manifest.text, text),
    async [Symbol.asyncDispose]() {
      disposed = true;
      await Promise.all([models.vision.release(), models.text.release()]);
    },
  };
}

async function readTokenizer(file: string): Promise<Tokenizer> {
  try {
    return new Tokenizer(JSON.parse(await readFile(file, "utf8")), {});
  } catch (cause) {
    throw damaged(file, "it is no tokenizer", cause);
  }
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
  const { length, ids, mask } = tokenBatch(tokenizer, manifest.text, texts);
  const { tokens, attentionMask, textEmbedding } = manifest.tensors;
  const shape = [texts.length, length];
  const output = await text.run(
    (Tensor) => ({
      [tokens]: new Tensor("int64", ids, shape),
      ...(attentionMask === undefined ? {} : { [attentionMask]: new Tensor("int64", mask, shape) }),
    }),
    textEmbedding,
  );
  return unitRows(output.data as Float32Array, manifest.dimensions);
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
  return unitRows(output.data as Float32Array, manifest.dimensions);
}

/** Each row brought to unit length; a row of zeros, which says nothing, stays as it is. */
function unitRows(data: Float32Array, dimensions: number): Float32Array[] {
  return Array.from({ length: data.length / dimensions }, (_, n) => {
    const row = data.slice(n * dimensions, (n + 1) * dimensions);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    return length < 1e-6 ? new Float32Array(dimensions) : row.map((value) => value / length);
  });
}
