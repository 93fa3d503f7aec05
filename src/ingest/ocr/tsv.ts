import type { OcrReading, OcrWord } from "../ocr-engine.ts";
import { joinWords } from "./join-words.ts";

const wordLevel = "5";

/** Tesseract's table of words (`level page block par line word left top width height conf text`) → a reading. */
export function readingFromTsv(tsv: string): OcrReading {
  const lines = new Map<string, OcrWord[]>();
  for (const row of tsv.split("\n")) {
    const cells = row.split("\t");
    if (cells[0] !== wordLevel) continue;
    const [x = 0, y = 0, width = 0, height = 0, confidence = 0] = cells.slice(6, 11).map(Number);
    const text = cells.slice(11).join(" ").trim();
    if (text === "") continue;
    const line = cells.slice(1, 5).join(".");
    const words = lines.get(line) ?? [];
    words.push({ text, confidence: Math.max(0, confidence), box: { x, y, width, height } });
    lines.set(line, words);
  }
  return readingOf([...lines.values()]);
}

/** The text of the lines, and their mean confidence by length: a word counts as much as its characters. */
export function readingOf(lines: readonly (readonly OcrWord[])[]): OcrReading {
  const kept = lines.filter((words) => words.length > 0);
  let characters = 0;
  let sum = 0;
  for (const word of kept.flat()) {
    const length = [...word.text].length;
    characters += length;
    sum += word.confidence * length;
  }
  return {
    text: kept.map((words) => joinWords(words.map((word) => word.text))).join("\n"),
    confidence: characters === 0 ? 0 : sum / characters,
    lines: kept,
  };
}
