import { f32, type GgufTensor, str, writeGguf } from "./gguf-writer.ts";
import {
  instructTemplate,
  makeVocabulary,
  specialTokens,
  type TokenType,
  tokenTypes,
  type Vocabulary,
} from "./qwen-vocabulary.ts";
import { type Chunk, chunksOf, colours, type Rule } from "./script.ts";
import { textMetadata } from "./tiny-qwen3vl.ts";

/*
 * A script compiled into the weights of a real qwen3vl model, so that the real engine, with its tokenizer, template,
 * grammar and sampling, says it. One layer, no feed-forward part:
 * - each token that matters has a dimension of its own in the residual stream; all bytes share one;
 * - head 0 looks at the rule trigger that stands last, head 1 at the last of <|im_start|>, <think> and </think>,
 *   head 2 at the last token of a picture. All rotary pairs turn equally slowly, and the score falls with distance;
 * - the output head is a table "after this chunk comes that one", and weaker rows "this rule begins with that chunk".
 */
const headWidth = 128;
const pairs = headWidth / 2;
const start = "\n";
const thoughtEnd = "\n\n";

export interface Script {
  readonly rules: readonly Rule[];
  /** Said when no trigger stands in the prompt. */
  readonly fallback?: string;
  readonly contextTokens?: number;
  readonly template?: string;
  /** The model reads what the scripted eyes report; see `writeScriptedEyes`. */
  readonly sees?: boolean;
}

/** Where the scripted eyes write what they saw. */
export interface ScriptedShape {
  readonly width: number;
  readonly dimensionOf: (key: string) => number;
}

interface Layout extends ScriptedShape {
  readonly vocabulary: Vocabulary;
  /** The dimension of a token: its own, or the one for all other tokens. */
  readonly ofToken: (text: string) => number;
  readonly heads: number;
}

/** Writes the model, about 300 KB, in some tens of milliseconds. */
export function writeScriptedModel(path: string, script: Script): ScriptedShape {
  const { contextTokens = 16_384, template = instructTemplate } = script;
  const layout = layOut(script);
  const { width, heads, vocabulary } = layout;
  const shape = {
    layers: 1,
    width,
    feedForward: 32,
    heads,
    keyValueHeads: heads,
    headWidth,
    ropeSections: [22, 21, 21, 0],
    contextTokens,
    deepstackLayers: 0,
  };
  const metadata = {
    ...textMetadata({ shape, vocabulary, template, name: "scripted-qwen3vl" }),
    "qwen3vl.rope.freq_base": f32(1),
    "qwen3vl.rope.scaling.type": str("linear"),
    "qwen3vl.rope.scaling.factor": f32(contextTokens),
  };
  writeGguf(path, metadata, [
    ...embeddingAndHead(script, layout),
    ...attention(script, layout),
    ...silentFeedForward(width),
  ]);
  return layout;
}

function layOut(script: Script): Layout {
  const extra = ownTokens(script);
  const vocabulary = makeVocabulary([...extra]);
  const places = new Map<string, number>();
  const place = (key: string) => places.set(key, places.size);
  place("other");
  for (const text of [start, ...specialTokens.map(([text]) => text), ...extra.keys()]) place(`token:${text}`);
  for (const rule of script.rules) place(`rule:${rule.when}`);
  for (const mark of ["im_start", "think", "end_think"]) place(`last:${mark}`);
  if (script.sees)
    for (const colour of colours) for (const kind of ["image", "saw"]) place(`${kind}:${colour}`);
  const dimensionOf = (key: string) => {
    const dimension = places.get(key);
    if (dimension === undefined) throw new Error(`No dimension for ${key}`);
    return dimension;
  };
  const ofToken = (text: string) => places.get(`token:${text}`) ?? dimensionOf("other");
  const width = Math.ceil(places.size / 32) * 32;
  return { width, dimensionOf, ofToken, vocabulary, heads: script.sees ? 3 : 2 };
}

/** Triggers and chunks that are not tokens yet. White space must come from plain text, too, so it is a plain token. */
function ownTokens({ rules, fallback }: Script): ReadonlyMap<string, TokenType> {
  const special = new Set(specialTokens.map(([text]) => text));
  const tokens = new Map<string, TokenType>([[thoughtEnd, tokenTypes.normal]]);
  const want = (text: string) => {
    if (Buffer.byteLength(text) < 2 || special.has(text) || tokens.has(text)) return;
    tokens.set(text, text.trim() === "" ? tokenTypes.normal : tokenTypes.userDefined);
  };
  for (const rule of rules) {
    want(rule.when);
    if (rule.thought !== undefined) want(`\n${rule.thought}\n`);
    for (const { text, otherwise = [], byColour } of chunksOf(rule)) {
      for (const one of [text, ...otherwise, ...(byColour ? Object.values(byColour) : [])]) want(one);
    }
  }
  want(fallback ?? defaultFallback);
  return tokens;
}

const defaultFallback = "I have no script for this.";

function embeddingAndHead(script: Script, layout: Layout): readonly GgufTensor[] {
  const { vocabulary, width, ofToken } = layout;
  const count = vocabulary.tokens.length;
  const embedding = new Float32Array(count * width);
  const texts = [start, ...specialTokens.map(([text]) => text), ...ownTokens(script).keys()];
  const known = new Map<number, string>(texts.map((text) => [vocabulary.id(text), text]));
  for (let id = 0; id < count; id++) embedding[id * width + ofToken(known.get(id) ?? "")] = 1;
  const dims = [width, count];
  return [
    { name: "token_embd.weight", dims, type: "f16", data: embedding },
    { name: "output.weight", dims, type: "f16", data: outputHead(script, layout) },
    { name: "output_norm.weight", dims: [width], type: "f32", data: filled(width, 1) },
  ];
}

type Wire = (token: string, key: string, weight: number) => void;

function outputHead(script: Script, layout: Layout): Float32Array {
  const { vocabulary, width, dimensionOf } = layout;
  const head = new Float32Array(vocabulary.tokens.length * width);
  const wire: Wire = (token, key, weight) => {
    const at = vocabulary.id(token) * width + dimensionOf(key);
    if (Math.abs(weight) > Math.abs(head[at] ?? 0)) head[at] = weight;
  };
  for (const rule of script.rules) {
    const key = `rule:${rule.when}`;
    const chunks = chunksOf(rule);
    const first = chunks[0]?.text ?? "<|im_end|>";
    wire(first, key, 8);
    wireThought(rule, first, wire);
    wireChunks(chunks, key, wire, script.sees ?? false);
  }
  const fallback = script.fallback ?? defaultFallback;
  wire(fallback, `token:${start}`, 4);
  wire("<|im_end|>", `token:${fallback}`, 20);
  wire("<think>", "last:im_start", 6);
  wire("<think>", "last:think", -10);
  wire("<think>", "last:end_think", -10);
  wire("<|im_end|>", "other", 2);
  return head;
}

function wireThought(rule: Rule, first: string, wire: Wire): void {
  const key = `rule:${rule.when}`;
  wire("<think>", key, rule.thought === undefined ? -10 : 6);
  if (rule.thought === undefined) return;
  const thought = `\n${rule.thought}\n`;
  wire(thought, "token:<think>", 20);
  wire(thought, key, 5);
  wire("</think>", `token:${thought}`, 20);
  wire(thoughtEnd, "token:</think>", 20);
  wire(first, `token:${thoughtEnd}`, 4);
  wire(thought, "last:think", 7);
  wire(thought, "last:end_think", -10);
}

function wireChunks(chunks: readonly Chunk[], key: string, wire: Wire, sees: boolean): void {
  for (const [i, { text, otherwise = [], byColour }] of chunks.entries()) {
    const after = `token:${text}`;
    const next = chunks[i + 1]?.text ?? "<|im_end|>";
    for (const [rank, token] of [next, ...otherwise].entries()) wire(token, after, 20 - 3 * rank);
    // Two scripts may share a chunk: the rule at work decides how it goes on.
    if (i > 0) wire(text, key, 3);
    if (byColour && sees) {
      for (const colour of colours) {
        wire(byColour[colour], after, 20);
        wire(byColour[colour], `saw:${colour}`, 6);
        wire("<|im_end|>", `token:${byColour[colour]}`, 20);
      }
    }
  }
}

function attention(script: Script, layout: Layout): readonly GgufTensor[] {
  const { width, heads, dimensionOf, ofToken } = layout;
  const rows = heads * headWidth;
  const query = new Float32Array(rows * width);
  const key = new Float32Array(rows * width);
  const value = new Float32Array(rows * width);
  const output = new Float32Array(width * rows);
  // With many phases the rounding errors of a half-precision cache average out.
  const phase = (pair: number) => (pair * 2.399963) % (2 * Math.PI);
  const turn = (matrix: Float32Array, head: number, dimension: number, ahead: number) => {
    for (let pair = 0; pair < pairs; pair++) {
      matrix[(head * headWidth + pair) * width + dimension] = Math.cos(phase(pair) + ahead);
      matrix[(head * headWidth + pair + pairs) * width + dimension] = Math.sin(phase(pair) + ahead);
    }
  };
  const attend = (head: number, slot: number, from: number, to: number) => {
    if (slot >= headWidth) throw new Error("A script holds at most 128 rules");
    turn(key, head, from, 0);
    value[(head * headWidth + slot) * width + from] = 1;
    output[to * rows + head * headWidth + slot] = 1;
  };
  for (let head = 0; head < heads; head++) {
    for (let dimension = 0; dimension < width; dimension++) turn(query, head, dimension, 0.4);
  }
  for (const [slot, { when }] of script.rules.entries())
    attend(0, slot, ofToken(when), dimensionOf(`rule:${when}`));
  const marks = { "<|im_start|>": "im_start", "<think>": "think", "</think>": "end_think" };
  for (const [slot, [token, mark]] of Object.entries(marks).entries()) {
    attend(1, slot, ofToken(token), dimensionOf(`last:${mark}`));
  }
  if (script.sees) {
    for (const [slot, colour] of colours.entries())
      attend(2, slot, dimensionOf(`image:${colour}`), dimensionOf(`saw:${colour}`));
  }
  const sharpness = 40_000 / ((2 * pairs) / Math.sqrt(headWidth));
  const matrix = (name: string, input: number, out: number, data: Float32Array): GgufTensor => ({
    name: `blk.0.${name}.weight`,
    dims: [input, out],
    type: "f16",
    data,
  });
  return [
    // Undoes the norm's rescaling of a vector with a single one in it.
    norm("attn_norm", width, 1 / Math.sqrt(width)),
    matrix("attn_q", width, rows, query),
    matrix("attn_k", width, rows, key),
    matrix("attn_v", width, rows, value),
    matrix("attn_output", rows, width, output),
    norm("attn_q_norm", headWidth, sharpness),
    norm("attn_k_norm", headWidth, 1),
  ];
}

function silentFeedForward(width: number): readonly GgufTensor[] {
  const zeros = (name: string, input: number, out: number): GgufTensor => ({
    name: `blk.0.${name}.weight`,
    dims: [input, out],
    type: "f16",
    data: new Float32Array(input * out),
  });
  return [
    norm("ffn_norm", width, 1),
    zeros("ffn_gate", width, 32),
    zeros("ffn_up", width, 32),
    zeros("ffn_down", 32, width),
  ];
}

function norm(name: string, width: number, value: number): GgufTensor {
  return { name: `blk.0.${name}.weight`, dims: [width], type: "f32", data: filled(width, value) };
}

function filled(length: number, value: number): Float32Array {
  return new Float32Array(length).fill(value);
}
