import { colourNames } from "../../media/colour-name.ts";
import type { Naming } from "./colour-naming.ts";
import type { PicturePlan } from "./draw/picture-plan.ts";
import type { Rendering } from "./draw/render.ts";
import type { Rgb } from "./palette.ts";

export const regionNames = ["left", "right", "top", "bottom", "centre"] as const;
export type RegionName = (typeof regionNames)[number];

/** Shares of the whole picture 0…1, by index in `colourNames`. */
export interface ColourShares {
  /** Points that have this name and no other. */
  readonly sure: readonly number[];
  /** Points that have this name, or might. */
  readonly possible: readonly number[];
}

/** What is so in a drawn picture: the ground of every label. */
export interface Truth {
  readonly plan: PicturePlan;
  readonly colours: ColourShares;
  /** What of the picture is of a colour and inside the region. */
  readonly coloursInside: Readonly<Record<RegionName, ColourShares>>;
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
  readonly naming: Naming;
  readonly luma: number;
  readonly saturation: number;
}

/** Every third point each way is enough for shares. */
function samples({ pixels, noiseless: data }: Rendering, nameOf: (rgb: Rgb) => Naming): Point[] {
  const { width, height } = pixels;
  const points: Point[] = [];
  for (let y = 1; y < height; y += 3) {
    for (let x = 1; x < width; x += 3) {
      const at = y * width + x;
      const [red = 0, green = 0, blue = 0] = [
        data[at * 3]! / 255,
        data[at * 3 + 1]! / 255,
        data[at * 3 + 2]! / 255,
      ];
      points.push({
        u: (x + 0.5) / width,
        v: (y + 0.5) / height,
        naming: nameOf([red, green, blue]),
        luma: 0.299 * red + 0.587 * green + 0.114 * blue,
        saturation: Math.max(red, green, blue) - Math.min(red, green, blue),
      });
    }
  }
  return points;
}

export function truthOf(plan: PicturePlan, rendering: Rendering, nameOf: (rgb: Rgb) => Naming): Truth {
  const points = samples(rendering, nameOf);
  const whole = tally(points);
  const inside = byRegion((name) => tally(points.filter(({ u, v }) => regions[name](u, v))));
  const blocks = Array.from({ length: 16 }, () => emptyTally());
  for (const point of points) count(blocks[Math.floor(point.v * 4) * 4 + Math.floor(point.u * 4)]!, point);
  const levels = blocks.map(({ luma, points: size }) => luma / size);
  return {
    plan,
    colours: sharesOf(whole, whole.points),
    coloursInside: byRegion((name) => sharesOf(inside[name], whole.points)),
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
  readonly sure: number[];
  readonly possible: number[];
}

function emptyTally(): Tally {
  return {
    points: 0,
    luma: 0,
    saturation: 0,
    sure: colourNames.map(() => 0),
    possible: colourNames.map(() => 0),
  };
}

function count(tally: Tally, point: Point): void {
  tally.points += 1;
  tally.luma += point.luma;
  tally.saturation += point.saturation;
  const { first, second } = point.naming;
  tally.possible[first]! += 1;
  if (second === undefined) tally.sure[first]! += 1;
  else tally.possible[second]! += 1;
}

function sharesOf({ sure, possible }: Tally, total: number): ColourShares {
  return { sure: sure.map((points) => points / total), possible: possible.map((points) => points / total) };
}

function tally(points: readonly Point[]): Tally {
  const result = emptyTally();
  for (const point of points) count(result, point);
  return result;
}

function byRegion<T>(measure: (name: RegionName) => T): Record<RegionName, T> {
  return Object.fromEntries(regionNames.map((name) => [name, measure(name)])) as Record<RegionName, T>;
}
