import type { PictureSide, RegionBox } from "../media/activity-event.ts";
import type { Pixels } from "../media/pixels.ts";
import type { Sample } from "./change-point.ts";

/** How much of the picture counts as its edge. */
const edgeDepth = 0.08;
/** A pixel has changed from this difference on, 0..255. */
const changedFrom = 20;
/** Share of the light that a shadow leaves, at least; and how far the channels' shares may differ. */
const deepestShadow = 0.35;
const shadowTint = 0.12;
/** Less of the edge than this is noise. */
const leastCovered = 0.02;
/** Before it comes, an object covers at most this share of what it covers later. */
const quietShare = 0.2;

/** The strip of an edge that an object crosses: as wide as the object, where its box reaches the edge. */
export function edgeStrip(side: PictureSide, box?: RegionBox): RegionBox {
  const upright = side === "left" || side === "right";
  const near = side === "left" || side === "top";
  const [from, length] = box && reaches(box, side) ? spread(box, upright) : [0, 1];
  const start = near ? 0 : 1 - edgeDepth;
  return upright
    ? { x: start, y: from, width: edgeDepth, height: length }
    : { x: from, y: start, width: length, height: edgeDepth };
}

function reaches({ x, y, width, height }: RegionBox, side: PictureSide): boolean {
  const gap = { left: x, top: y, right: 1 - x - width, bottom: 1 - y - height }[side];
  return gap <= edgeDepth;
}

/** The box along the edge, a quarter wider to either side: an object may come at a slant. */
function spread(box: RegionBox, upright: boolean): readonly [number, number] {
  const [at, length] = upright ? [box.y, box.height] : [box.x, box.width];
  const from = Math.max(0, at - length / 4);
  return [from, Math.min(1, at + (length * 5) / 4) - from];
}

/**
 * Share of the strip, 0..1, that looks unlike the reference. A change of exposure, which is alike all over, is taken
 * off; an object's shadow, which darkens what is there and keeps its colour, is not the object.
 */
export function stripChange(picture: Pixels, reference: Pixels, strip: RegionBox): number {
  const { width, height } = reference;
  const left = Math.floor(strip.x * width);
  const right = Math.min(width, Math.max(left + 1, Math.round((strip.x + strip.width) * width)));
  const top = Math.floor(strip.y * height);
  const bottom = Math.min(height, Math.max(top + 1, Math.round((strip.y + strip.height) * height)));
  const differences: number[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 3;
      differences.push(differenceOf(picture.data.subarray(at, at + 3), reference.data.subarray(at, at + 3)));
    }
  }
  differences.sort((a, b) => a - b);
  // An object may cover most of the strip: the quarter that changed least tells of the light.
  const light = differences[differences.length >> 2] ?? 0;
  return differences.filter((difference) => difference - light > changedFrom).length / differences.length;
}

function differenceOf(now: Uint8Array, before: Uint8Array): number {
  const [r = 0, g = 0, b = 0] = now;
  const [r0 = 0, g0 = 0, b0 = 0] = before;
  if (isShadow([r, g, b], [r0, g0, b0])) return 0;
  return Math.max(Math.abs(r - r0), Math.abs(g - g0), Math.abs(b - b0));
}

/** All channels keep the same share of their light, and not too little: black is no shadow. */
function isShadow(now: readonly number[], before: readonly number[]): boolean {
  const shares = now.map((value, c) => (value + 1) / ((before[c] ?? 0) + 1));
  const most = Math.max(...shares);
  const least = Math.min(...shares);
  return most < 1 && least > deepestShadow && most - least < shadowTint;
}

/**
 * When an object crosses the edge: the coverage of the strip passes half of its height. Undefined when the strip is
 * not quiet on the empty side, or hardly covered: then something else moves there, too.
 *
 * @param coverage in order of time; `rise` for an entry, `fall` for an exit
 */
export function crossingTime(coverage: readonly Sample[], direction: "rise" | "fall"): number | undefined {
  const ordered = direction === "rise" ? coverage : [...coverage].reverse();
  const peak = Math.max(0, ...ordered.map(({ value }) => value));
  const quiet = ordered.slice(1, 3);
  if (ordered.length < 5 || peak < leastCovered) return undefined;
  if (quiet.some(({ value }) => value > peak * quietShare)) return undefined;
  const at = ordered.findIndex(({ value }) => value >= peak / 2);
  return Math.round((ordered[at - 1]!.timeMs + ordered[at]!.timeMs) / 2);
}
