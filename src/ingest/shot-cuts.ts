import type { Frame, Pixels } from "../media/pixels.ts";
import { gridLuma, type PictureGrid, pictureGrid } from "./video/picture-grid.ts";

const columns = 32;
const rows = 18;
/** How far a pan may have gone between two frames, as a part of the picture. */
const furthestShift = 0.4;
const cutDistance = 0.42;
/** A cut stands out among its neighbours by this much; a pan or a passer-by does not. */
const standsOut = 2;
const colourLevels = 6;

interface Look {
  readonly luma: Float32Array;
  readonly hues: Float32Array;
}

/** Finds where one shot ends and the next begins, in frames that come in order. Pure: it holds a few small grids. */
export interface ShotCutDetector {
  /** Returns the frame before this one if a shot began with it: a cut shows only once the frame after it is seen. */
  push(frame: Frame): Frame | undefined;
}

/**
 * Hard cuts, for frames about 1/8 s apart. The distance of two frames is what is left after the best translation, of the
 * correlation of their brightness (so exposure does not count), together with how far their colours differ. A cut is
 * a distance that is large and stands out from its neighbours, the adaptive threshold of Yeo and Liu, "Rapid scene
 * analysis on compressed video" (1995): sustained motion has no such peak, and a flash returns to the old picture.
 */
export function createShotCutDetector(): ShotCutDetector {
  let looks: Look[] = [];
  let last: Frame | undefined;
  let distances: number[] = [];

  return {
    push(frame) {
      const look = lookOf(frame.pixels);
      const before = looks.at(-1);
      const distance = before === undefined ? 0 : distanceOf(before, look);
      const candidate = last;
      const began = candidate !== undefined && isCut(distances, distance, looks, look);
      looks = [...looks.slice(-1), look];
      distances = [...distances.slice(-3), distance];
      last = frame;
      return began ? candidate : undefined;
    },
  };
}

/** Whether the newest of `distances` was a cut, now that the `next` one and its frame are known. */
function isCut(distances: readonly number[], next: number, looks: readonly Look[], after: Look): boolean {
  const peak = distances.at(-1) ?? 0;
  const beforePeak = looks.at(-2);
  if (peak < cutDistance || beforePeak === undefined) return false;
  const around = Math.max(next, ...distances.slice(0, -1));
  return peak > around * standsOut && distanceOf(beforePeak, after) >= cutDistance;
}

function lookOf(pixels: Pixels): Look {
  const grid = pictureGrid(pixels, columns, rows);
  return { luma: gridLuma(grid), hues: hueShares(grid) };
}

/** How much of the picture has which colour, whatever its brightness. Sums to 1. */
function hueShares({ colours }: PictureGrid): Float32Array {
  const shares = new Float32Array(colourLevels * colourLevels);
  const fields = colours.length / 3;
  for (let field = 0; field < fields; field += 1) {
    const [red, green, blue] = [colours[field * 3]!, colours[field * 3 + 1]!, colours[field * 3 + 2]!];
    // Dark fields have no reliable colour: they count as grey.
    const sum = Math.max(red + green + blue, 60);
    const grey = (60 - Math.min(60, red + green + blue)) / 180;
    const level = (value: number) => Math.min(colourLevels - 1, Math.floor(value * 1.5 * colourLevels));
    shares[level(red / sum + grey) * colourLevels + level(green / sum + grey)]! += 1 / fields;
  }
  return shares;
}

/** 0 for the same view, about 1 for two that have nothing in common. */
function distanceOf(a: Look, b: Look): number {
  let shared = 0;
  for (let bin = 0; bin < a.hues.length; bin += 1) shared += Math.min(a.hues[bin]!, b.hues[bin]!);
  return 0.7 * (1 - bestCorrelation(a.luma, b.luma)) + 0.3 * (1 - shared);
}

/** The largest correlation over translations along either side. */
function bestCorrelation(a: Float32Array, b: Float32Array): number {
  let best = correlation(a, b, 0, 0);
  for (let shift = 1; shift <= columns * furthestShift && best < 0.9; shift += 1) {
    best = Math.max(best, correlation(a, b, shift, 0), correlation(a, b, -shift, 0));
    if (shift <= rows * furthestShift) {
      best = Math.max(best, correlation(a, b, 0, shift), correlation(a, b, 0, -shift));
    }
  }
  return Math.max(0, best);
}

/** Pearson's correlation of two grids where they overlap after a shift. Flat ones agree when both are flat. */
function correlation(a: Float32Array, b: Float32Array, right: number, down: number): number {
  let [count, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let row = Math.max(0, down); row < Math.min(rows, rows + down); row += 1) {
    for (let column = Math.max(0, right); column < Math.min(columns, columns + right); column += 1) {
      const x = a[row * columns + column]!;
      const y = b[(row - down) * columns + column - right]!;
      count += 1;
      sumA += x;
      sumB += y;
      sumAA += x * x;
      sumBB += y * y;
      sumAB += x * y;
    }
  }
  const spreadA = Math.max(0, sumAA / count - (sumA / count) ** 2);
  const spreadB = Math.max(0, sumBB / count - (sumB / count) ** 2);
  const together = sumAB / count - (sumA / count) * (sumB / count);
  // A spread of 9 is a deviation of 3 grey levels: noise. It makes two flat pictures equal and a flat one unlike others.
  return (together + 9) / Math.sqrt((spreadA + 9) * (spreadB + 9));
}
