import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type GraphBuilder, type GraphPort, graphBuilder } from "../../src/encoder/builtin/graph.ts";
import { onnxFile } from "../../src/encoder/builtin/onnx-file.ts";

/** Tiny models with the very signatures of the published ones; what they compute is written below in plain numbers. */
export const side = 8;
export const dimensions = 6;

/** Twelve colour means (3 channels × 2 × 2 fields) → six numbers. */
export const visionWeights = Array.from({ length: 12 * dimensions }, (_, n) =>
  Math.fround(Math.sin(n * 1.7)),
);
export const tokenRows = (vocabulary: number): number[] =>
  Array.from({ length: vocabulary * dimensions }, (_, n) => Math.fround(Math.cos(n * 0.9)));

type Width = number | string;

function visionModel(output: string, extra: readonly string[] = [], width: Width = dimensions): Uint8Array {
  const builder = graphBuilder();
  const cells = builder.add("AveragePool", ["pixel_values"], { kernel_shape: [4, 4], strides: [4, 4] });
  const flat = builder.add("Reshape", [cells, builder.integers([2], [0, 12])]);
  builder.add("MatMul", [flat, builder.constant([12, dimensions], visionWeights)], {}, output);
  for (const name of extra) builder.add("Mul", [flat, flat], {}, name);
  return file(
    "vision",
    builder,
    [port("pixel_values", "float", ["batch", 3, side, side])],
    [...extra.map((name) => port(name, "float", ["batch", 12])), port(output, "float", ["batch", width])],
  );
}

interface TextModel {
  readonly vocabulary: number;
  readonly output: string;
  readonly length: number | string;
  readonly masked: boolean;
  readonly width?: Width;
}

/** The sum of the tokens' rows, those that the mask leaves. */
function textModel({ vocabulary, output, length, masked, width = dimensions }: TextModel): Uint8Array {
  const builder = graphBuilder();
  const rows = builder.constant([vocabulary, dimensions], tokenRows(vocabulary));
  let value = builder.add("Gather", [rows, "input_ids"], { axis: 0 });
  if (masked) {
    const mask = builder.add("Cast", ["attention_mask"], { to: 1 });
    value = builder.add("Mul", [value, builder.add("Unsqueeze", [mask, builder.integers([1], [2])])]);
  }
  builder.add("ReduceSum", [value, builder.integers([1], [1])], { keepdims: 0 }, output);
  const inputs = [port("input_ids", "int64", ["batch", length])];
  if (masked) inputs.push(port("attention_mask", "int64", ["batch", length]));
  return file("text", builder, inputs, [port(output, "float", ["batch", width])]);
}

function port(name: string, type: "float" | "int64", shape: readonly (number | string)[]): GraphPort {
  return { name, type, shape };
}

function file(name: string, builder: GraphBuilder, inputs: GraphPort[], outputs: GraphPort[]): Uint8Array {
  return onnxFile({ name, inputs, outputs, ...builder.finish() });
}

/** CLIP's tokenizer: byte pairs with an end-of-word mark, lower-cased by itself, start and end tokens around. */
export const clipVocabulary = {
  "a</w>": 0,
  r: 1,
  e: 2,
  "d</w>": 3,
  re: 4,
  "red</w>": 5,
  c: 6,
  a: 7,
  "r</w>": 8,
  ca: 9,
  "car</w>": 10,
  "<|startoftext|>": 11,
  "<|endoftext|>": 12,
} as const;

const clipTokenizer = {
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: (["<|startoftext|>", "<|endoftext|>"] as const).map((content) => ({
    id: clipVocabulary[content],
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: {
    type: "Sequence",
    normalizers: [
      { type: "NFC" },
      { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
      { type: "Lowercase" },
    ],
  },
  pre_tokenizer: {
    type: "Sequence",
    pretokenizers: [
      {
        type: "Split",
        pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
        behavior: "Removed",
        invert: true,
      },
      { type: "ByteLevel", add_prefix_space: false, trim_offsets: true },
    ],
  },
  post_processor: {
    type: "RobertaProcessing",
    sep: ["<|endoftext|>", 12],
    cls: ["<|startoftext|>", 11],
    trim_offsets: false,
    add_prefix_space: false,
  },
  decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true },
  model: {
    type: "BPE",
    dropout: null,
    unk_token: "<|endoftext|>",
    continuing_subword_prefix: "",
    end_of_word_suffix: "</w>",
    fuse_unk: false,
    vocab: clipVocabulary,
    merges: ["r e", "re d</w>", "c a", "ca r</w>"],
  },
};

/** SigLIP2's tokenizer is Gemma's: spaces become a sign, case is kept, and an end token follows. */
export const gemmaVocabulary = {
  "<pad>": 0,
  "<eos>": 1,
  "<bos>": 2,
  "<unk>": 3,
  r: 4,
  e: 5,
  d: 6,
  re: 7,
  red: 8,
  "▁": 9,
  c: 10,
  a: 11,
  ca: 12,
  car: 13,
  "▁car": 14,
  R: 15,
} as const;

const gemmaTokenizer = {
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: (["<pad>", "<eos>", "<bos>", "<unk>"] as const).map((content) => ({
    id: gemmaVocabulary[content],
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: { type: "Replace", pattern: { String: " " }, content: "▁" },
  pre_tokenizer: { type: "Split", pattern: { String: " " }, behavior: "MergedWithPrevious", invert: false },
  post_processor: {
    type: "TemplateProcessing",
    single: [{ Sequence: { id: "A", type_id: 0 } }, { SpecialToken: { id: "<eos>", type_id: 0 } }],
    pair: [
      { Sequence: { id: "A", type_id: 0 } },
      { SpecialToken: { id: "<eos>", type_id: 0 } },
      { Sequence: { id: "B", type_id: 1 } },
    ],
    special_tokens: { "<eos>": { id: "<eos>", ids: [1], tokens: ["<eos>"] } },
  },
  decoder: null,
  model: {
    type: "BPE",
    dropout: null,
    unk_token: "<unk>",
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: true,
    byte_fallback: false,
    vocab: gemmaVocabulary,
    merges: ["r e", "re d", "c a", "ca r", "▁ car"],
  },
};

export async function writeFolder(
  folder: string,
  files: Readonly<Record<string, Uint8Array | object>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content instanceof Uint8Array ? content : JSON.stringify(content));
  }
}

/** As `Xenova/clip-vit-base-patch32` is laid out. */
export function clipFolder(suffix = ""): Record<string, Uint8Array | object> {
  return {
    "config.json": { _name_or_path: "openai/clip-tiny", model_type: "clip", architectures: ["CLIPModel"] },
    "preprocessor_config.json": {
      crop_size: { height: side, width: side },
      do_center_crop: true,
      do_normalize: true,
      do_resize: true,
      feature_extractor_type: "CLIPFeatureExtractor",
      image_mean: [0.48145466, 0.4578275, 0.40821073],
      image_std: [0.26862954, 0.26130258, 0.27577711],
      resample: 3,
      size: { shortest_edge: side },
    },
    "tokenizer.json": clipTokenizer,
    "tokenizer_config.json": {
      model_max_length: 77,
      pad_token: "<|endoftext|>",
      tokenizer_class: "CLIPTokenizer",
    },
    [`onnx/vision_model${suffix}.onnx`]: visionModel("image_embeds"),
    [`onnx/text_model${suffix}.onnx`]: textModel({
      vocabulary: 13,
      output: "text_embeds",
      length: "sequence_length",
      masked: true,
    }),
  };
}

/** As `onnx-community/siglip2-base-patch16-256-ONNX` is laid out; the hidden state comes ahead of what is asked for. */
export function siglip2Folder(suffix = ""): Record<string, Uint8Array | object> {
  return {
    "config.json": {
      architectures: ["SiglipModel"],
      model_type: "siglip",
      text_config: { model_type: "siglip_text_model", vocab_size: 256_000 },
      vision_config: { model_type: "siglip_vision_model", image_size: side },
    },
    "preprocessor_config.json": {
      do_convert_rgb: null,
      do_normalize: true,
      do_rescale: true,
      do_resize: true,
      image_mean: [0.5, 0.5, 0.5],
      image_processor_type: "SiglipImageProcessor",
      image_std: [0.5, 0.5, 0.5],
      processor_class: "SiglipProcessor",
      resample: 2,
      rescale_factor: 0.00392156862745098,
      size: { height: side, width: side },
    },
    "tokenizer.json": gemmaTokenizer,
    "tokenizer_config.json": {
      model_max_length: 1e30,
      pad_token: "<pad>",
      tokenizer_class: "GemmaTokenizer",
    },
    [`onnx/vision_model${suffix}.onnx`]: visionModel("pooler_output", ["last_hidden_state"]),
    [`onnx/text_model${suffix}.onnx`]: textModel({
      vocabulary: 16,
      output: "pooler_output",
      length: "sequence_length",
      masked: false,
    }),
  };
}

/** An export that names no number for the length of its vectors; the padding token is said in the small file. */
export function openEndedFolder(): Record<string, Uint8Array | object> {
  const text = {
    vocabulary: 13,
    output: "text_embeds",
    length: 77,
    masked: true,
    width: "embedding",
  } as const;
  return {
    ...clipFolder(),
    "tokenizer_config.json": {
      pad_token: "<|endoftext|>",
      added_tokens_decoder: { "12": { content: "<|endoftext|>" } },
    },
    "onnx/vision_model.onnx": visionModel("image_embeds", [], "embedding"),
    "onnx/text_model.onnx": textModel(text),
  };
}

/** A graph of pictures alone, with a vector of another length: for pairs that do not meet. */
export function otherVisionModel(): Uint8Array {
  const builder = graphBuilder();
  const cells = builder.add("AveragePool", ["pixel_values"], { kernel_shape: [4, 4], strides: [4, 4] });
  builder.add("Reshape", [cells, builder.integers([2], [0, 12])], {}, "pooler_output");
  return file(
    "vision",
    builder,
    [port("pixel_values", "float", ["batch", 3, side, side])],
    [port("pooler_output", "float", ["batch", 12])],
  );
}
