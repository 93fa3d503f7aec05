import { expect, test } from "vitest";
import type { MediaId } from "../../src/media/media-item.ts";
import { timeSpan } from "../../src/media/span.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { blockRows, type RowOptions } from "../../src/tui/block-rows.ts";
import { citationsRows } from "../../src/tui/citation-rows.ts";
import { columnsOfLine, textOfLine } from "../../src/tui/line.ts";
import type { Block, CitedMoment } from "../../src/tui/view.ts";

const options: RowOptions = {
  columns: 160,
  say: tuiEn,
  pictures: true,
  showThoughts: false,
  showResults: false,
};

function moment(number: number, size?: { width: number; height: number }): CitedMoment {
  const citation = {
    handle: `e${number}`,
    mediaId: "m" as MediaId,
    kind: "video",
    path: `/v/${number}.mp4`,
    span: timeSpan(0, 1000),
    check: "pixels",
  } as const;
  if (!size) return { number, citation };
  const data = new Uint8Array(size.width * size.height * 3);
  return { number, citation, thumbnail: { ...size, data } };
}

const portrait = { width: 9, height: 16 };
const landscape = { width: 16, height: 9 };

function placesOfNumbers(moments: readonly CitedMoment[]): readonly number[] {
  const rows = citationsRows(moments, options).map(textOfLine);
  return rows.flatMap((row) => (/\[\d\]/.test(row) ? [row.search(/\[\d\]/)] : []));
}

test("the text stands two columns beside the picture, however narrow that is", () => {
  expect(placesOfNumbers([moment(1, portrait), moment(2, portrait)])).toEqual([11, 11]);
  expect(placesOfNumbers([moment(1, landscape)])).toEqual([25]);
});

test("the texts beside pictures of several widths stand below each other", () => {
  expect(placesOfNumbers([moment(1, portrait), moment(2, landscape)])).toEqual([25, 25]);
  expect(placesOfNumbers([moment(1)])).toEqual([2]);
});

const question: Block = { type: "question", text: "and then?", attachments: [] };

test("one blank row stands above a question, whatever was above it", () => {
  const above: readonly Block[] = [
    { type: "answer", text: "A." },
    { type: "citations", moments: [moment(1, landscape)] },
    { type: "citations", moments: [moment(1, landscape), moment(2)] },
    { type: "stopped" },
  ];
  for (const block of above) {
    const rows = [...blockRows(block, options), ...blockRows(question, options, block)].map(textOfLine);
    const asked = rows.findIndex((row) => row.startsWith("you"));
    expect(rows[asked - 1]?.trim(), block.type).toBe("");
    expect(rows[asked - 2]?.trim(), block.type).not.toBe("");
  }
});

test("what a tool was given stands a line each, and a path is whole where a row has room for it", () => {
  const file = "/home/me/Videos/2026/a long holiday by the sea/harbour-at-night.mp4";
  const rows = blockRows(
    {
      type: "tool-done",
      card: { callId: "c", name: "video_seek", input: { media: file, timesMs: [0, 500] }, startedAt: 0 },
      summary: "2 frames",
      ms: 100,
    },
    { ...options, columns: 90, showResults: true },
  ).map(textOfLine);
  expect(rows.slice(1)).toEqual([`    media: ${file}`, "    timesMs: [0,500]", "    2 frames"]);
});

test("no window is too narrow for a card, and one that is has no pictures", () => {
  for (const columns of [16, 20, 29, 30, 40, 80]) {
    const rows = citationsRows([moment(1, landscape), moment(2)], { ...options, columns });
    for (const row of rows) expect(columnsOfLine(row), textOfLine(row)).toBeLessThanOrEqual(columns);
    expect(rows.some((row) => textOfLine(row).includes("▀"))).toBe(columns >= 30);
  }
});

test("of many cards those after the sixth take a row each, with what is needed to go on with them", () => {
  const rows = citationsRows(
    [1, 2, 3, 4, 5, 6, 7, 8].map((number) => moment(number)),
    { ...options, columns: 40 },
  );
  expect(rows.map(textOfLine).slice(-2)).toEqual([
    "  [7] 7.mp4  0:00.0–0:01.0  ✓  /open 7",
    "  [8] 8.mp4  0:00.0–0:01.0  ✓  /open 8",
  ]);
});
