import { expect, test } from "vitest";
import { createShotCutDetector } from "../../../src/ingest/shot-cuts.ts";
import type { Pixels } from "../../../src/media/pixels.ts";
import { seededRandom } from "../../media-makers/seeded-random.ts";
import { place } from "./places.ts";

/** Times at which shots begin, for pictures 125 ms apart. */
function cutsIn(pictures: readonly Pixels[]): number[] {
  const detector = createShotCutDetector();
  return pictures.flatMap((pixels, index) => detector.push({ timeMs: index * 125, pixels })?.timeMs ?? []);
}

const times = (count: number, make: (index: number) => Pixels) =>
  Array.from({ length: count }, (_, n) => make(n));
const still = (seed: number, count: number) => times(count, () => place(seed));

function noisy(pixels: Pixels, seed: number): Pixels {
  const random = seededRandom(seed);
  return {
    ...pixels,
    data: pixels.data.map((value) => Math.max(0, Math.min(255, value + (random() - 0.5) * 40))),
  };
}

test("a shot begins with the first frame of the new place", () => {
  expect(cutsIn([...still(1, 8), ...still(2, 8), ...still(3, 8)])).toEqual([1000, 2000]);
});

test.each(Array.from({ length: 40 }, (_, index) => index * 7 + 11))(
  "places %i and its neighbour are two shots",
  (seed) => {
    expect(cutsIn([...still(seed, 6), ...still(seed + 1, 6)])).toEqual([750]);
  },
);

test("a cut from and to black is found", () => {
  const black: Pixels = { ...place(1), data: new Uint8Array(place(1).data.length) };
  expect(cutsIn([...still(1, 6), ...times(6, () => black), ...still(1, 6)])).toEqual([750, 1500]);
});

test("a still place with sensor noise is one shot", () => {
  expect(cutsIn(times(30, (index) => noisy(place(4), index)))).toEqual([]);
});

test("exposure that jumps is no cut", () => {
  const gains = [1, 1, 1, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 0.7, 0.7, 0.7, 0.7];
  for (const seed of [5, 6, 7, 8]) {
    expect(cutsIn(times(gains.length, (index) => place(seed, { gain: gains[index] ?? 1 })))).toEqual([]);
  }
});

test("a flash is no cut", () => {
  const white: Pixels = { ...place(1), data: new Uint8Array(place(1).data.length).fill(250) };
  expect(cutsIn([...still(9, 8), white, ...still(9, 8)])).toEqual([]);
});

test.each([6, 16, 30, 50])("a camera that turns by %i of 192 pixels a frame is one shot", (step) => {
  const steps = Math.min(12, Math.floor(500 / step));
  const moving = times(steps, (index) => place(10, { pan: (index + 1) * step }));
  const end = times(6, () => place(10, { pan: steps * step }));
  expect(cutsIn([...still(10, 6), ...moving, ...end])).toEqual([]);
});

test("a person who comes in, near and fast, is no cut", () => {
  const walk = times(16, (index) =>
    place(11, { boxes: [[Math.min(60, index * 20 - 70), 15, 70, 93, [190, 60, 40]]] }),
  );
  expect(cutsIn([...still(11, 6), ...walk])).toEqual([]);
});

test("a cut while the camera turns is found", () => {
  const before = times(10, (index) => place(12, { pan: index * 5 }));
  const after = times(10, (index) => place(13, { pan: index * 5 }));
  expect(cutsIn([...before, ...after])).toEqual([1250]);
});
