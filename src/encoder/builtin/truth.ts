import { colourNames } from "../../media/colour-name.ts";
import type { PicturePlan } from "./draw/picture-plan.ts";
import type { Rendering } from "./draw/render.ts";

export const regionNames = ["left", "right", "top", "bottom", "centre"] as const;
export type RegionName = (typeof regionNames)[number];

/** What is so in a drawn picture: the ground of every label. */
export interface Truth {
  readonly plan: PicturePlan;
  /** Share of the picture, by index in `colourNames`. */
  readonly shares: readonly number[];
  /** Share of the picture that is of that colour and inside the region, by region and colour. */
  readonly inside: Readonly<Record<RegionName, readonly number[]>>;
  /** Mean value 0…1 (luma), of the whole and of each region, and of what lies outside the region. */
  readonly luma: number;
  readonly lumaInside: Readonly<Record<RegionName, number>>;
  readonly lumaOutside: Readonly<Record<RegionName, number>>;
  /** Mean difference between the largest and the smallest of red, green and blue, 0…1. */
  readonly saturation: number;
  /** Largest less smallest luma of a sixteenth of the picture. */
  readonly contrast: number;
}

export const regions: Readonly<Record<RegionName, (u: number, v: number) => boolean>> = {
  left: (u) => u < 0.42,
  right: (u) => u > 0.58,
  top: (_u, v) => v < 0.42,
  bottom: (_u, v) => v > 0.58,
  centre: (u, v) => Math.abs(u - 0.5) < 0.25 && Math.abs(v - 0.5) < 0.25,
};

interface Point {
  readonly u: number;
  readonly v: number;
  readonly name: number;
  readonly luma: number;
  readonly saturation: number;
}

/** Every third point each way is enough for shares. */
function samples({ pixels, names }: Rendering): Point[] {
  const { width, height, data } = pixels;
  const points: Point[] = [];
  for (let y = 1; y < height; y += 3) {
    for (let x = 1; x < width; x += 3) {
      const at = y * width + x;
      const [red, green, blue] = [data[at * 3]!, data[at * 3 + 1]!, data[at * 3 + 2]!];
      points.push({
        u: (x + 0.5) / width,
        v: (y + 0.5) / height,
        name: names[at]!,
        luma: (0.299 * red + 0.587 * green + 0.114 * blue) / 255,
        saturation: (Math.max(red, green, blue) - Math.min(red, green, blue)) / 255,
      });
    }
  }
  return points;
}

export function truthOf(plan: PicturePlan, rendering: Rendering): Truth {
  const points = samples(rendering);
  const whole = tally(points);
  const inside = byRegion((name) => tally(points.filter(({ u, v }) => regions[name](u, v))));
  const blocks = Array.from({ length: 16 }, () => emptyTally());
  for (const point of points) count(blocks[Math.floor(point.v * 4) * 4 + Math.floor(point.u * 4)]!, point);
  const levels = blocks.map(({ luma, points: size }) => luma / size);
  return {
    plan,
    shares: whole.names.map((share) => share / whole.points),
    inside: byRegion((name) => inside[name].names.map((share) => share / whole.points)),
    luma: whole.luma / whole.points,
    lumaInside: byRegion((name) => inside[name].luma / inside[name].points),
    lumaOutside: byRegion((name) => (whole.luma - inside[name].luma) / (whole.points - inside[name].points)),
    saturation: whole.saturation / whole.points,
    contrast: Math.max(...levels) - Math.min(...levels),
  };
}

interface Tally {
  points: number;
  luma: number;
  saturation: number;
  readonly names: number[];
}

function emptyTally(): Tally {
  return { points: 0, luma: 0, saturation: 0, names: colourNames.map(() => 0) };
}

function count(tally: Tally, point: Point): void {
  tally.points += 1;
  tally.luma += point.luma;
  tally.saturation += point.saturation;
  if (point.name >= 0) tally.names[point.name] = tally.names[point.name]! + 1;
}

function tally(points: readonly Point[]): Tally {
  const result = emptyTally();
  for (const point of points) count(result, point);
  return result;
}

function byRegion<T>(measure: (name: RegionName) => T): Record<RegionName, T> {
  return Object.fromEntries(regionNames.map((name) => [name, measure(name)])) as Record<RegionName, T>;
}
