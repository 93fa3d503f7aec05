import { expect, test } from "vitest";
import { createFrameSpans } from "../../../src/ingest/video/frame-spans.ts";
import { shrink } from "../../../src/ingest/video/picture-grid.ts";
import type { Pixels } from "../../../src/media/pixels.ts";
import { seededRandom } from "../../media-makers/seeded-random.ts";
import { place } from "./places.ts";

interface Step {
  readonly timeMs: number;
  readonly pixels: Pixels;
  readonly cut?: boolean;
}

function spansOf(steps: readonly Step[], endMs: number): (readonly [number, number, number])[] {
  const spans = createFrameSpans();
  const found = steps.map(({ timeMs, pixels, cut = false }) => spans.push({ timeMs, pixels }, cut));
  return [...found, spans.finish(endMs)].flatMap((span) =>
    span === undefined ? [] : [[span.startMs, span.endMs, span.frame.timeMs] as const],
  );
}

const every125 = (count: number, make: (timeMs: number) => Pixels): Step[] =>
  Array.from({ length: count }, (_, index) => ({ timeMs: index * 125, pixels: make(index * 125) }));

test("a still minute is one span with its first frame", () => {
  const random = seededRandom(1);
  const scene = place(1);
  const grain = () => ({ ...scene, data: scene.data.map((value) => Math.min(255, value + random() * 12)) });
  expect(spansOf(every125(80, grain), 10_000)).toEqual([[0, 10_000, 0]]);
});

test("a picture that changes within a second is dated back to when it came on", () => {
  const steps = every125(40, (timeMs) => place(timeMs < 2375 ? 1 : 2));
  expect(spansOf(steps, 5000)).toEqual([
    [0, 2375, 0],
    [2375, 5000, 3000],
  ]);
});

test("a shot opens a span at once", () => {
  const steps = every125(40, (timeMs) => place(timeMs < 2375 ? 1 : 2)).map((step) => ({
    ...step,
    cut: step.timeMs === 2375,
  }));
  expect(spansOf(steps, 5000)).toEqual([
    [0, 2375, 0],
    [2375, 5000, 2375],
  ]);
});

test("a span knows whether a cut comes right before it", () => {
  const spans = createFrameSpans();
  const steps = every125(60, (timeMs) => place(timeMs < 2375 ? 1 : timeMs < 5000 ? 2 : 3));
  const found = steps.map(({ timeMs, pixels }) => spans.push({ timeMs, pixels }, timeMs === 2375));
  const ended = [...found, spans.finish(7500)].filter((span) => span !== undefined);
  expect(ended.map(({ startMs, startsShot }) => [startMs, startsShot])).toEqual([
    [0, undefined],
    [2375, true],
    [5000, undefined],
  ]);
});

test("what keeps moving gives a span a second, without gaps", () => {
  const steps = every125(24, (timeMs) => place(1, { boxes: [[timeMs / 50, 30, 20, 30, [250, 20, 20]]] }));
  const spans = spansOf(steps, 3000);
  expect(spans).toEqual([
    [0, 1000, 0],
    [1000, 2000, 1000],
    [2000, 3000, 2000],
  ]);
});

test("a small figure far away makes another picture", () => {
  const figure: readonly [number, number, number, number, readonly [number, number, number]] = [
    90,
    40,
    14,
    26,
    [250, 250, 20],
  ];
  const steps = every125(16, (timeMs) => place(3, timeMs < 1000 ? {} : { boxes: [figure] }));
  expect(spansOf(steps, 2000)).toHaveLength(2);
});

test("a video without a frame has no span", () => {
  expect(spansOf([], 1000)).toEqual([]);
});

test("a picture is made smaller by the mean of its pixels, and never larger", () => {
  const pixels: Pixels = {
    width: 4,
    height: 2,
    data: Uint8Array.from({ length: 24 }, (_, at) => Math.floor(at / 3) * 10),
  };
  const small = shrink(pixels, 2);
  expect([small.width, small.height]).toEqual([2, 1]);
  expect([...small.data]).toEqual([25, 25, 25, 45, 45, 45]);
  expect(shrink(pixels, 10)).toBe(pixels);
});
