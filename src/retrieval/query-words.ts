import { holdsChinese } from "../media/chinese-word.ts";
import { monthPattern } from "./month-words.ts";
import { chineseStopWords, englishStopWords } from "./stop-words.ts";

const hanCharacter = /\p{Script=Han}/u;

/** Compared forms ignore case, accents and full width. */
export function foldText(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().normalize("NFC");
}

export function isStopWord(word: string): boolean {
  const folded = foldText(word);
  return englishStopWords.has(folded) || chineseStopWords.has(folded);
}

const segmenters = new Map<string, Intl.Segmenter>();

/** To make one costs as much as to cut a hundred words with it. */
function segmenterFor(language: "en" | "zh"): Intl.Segmenter {
  const known = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: "word" });
  segmenters.set(language, known);
  return known;
}

/** The pieces that the platform's word segmenter sees, folded; `wordLike` is false for spaces and signs. */
export function segmentWords(text: string): readonly { readonly word: string; readonly wordLike: boolean }[] {
  const segmenter = segmenterFor(hanCharacter.test(text) ? "zh" : "en");
  const pieces = [...segmenter.segment(text.normalize("NFKC").toLowerCase())];
  return pieces.map((piece) => ({ word: foldText(piece.segment), wordLike: piece.isWordLike === true }));
}

/**
 * The words of a query that say what is looked for, folded, each once and in order: English words and numbers as
 * written, Chinese cut by the segmenter. It falls apart into single characters at words it does not know (公|交|车):
 * such a run is taken as one word.
 */
export function contentWords(text: string): readonly string[] {
  const words: string[] = [];
  let run = "";
  const keep = (word: string) => {
    if (word !== "" && !words.includes(word)) words.push(word);
  };
  for (const { word, wordLike } of segmentWords(text)) {
    const useful = wordLike && !isStopWord(word);
    if (useful && [...word].length === 1 && hanCharacter.test(word)) {
      run += word;
      continue;
    }
    keep(run);
    run = "";
    if (useful) keep(word);
  }
  keep(run);
  return words;
}

/** Plural and verb endings off: enough to meet "invoices" with "invoice" and "parked" with "parking". */
export function stemOf(word: string): string {
  if (word.length <= 3 || hanCharacter.test(word)) return word;
  const bare = word
    .replace(/(?:'s|’s)$/, "")
    .replace(/ies$/, "y")
    .replace(/(?<=[sxz]|ch|sh)es$/, "")
    .replace(/(?<![su])s$/, "")
    .replace(/(?<=[a-z]{3})(?:ing|ed)$/, "");
  return bare.length > 3 ? bare.replace(/e$/, "").replace(/([^aeioulsz])\1$/, "$1") : bare;
}

/** OCR puts spaces between Chinese characters. */
const spaceInHan = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/**
 * Which of the words a text really contains: Chinese as a substring, others as whole words up to their
 * ending, months however a date writes them. A single Chinese character is in half of all names (山 in 中山路): it counts
 * where the segmenter sees it as a word.
 */
export function wordsIn(text: string, words: readonly string[]): readonly string[] {
  const folded = foldText(text);
  const unspaced = folded.replace(spaceInHan, "");
  const stems = new Set((folded.match(/[\p{L}\p{N}]+/gu) ?? []).map(stemOf));
  return words.filter((word) => {
    const month = monthPattern(word);
    if (month !== undefined) return month.test(unspaced);
    if (!hanCharacter.test(word)) return stems.has(stemOf(word));
    return holdsChinese(unspaced, word);
  });
}
