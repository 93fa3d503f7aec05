import type { Planes } from "./planes.ts";

export interface Shift {
  readonly x: number;
  readonly y: number;
}

/** What the textured blocks of a picture say about where they are in another picture. */
export interface PictureMotion {
  /** Blocks with enough texture to tell. */
  readonly blocks: number;
  /** Shares of them (0..1) found where they were, found elsewhere, and not found. */
  readonly still: number;
  readonly moved: number;
  readonly lost: number;
  /** How the moved ones moved, in pixels (median). */
  readonly shift: Shift;
}

const block = 14;
const near = 4;

function quarter(planes: Planes): { width: number; height: number; y: Float32Array } {
  const width = planes.width >> 2;
  const height = planes.height >> 2;
  const y = new Float32Array(width * height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let dy = 0; dy < 4; dy++)
        for (let dx = 0; dx < 4; dx++) sum += planes.y[(row * 4 + dy) * planes.width + column * 4 + dx]!;
      y[row * width + column] = sum / 16;
    }
  return { width, height, y };
}

type Small = ReturnType<typeof quarter>;

function overlapCost(from: Small, to: Small, dx: number, dy: number): number {
  let sum = 0;
  let count = 0;
  for (let row = Math.max(0, -dy); row < Math.min(from.height, from.height - dy); row++)
    for (let column = Math.max(0, -dx); column < Math.min(from.width, from.width - dx); column++) {
      const change = to.y[(row + dy) * to.width + column + dx]! - from.y[row * from.width + column]!;
      sum += Math.min(30, Math.abs(change));
      count++;
    }
  return sum / Math.max(1, count);
}

/** The shift of the whole picture at a quarter of the size, back in full pixels. */
function coarseShift(from: Planes, to: Planes): Shift {
  const a = quarter(from);
  const b = quarter(to);
  const reachX = Math.floor(a.width * 0.45);
  const reachY = Math.floor(a.height * 0.3);
  let best: Shift = { x: 0, y: 0 };
  let least = overlapCost(a, b, 0, 0) * 0.9;
  for (let y = -reachY; y <= reachY; y++)
    for (let x = -reachX; x <= reachX; x++) {
      const cost = overlapCost(a, b, x, y);
      if (cost >= least) continue;
      least = cost;
      best = { x: x * 4, y: y * 4 };
    }
  return best;
}

function blockCost(from: Planes, to: Planes, left: number, top: number, dx: number, dy: number): number {
  const { width, height } = from;
  if (left + dx < 0 || left + dx + block > width || top + dy < 0 || top + dy + block > height)
    return Number.POSITIVE_INFINITY;
  let sum = 0;
  let shift = 0;
  for (let row = 0; row < block; row++)
    for (let column = row & 1; column < block; column += 2) {
      const change =
        to.y[(top + dy + row) * width + left + dx + column]! - from.y[(top + row) * width + left + column]!;
      sum += Math.abs(change);
      shift += change;
    }
  // Half of the mean change is taken for a change of light.
  return (sum - Math.abs(shift) * 0.5) / ((block * block) / 2);
}

function textureOf(planes: Planes, left: number, top: number): number {
  let across = 0;
  let down = 0;
  for (let row = 0; row < block; row++)
    for (let column = 0; column < block - 2; column++) {
      const at = (top + row) * planes.width + left + column;
      across += Math.abs(planes.y[at + 2]! - planes.y[at]!);
      down += Math.abs((planes.y[at + 2 * planes.width] ?? planes.y[at]!) - planes.y[at]!);
    }
  return Math.max(across, down) / (block * (block - 2));
}

function bestAround(
  from: Planes,
  to: Planes,
  left: number,
  top: number,
  centre: Shift,
): { shift: Shift; cost: number } {
  let shift = centre;
  let cost = Number.POSITIVE_INFINITY;
  for (let y = centre.y - near; y <= centre.y + near; y++)
    for (let x = centre.x - near; x <= centre.x + near; x++) {
      const here = blockCost(from, to, left, top, x, y);
      if (here >= cost) continue;
      cost = here;
      shift = { x, y };
    }
  return { shift, cost };
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

function placeBlock(
  from: Planes,
  to: Planes,
  left: number,
  top: number,
  coarse: Shift,
  noise: number,
): Shift | "still" | "lost" {
  const found = 3.5 + 2 * noise;
  const atRest = blockCost(from, to, left, top, 0, 0);
  if (atRest < found) return "still";
  const here = bestAround(from, to, left, top, { x: 0, y: 0 });
  const there = coarse.x || coarse.y ? bestAround(from, to, left, top, coarse) : here;
  const best = there.cost < here.cost ? there : here;
  if (best.cost > 0.6 * atRest) return "lost";
  return best.shift.x || best.shift.y ? best.shift : "still";
}

/** Block matching of brightness, guided by a coarse shift of the whole picture. */
export function measureMotion(from: Planes, to: Planes, noise: number): PictureMotion {
  const coarse = coarseShift(from, to);
  const xs: number[] = [];
  const ys: number[] = [];
  let still = 0;
  let lost = 0;
  for (let top = 1; top + block < from.height; top += block)
    for (let left = 1; left + block < from.width; left += block) {
      if (textureOf(from, left, top) < 3 + 2.5 * noise) continue;
      const place = placeBlock(from, to, left, top, coarse, noise);
      if (place === "still") still++;
      else if (place === "lost") lost++;
      else {
        xs.push(place.x);
        ys.push(place.y);
      }
    }
  const blocks = still + lost + xs.length;
  const share = (count: number): number => count / Math.max(1, blocks);
  return {
    blocks,
    still: share(still),
    moved: share(xs.length),
    lost: share(lost),
    shift: { x: median(xs), y: median(ys) },
  };
}
