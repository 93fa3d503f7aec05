import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import type { OcrReading } from "../../../src/ingest/ocr-engine.ts";
import { sameText } from "../../../src/ingest/video/same-text.ts";
import { countText, findTextFields } from "../../../src/ingest/video/text-fields.ts";
import { TextWatch } from "../../../src/ingest/video/text-watch.ts";
import type { Pixels } from "../../../src/media/pixels.ts";
import { letteringPath } from "../../media-makers/lettering.ts";
import { place } from "./places.ts";

const signal = AbortSignal.timeout(60_000);

/** A screen of 1280 × 720 as the video pass sees it, 384 wide. */
async function screen(lines: readonly string[], size = 22): Promise<Pixels> {
  const paths = lines.map(
    (line, index) => letteringPath(line, { x: 80, y: 90 + index * size * 2, size }).path,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="#f4f4f4"/><path d="${paths.join("")}" fill="#222"/></svg>`;
  const image = sharp(Buffer.from(svg)).resize(384).removeAlpha().raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

const pages = {
  list: ["Documents and pictures", "Report for the spring", "Holiday by the lake", "Notes of the meeting"],
  dialog: ["Documents and pictures", "The connection was lost", "Holiday by the lake", "Error code 8073"],
} as const;
let list: Pixels;
let dialog: Pixels;
let blank: Pixels;

beforeAll(async () => {
  [list, dialog, blank] = await Promise.all([screen(pages.list), screen(pages.dialog), screen([])]);
});

/** Shows pictures 125 ms apart to a watch whose reader knows what each says. */
async function watch(pictures: readonly Pixels[], says: (pixels: Pixels) => OcrReading | undefined) {
  const readAt: number[] = [];
  const text = new TextWatch(async (frame) => {
    readAt.push(frame.timeMs);
    return says(frame.pixels);
  });
  const spans = [];
  for (const [index, pixels] of pictures.entries()) {
    spans.push(await text.push({ timeMs: index * 125, pixels }, false, signal));
  }
  spans.push(text.finish(pictures.length * 125));
  return { readAt, spans: spans.filter((span) => span !== undefined) };
}

const knows = (pixels: Pixels): OcrReading | undefined => {
  if (pixels === blank) return undefined;
  return { text: pages[pixels === dialog ? "dialog" : "list"].join("\n"), confidence: 92 };
};
const shown = (count: number, pixels: Pixels) => Array.from({ length: count }, () => pixels);

test("a screen is read once, and its text spans the time that it is on", async () => {
  const { spans, readAt } = await watch(
    [...shown(20, list), ...shown(24, dialog), ...shown(16, list)],
    knows,
  );
  expect(spans.map(({ startMs, endMs, text }) => [startMs, endMs, text.includes("8073")])).toEqual([
    [0, 2500, false],
    [2500, 5500, true],
    [5500, 7500, false],
  ]);
  expect(readAt).toHaveLength(3);
});

test("a text ends when the screen goes blank", async () => {
  const { spans } = await watch([...shown(16, blank), ...shown(16, dialog), ...shown(16, blank)], knows);
  expect(spans.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([[2000, 4000]]);
});

test("a blank screen and a place without text are not read", async () => {
  expect((await watch(shown(80, blank), knows)).readAt).toEqual([]);
  expect((await watch(shown(80, place(3, { width: 384, height: 216 })), knows)).readAt).toEqual([]);
});

test("text over pictures that keep moving is read after a second", async () => {
  const moving = await Promise.all(
    Array.from({ length: 24 }, (_, index) => screen([...pages.list, "x".repeat(4 + index)])),
  );
  const { spans, readAt } = await watch(moving, () => ({ text: pages.list.join("\n"), confidence: 90 }));
  expect(readAt[0]).toBeLessThanOrEqual(1000);
  expect(spans).toHaveLength(1);
  expect(spans[0]).toMatchObject({ startMs: 0, endMs: 3000 });
});

test("pictures that only look like text are read ever more rarely", async () => {
  const flicker = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      screen([`leaf ${index}`.repeat(7), `${index * 7919}`.repeat(9)]),
    ),
  );
  const pictures = Array.from({ length: 480 }, (_, index) => flicker[index % 20] ?? blank);
  const { readAt, spans } = await watch(pictures, () => undefined);
  expect(spans).toEqual([]);
  expect(readAt.length).toBeGreaterThan(2);
  expect(readAt.length).toBeLessThan(12);
});

test("a reading that is mostly guesses is no text", async () => {
  const { spans } = await watch(shown(30, list), () => ({ text: "lI|1 ~~", confidence: 31 }));
  expect(spans).toEqual([]);
});

test("letters of 14 to 40 pixels on a screen of 1280 are seen at 384", async () => {
  for (const size of [14, 18, 28, 40]) {
    expect(countText(findTextFields(await screen(pages.list, size))), `${size} px`).toBeGreaterThanOrEqual(3);
  }
});

test("two readings are of one text when at most a word differs", () => {
  const page = Array.from({ length: 200 }, (_, index) => `word${index}`).join(" ");
  expect(sameText("Error code 8073 found", "Error code 8O73 found")).toBe(true);
  expect(sameText("12:01", "12:02")).toBe(false);
  expect(sameText(page, page.replace("word7 ", "w0rd7 "))).toBe(true);
  expect(sameText(page, `${page} The connection was lost, error code eight`)).toBe(false);
  expect(sameText("出口在左边请走", "出口在左边清走")).toBe(true);
  expect(sameText("出口在左边", "入口在右边关")).toBe(false);
});
