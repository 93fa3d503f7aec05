import { expect, test } from "vitest";
import { credibleReading } from "../../../src/ingest/ocr/credible.ts";
import { toGrey } from "../../../src/ingest/ocr/grey.ts";
import { joinWords } from "../../../src/ingest/ocr/join-words.ts";
import { mergeReadings } from "../../../src/ingest/ocr/merge.ts";
import { crop, rotate, skewOf } from "../../../src/ingest/ocr/prepare.ts";
import { similarity, voteByCharacter } from "../../../src/ingest/ocr/rover.ts";
import { readingFromTsv, readingOf } from "../../../src/ingest/ocr/tsv.ts";
import { letteringPixels } from "../../media-makers/lettering.ts";

const ballots = (text: string, weight = 0.8) => [...text].map((character) => ({ character, weight }));
const words = (y: number, ...texts: readonly (readonly [string, number])[]) =>
  texts.map(([text, confidence], index) => ({
    text,
    confidence,
    box: { x: index * 60, y, width: 50, height: 20 },
  }));

test("each character goes to the majority, wherever the readings differ in length", () => {
  expect(voteByCharacter([ballots("Tota1 $1284"), ballots("Total $1284"), ballots("Total $l284")])).toBe(
    "Total $1284",
  );
  expect(voteByCharacter([ballots("会议室开会"), ballots("会议至开会"), ballots("会议室开")])).toBe(
    "会议室开会",
  );
});

test("one sure reading outweighs two doubtful ones, and a tie goes to the first", () => {
  expect(voteByCharacter([ballots("8", 0.9), ballots("B", 0.3), ballots("B", 0.3)])).toBe("8");
  expect(voteByCharacter([ballots("5"), ballots("S")])).toBe("5");
});

test("text that one pass alone leaves out stays", () => {
  expect(voteByCharacter([ballots("room B-203"), ballots("room"), ballots("room B-203")])).toBe("room B-203");
});

test("likeness is 1 for the same text and 0 for nothing in common", () => {
  expect(similarity("gate B12", "gate B12")).toBe(1);
  expect(similarity("abc", "xyz")).toBe(0);
  expect(similarity("", "")).toBe(1);
  expect(similarity("gate B12", "gate 812")).toBeCloseTo(7 / 8);
});

test("Chinese words stand side by side, Latin ones apart", () => {
  expect(joinWords(["打开", "Settings", "页", "面", "，", "点击"])).toBe("打开 Settings 页面，点击");
});

test("Tesseract's table becomes lines of words; rows of other levels and empty words are left out", () => {
  const row = (line: number, word: number, confidence: number, text: string) =>
    `5\t1\t1\t1\t${line}\t${word}\t${word * 50}\t10\t40\t20\t${confidence}\t${text}`;
  const tsv = [
    "4\t1\t1\t1\t1\t0\t0\t0\t90\t20\t-1\t",
    row(1, 1, 90, "Gate"),
    row(1, 2, 80, "B"),
    row(2, 1, 95, " "),
  ];
  const reading = readingFromTsv(tsv.join("\n"));
  expect(reading.text).toBe("Gate B");
  expect(reading.confidence).toBeCloseTo((4 * 90 + 80) / 5);
  expect(reading.lines?.[0]?.[0]?.box).toEqual({ x: 50, y: 10, width: 40, height: 20 });
});

test("debris, lone letters and guesses are dropped, and with them whole readings", () => {
  const garbage = readingOf([
    words(0, ["J", 46], ["/", 60]),
    words(30, ["i", 71]),
    words(60, ["ee", 42], ["Ra", 31]),
  ]);
  expect(credibleReading(garbage).text).toBe("");
  const framed = readingOf([words(0, ["|", 88], ["Total", 95], ["$", 70], ["12", 93], ["—", 40])]);
  expect(credibleReading(framed).text).toBe("Total $ 12");
});

test("of several passes every line is kept once, at its best, in reading order", () => {
  const first = readingOf([words(100, ["METRO", 96], ["STATION", 97])]);
  const second = readingOf([
    words(0, ["中山", 93], ["东路", 92]),
    words(101, ["METR0", 80], ["STATION", 90]),
  ]);
  expect(mergeReadings([first, second]).text).toBe("中山东路\nMETRO STATION");
});

test("the turn of text is found to a quarter of a degree, either way, in either polarity", async () => {
  for (const degrees of [-12, -5, 3, 8]) {
    const dark = await letteringPixels(["The quick brown fox jumps over", "the lazy dog again"], {
      size: 20,
      degrees,
    });
    const light = { ...dark, data: dark.data.map((value) => 255 - value) };
    for (const pixels of [dark, light]) {
      const skew = await skewOf(toGrey(pixels));
      expect(Math.abs(skew.degrees + degrees)).toBeLessThan(0.25);
      expect(skew.gain).toBeGreaterThan(1.3);
      const level = await skewOf(await rotate(toGrey(pixels), skew.degrees));
      expect(Math.abs(level.degrees)).toBeLessThan(0.25);
    }
  }
});

test("a region is cut in whole pixels and never beyond the edges", () => {
  const pixels = { width: 4, height: 2, data: Uint8Array.from({ length: 24 }, (_, index) => index) };
  expect(crop(pixels, { x: 0.5, y: 0.5, width: 0.25, height: 0.5 })).toEqual({
    width: 1,
    height: 1,
    data: Uint8Array.from([18, 19, 20]),
  });
  expect(crop(pixels, { x: 0.9, y: 0.9, width: 5, height: 5 })).toMatchObject({ width: 1, height: 1 });
  expect(crop(pixels, { x: 2, y: 2, width: 0, height: 0 })).toMatchObject({ width: 1, height: 1 });
});
