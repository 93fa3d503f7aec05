import type { Entry } from "./vocabulary.ts";

export const padToken = "[PAD]";
export const unknownToken = "[UNK]";

/** Spaces and punctuation. */
const between = "[\\s\\p{P}\\p{S}]+";

/**
 * A `tokenizer.json` in the Hugging Face format. Phrases and Chinese words are cut out by one pattern,
 * longest first, since Chinese has no spaces; what is left between them stays whole and becomes unknown.
 * WordPiece without continuation pieces then is a plain table of words.
 */
export function tokenizerFile(entries: readonly Entry[]): object {
  const texts = entries.map(({ text }) => text);
  const longestFirst = texts.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const isHan = (text: string) => /\p{Script=Han}/u.test(text);
  const han = longestFirst.filter(isHan);
  const spaced = longestFirst.filter((text) => !isHan(text) && /[ -]/.test(text));
  const pattern = `${han.join("|")}|(?<![a-z0-9])(?:${spaced.join("|")})(?![a-z0-9])|[a-z0-9]+(?:['’][a-z0-9]+)*|${between}`;
  const words = [padToken, unknownToken, ...texts];
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [padToken, unknownToken].map((content, id) => ({
      id,
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
        { type: "NFKC" },
        { type: "Lowercase" },
        { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: pattern }, behavior: "Isolated", invert: false },
        { type: "Split", pattern: { Regex: `^${between}$` }, behavior: "Removed", invert: false },
      ],
    },
    post_processor: null,
    decoder: null,
    model: {
      type: "WordPiece",
      unk_token: unknownToken,
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
    },
  };
}
