import type { OcrReading, OcrWord } from "../ocr-engine.ts";
import { readingOf } from "./tsv.ts";

/** Below this mean confidence three characters in four are wrong (measured, see the decision on the OCR engine). */
const lowestLineConfidence = 50;
/** Lone letters and digits are what leaves and bricks are most often taken for: one, and two, must be sure. */
const loneCharacterConfidence = 90;
const pairConfidence = 80;
const lowestConfidence = 60;

/**
 * The lines of a reading that look like text; a picture without text gives the empty reading. Invented text would be
 * found and quoted later, so doubtful lines are dropped rather than kept.
 */
export function credibleReading(reading: OcrReading): OcrReading {
  const kept = readingOf((reading.lines ?? []).map(trimmed).filter(isCredibleLine));
  return kept.confidence >= lowestConfidence ? kept : readingOf([]);
}

/** Whether words were dropped from a reading: there may be text that another pass makes out. */
export function hasDoubtfulWords(reading: OcrReading, credible: OcrReading): boolean {
  return countWords(reading) > countWords(credible);
}

function countWords(reading: OcrReading): number {
  return (reading.lines ?? []).flat().filter((word) => letters(word.text) > 1).length;
}

/** How much a reading says for itself: its characters, each by what its confidence is above a guess. */
export function evidence(reading: OcrReading): number {
  let sum = 0;
  for (const word of (reading.lines ?? []).flat()) {
    sum += Math.max(0, word.confidence - lowestConfidence) * letters(word.text);
  }
  return sum;
}

function isCredibleLine(words: readonly OcrWord[]): boolean {
  const sure = words.filter((word) => word.confidence >= lowestLineConfidence);
  const count = sure.reduce((sum, word) => sum + substance(word.text), 0);
  const characters = words.reduce((sum, word) => sum + [...word.text].length, 0);
  const { confidence } = readingOf([words]);
  if (count === 0 || count < characters / 3) return false;
  if (count === 1) return confidence >= loneCharacterConfidence;
  return confidence >= (count === 2 ? pairConfidence : lowestLineConfidence);
}

/** Frames, rules and arrows beside a line are read as bars, dashes and lone letters of no confidence. */
function trimmed(words: readonly OcrWord[]): readonly OcrWord[] {
  let [from, to] = [0, words.length];
  while (from < to && isDebris(words[from])) from += 1;
  while (to > from && isDebris(words[to - 1])) to -= 1;
  return words.slice(from, to);
}

function isDebris(word: OcrWord | undefined): boolean {
  if (!word) return false;
  if (/^[|\-–—_=~«»]+$/u.test(word.text)) return true;
  const doubtful = letters(word.text) === 0 ? 85 : 20;
  return word.confidence < doubtful && !/^[$€¥£#%]$/u.test(word.text);
}

/** Letters and digits; a Chinese character says as much as two. */
function substance(text: string): number {
  return letters(text) + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
}

function letters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
