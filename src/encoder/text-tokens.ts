import type { Tokenizer } from "@huggingface/tokenizers";
import type { EncoderManifest } from "./manifest.ts";

type TextRules = EncoderManifest["text"];

/** Token ids of some texts as one rectangle [texts, length], with a mask of what is not padding. */
export interface TokenBatch {
  readonly length: number;
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
}

export function tokenBatch(tokenizer: Tokenizer, rules: TextRules, texts: readonly string[]): TokenBatch {
  const rows = texts.map((text) => cut(tokenizer.encode(prepared(text, rules)).ids, rules.maxLength));
  const length =
    rules.padding === "max_length" ? rules.maxLength : Math.max(1, ...rows.map((row) => row.length));
  const ids = new BigInt64Array(rows.length * length).fill(BigInt(rules.padId));
  const mask = new BigInt64Array(rows.length * length).fill(rules.attends === "all" ? 1n : 0n);
  rows.forEach((row, index) => {
    row.forEach((id, column) => {
      ids[index * length + column] = BigInt(id);
      mask[index * length + column] = 1n;
    });
  });
  return { length, ids, mask };
}

function prepared(text: string, { lowercase }: TextRules): string {
  return lowercase ? text.toLowerCase() : text;
}

/** Too long a text loses its tail but keeps its last token, which closes the sequence in CLIP. */
function cut(ids: readonly number[], maxLength: number): readonly number[] {
  return ids.length <= maxLength ? ids : [...ids.slice(0, maxLength - 1), ids[ids.length - 1]!];
}

/** The words of a text, told apart by whether the model can express them; grammar is neither. Only a closed vocabulary needs the tokenizer. */
export function wordsOf(
  tokenizer: Tokenizer | undefined,
  rules: TextRules,
  text: string,
): { readonly known: readonly string[]; readonly unknown: readonly string[] } {
  if (rules.vocabulary.kind === "open" || tokenizer === undefined)
    return { known: openWords(text), unknown: [] };
  const { ignored } = rules.vocabulary;
  const normalised = tokenizer.normalizer?.normalize(prepared(text, rules)) ?? text;
  const pieces: readonly string[] = tokenizer.pre_tokenizer?.pre_tokenize(normalised) ?? [normalised];
  const words = [...new Set(pieces)].filter((word) => !ignored.includes(word));
  const isKnown = (word: string) => tokenizer.token_to_id(word) !== undefined;
  return { known: words.filter(isKnown), unknown: words.filter((word) => !isKnown(word)) };
}

function openWords(text: string): string[] {
  return [...new Set(text.match(/[\p{L}\p{N}]+/gu))];
}
