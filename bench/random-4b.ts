import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { type GgufTensor, tensorBytes, writeGguf } from "../test/gguf/gguf-writer.ts";
import { instructTemplate, makeVocabulary, tokenTypes } from "../test/gguf/qwen-vocabulary.ts";
import { type TextShape, textMetadata, textTensors } from "../test/gguf/tiny-qwen3vl.ts";

/** The text part of Qwen3-VL-4B, from its published config.json. */
const shape4b: TextShape = {
  layers: 36,
  width: 2560,
  feedForward: 9728,
  heads: 32,
  keyValueHeads: 8,
  headWidth: 128,
  ropeSections: [24, 20, 20, 0],
  contextTokens: 262_144,
  deepstackLayers: 3,
};
const vocabularySize = 151_936;
const quantised4 = 2;
/** 2⁻⁷ as half precision: weights of about the size that trained ones have. */
const blockScale = 0x2000;

/** Writes a model of the real shape with random 4-bit weights (2.3 GB) once: as fast as the real one, and says nonsense. */
export async function writeRandom4b(file: string): Promise<void> {
  if (existsSync(file)) return;
  const known = makeVocabulary();
  const fillers = Array.from({ length: vocabularySize - known.tokens.length }, (_, n) => `[filler ${n}]`);
  const vocabulary = {
    ...known,
    tokens: [...known.tokens, ...fillers],
    types: [...known.types, ...fillers.map(() => tokenTypes.normal)],
  };
  const metadata = textMetadata({
    shape: shape4b,
    vocabulary,
    template: instructTemplate,
    name: "random-qwen3vl-4b",
    fileType: quantised4,
  });
  const pattern = randomBlocks(4096);
  const matrix = (name: string, input: number, output: number): GgufTensor => ({
    name: `${name}.weight`,
    dims: [input, output],
    type: "q4_0",
    data: () => repeated(pattern, tensorBytes(input * output, "q4_0")),
  });
  const part = `${file}.part`;
  writeGguf(part, metadata, textTensors(shape4b, vocabulary, matrix));
  await rename(part, file);
}

/** Blocks of 32 weights: a scale and 16 bytes of two weights each. */
function randomBlocks(count: number): Buffer {
  const bytes = Buffer.alloc(count * 18);
  let state = 1;
  for (let at = 0; at < bytes.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  for (let block = 0; block < count; block++) bytes.writeUInt16LE(blockScale, block * 18);
  return bytes;
}

function repeated(pattern: Buffer, length: number): Uint8Array {
  return Buffer.alloc(length, pattern);
}
