import type { OcrReading, OcrWord } from "../ocr-engine.ts";
import { readingOf } from "./tsv.ts";

/** Below this mean confidence three characters in four are wrong (measured, see the decision on the OCR engine). */
const lowestLineConfidence = 50;
/** A lone letter or digit is what leaves and bricks are most often taken for. */
const loneCharacterConfidence = 90;
const lowestConfidence = 60;

/**
 * The lines of a reading that look like text; a picture without text gives the empty reading. Invented text would be
 * found and quoted later, so doubtful lines are dropped rather than kept.
 */
export function credibleReading(reading: OcrReading): OcrReading {
  const kept = readingOf((reading.lines ?? []).map(trimmed).filter(isCredibleLine));
  return kept.confidence >= lowestConfidence ? kept : readingOf([]);
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
  const count = sure.reduce((sum, word) => sum + letters(word.text), 0);
  const { confidence } = readingOf([words]);
  if (count === 0) return false;
  return confidence >= (count === 1 ? loneCharacterConfidence : lowestLineConfidence);
}

/** Frames and rules beside a line are read as bars, dashes and lone letters of no confidence. */
function trimmed(words: readonly OcrWord[]): readonly OcrWord[] {
  const isDebris = (word: OcrWord | undefined) =>
    word !== undefined &&
    (letters(word.text) === 0
      ? word.confidence < 85 && !/^[$€¥£#%-]$/u.test(word.text)
      : word.confidence < 20);
  let [from, to] = [0, words.length];
  while (from < to && isDebris(words[from])) from += 1;
  while (to > from && isDebris(words[to - 1])) to -= 1;
  return words.slice(from, to);
}

function letters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
