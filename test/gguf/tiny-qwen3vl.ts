import {
  bool,
  bools,
  f32,
  floats,
  type GgufTensor,
  ints,
  type Metadata,
  str,
  strings,
  u32,
  writeGguf,
} from "./gguf-writer.ts";
import { instructTemplate, makeVocabulary, type Vocabulary } from "./qwen-vocabulary.ts";
import { randomWeights } from "./random-weights.ts";

export interface TextShape {
  readonly layers: number;
  readonly width: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headWidth: number;
  /** How the rotary dimensions are shared between time, height and width. */
  readonly ropeSections: readonly number[];
  readonly contextTokens: number;
  readonly deepstackLayers: number;
}

export interface VisionShape {
  readonly layers: number;
  readonly width: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly patch: number;
  readonly imageSide: number;
  /** The layers whose features go to the first layers of the text model. */
  readonly deepstack: readonly number[];
}

export const tinyText: TextShape = {
  layers: 3,
  width: 64,
  feedForward: 128,
  heads: 4,
  keyValueHeads: 2,
  headWidth: 16,
  ropeSections: [4, 2, 2, 0],
  contextTokens: 4096,
  deepstackLayers: 2,
};
export const tinyVision: VisionShape = {
  layers: 3,
  width: 32,
  feedForward: 64,
  heads: 2,
  patch: 16,
  imageSide: 128,
  deepstack: [0, 1],
};

/** A qwen3vl text model with random weights, about 270 KB: it loads and runs like any, and says nonsense. */
export function writeTinyModel(
  path: string,
  over: {
    readonly shape?: Partial<TextShape>;
    readonly architecture?: string;
    readonly template?: string;
  } = {},
): void {
  const shape = { ...tinyText, ...over.shape };
  const vocabulary = makeVocabulary();
  const { architecture, template = instructTemplate } = over;
  const metadata = textMetadata({
    shape,
    vocabulary,
    template,
    name: "tiny-random-qwen3vl",
    ...(architecture ? { architecture } : {}),
  });
  writeGguf(path, metadata, textTensors(shape, vocabulary));
}

/** The matching vision part, with deepstack. */
export function writeTinyEyes(path: string): void {
  const metadata = visionMetadata(tinyVision, tinyText.width, "tiny-random-mmproj");
  writeGguf(path, metadata, visionTensors(tinyVision, tinyText.width, randomWeights(2, 0.05)));
}

export function textMetadata(model: {
  readonly shape: TextShape;
  readonly vocabulary: Vocabulary;
  readonly template: string;
  readonly name: string;
  readonly architecture?: string;
  readonly fileType?: number;
}): Metadata {
  const { shape, vocabulary, template, name, architecture = "qwen3vl", fileType = 1 } = model;
  const own: Metadata = {
    block_count: u32(shape.layers),
    context_length: u32(shape.contextTokens),
    embedding_length: u32(shape.width),
    feed_forward_length: u32(shape.feedForward),
    "attention.head_count": u32(shape.heads),
    "attention.head_count_kv": u32(shape.keyValueHeads),
    "attention.key_length": u32(shape.headWidth),
    "attention.value_length": u32(shape.headWidth),
    "attention.layer_norm_rms_epsilon": f32(1e-6),
    "rope.freq_base": f32(5_000_000),
    "rope.dimension_sections": ints(shape.ropeSections),
    n_deepstack_layers: u32(shape.deepstackLayers),
  };
  return {
    "general.architecture": str(architecture),
    "general.type": str("model"),
    "general.name": str(name),
    "general.file_type": u32(fileType),
    "general.quantization_version": u32(2),
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`${architecture}.${key}`, value])),
    "tokenizer.ggml.model": str("gpt2"),
    "tokenizer.ggml.pre": str("qwen2"),
    "tokenizer.ggml.tokens": strings(vocabulary.tokens),
    "tokenizer.ggml.token_type": ints(vocabulary.types),
    "tokenizer.ggml.merges": strings([]),
    "tokenizer.ggml.eos_token_id": u32(vocabulary.id("<|im_end|>")),
    "tokenizer.ggml.padding_token_id": u32(vocabulary.id("<|endoftext|>")),
    "tokenizer.ggml.bos_token_id": u32(vocabulary.id("<|endoftext|>")),
    "tokenizer.ggml.add_bos_token": bool(false),
    "tokenizer.chat_template": str(template),
  };
}

/** The tensors of a text model, made by `matrix` and ones; the output head is the embedding, as in the 4B. */
export function textTensors(
  shape: TextShape,
  vocabulary: Pick<Vocabulary, "tokens">,
  matrix = randomMatrix(),
): readonly GgufTensor[] {
  const { width, feedForward, heads, keyValueHeads, headWidth, layers } = shape;
  const blocks = Array.from({ length: layers }, (_, i) => `blk.${i}.`).flatMap((block) => [
    ones(`${block}attn_norm`, width),
    matrix(`${block}attn_q`, width, heads * headWidth),
    matrix(`${block}attn_k`, width, keyValueHeads * headWidth),
    matrix(`${block}attn_v`, width, keyValueHeads * headWidth),
    matrix(`${block}attn_output`, heads * headWidth, width),
    ones(`${block}attn_q_norm`, headWidth),
    ones(`${block}attn_k_norm`, headWidth),
    ones(`${block}ffn_norm`, width),
    matrix(`${block}ffn_gate`, width, feedForward),
    matrix(`${block}ffn_up`, width, feedForward),
    matrix(`${block}ffn_down`, feedForward, width),
  ]);
  return [matrix("token_embd", width, vocabulary.tokens.length), ones("output_norm", width), ...blocks];
}

export type MakeMatrix = (name: string, input: number, output: number) => GgufTensor;

function randomMatrix(): MakeMatrix {
  const weights = randomWeights(1, 0.05);
  return (name, input, output) => ({
    name: `${name}.weight`,
    dims: [input, output],
    type: "f16",
    data: weights(input * output),
  });
}

function ones(name: string, width: number): GgufTensor {
  return { name: `${name}.weight`, dims: [width], type: "f32", data: new Float32Array(width).fill(1) };
}

export function visionMetadata(shape: VisionShape, textWidth: number, name: string): Metadata {
  const inDeepstack = Array.from({ length: shape.layers }, (_, layer) => shape.deepstack.includes(layer));
  return {
    "general.architecture": str("clip"),
    "general.type": str("mmproj"),
    "general.name": str(name),
    "general.file_type": u32(1),
    "clip.has_vision_encoder": bool(true),
    "clip.projector_type": str("qwen3vl_merger"),
    "clip.use_gelu": bool(true),
    "clip.vision.image_size": u32(shape.imageSide),
    "clip.vision.patch_size": u32(shape.patch),
    "clip.vision.embedding_length": u32(shape.width),
    "clip.vision.feed_forward_length": u32(shape.feedForward),
    "clip.vision.projection_dim": u32(textWidth),
    "clip.vision.block_count": u32(shape.layers),
    "clip.vision.attention.head_count": u32(shape.heads),
    "clip.vision.attention.layer_norm_epsilon": f32(1e-6),
    "clip.vision.spatial_merge_size": u32(2),
    "clip.vision.image_mean": floats([0.5, 0.5, 0.5]),
    "clip.vision.image_std": floats([0.5, 0.5, 0.5]),
    "clip.vision.is_deepstack_layers": bools(inDeepstack),
  };
}

export function visionTensors(
  shape: VisionShape,
  textWidth: number,
  weights: (count: number) => Float32Array,
): readonly GgufTensor[] {
  const { width, feedForward, patch } = shape;
  const linear = (name: string, input: number, output: number): GgufTensor[] => [
    { name: `${name}.weight`, dims: [input, output], type: "f16", data: weights(input * output) },
    { name: `${name}.bias`, dims: [output], type: "f32", data: weights(output) },
  ];
  const norm = (name: string, size: number): GgufTensor[] => [
    ones(name, size),
    { name: `${name}.bias`, dims: [size], type: "f32", data: new Float32Array(size) },
  ];
  const patches = [patch, patch, 3, width];
  const positions = (shape.imageSide / patch) ** 2;
  // The convolution over two frames of the published model is stored as one for each.
  const embedding = ["v.patch_embd.weight", "v.patch_embd.weight.1"].map(
    (name): GgufTensor => ({ name, dims: patches, type: "f16", data: weights(patch * patch * 3 * width) }),
  );
  const blocks = Array.from({ length: shape.layers }, (_, i) => `v.blk.${i}.`).flatMap((block) => [
    ...norm(`${block}ln1`, width),
    ...norm(`${block}ln2`, width),
    ...linear(`${block}attn_qkv`, width, 3 * width),
    ...linear(`${block}attn_out`, width, width),
    ...linear(`${block}ffn_up`, width, feedForward),
    ...linear(`${block}ffn_down`, feedForward, width),
  ]);
  const deepstack = shape.deepstack.flatMap((layer) => [
    ...norm(`v.deepstack.${layer}.norm`, width * 4),
    ...linear(`v.deepstack.${layer}.fc1`, width * 4, width * 4),
    ...linear(`v.deepstack.${layer}.fc2`, width * 4, textWidth),
  ]);
  return [
    ...embedding,
    { name: "v.patch_embd.bias", dims: [width], type: "f32", data: weights(width) },
    {
      name: "v.position_embd.weight",
      dims: [width, positions],
      type: "f32",
      data: weights(width * positions),
    },
    ...blocks,
    ...norm("v.post_ln", width),
    ...linear("mm.0", width * 4, width * 4),
    ...linear("mm.2", width * 4, textWidth),
    ...deepstack,
  ];
}
