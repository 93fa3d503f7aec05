import type { Rgb } from "../palette.ts";
import type { Random } from "../random.ts";
import type { Layer } from "./picture-plan.ts";
import { scaled, shadeOf } from "./shades.ts";

/** Signed size of a form at a point: over 0 inside, under 0 outside, in units of the picture's side. */
type Form = (u: number, v: number) => number;

const square = (x: number) => x * x;

const box =
  (u0: number, v0: number, halfWidth: number, halfHeight: number): Form =>
  (u, v) =>
    Math.min(halfWidth - Math.abs(u - u0), halfHeight - Math.abs(v - v0));

const oval =
  (u0: number, v0: number, halfWidth: number, halfHeight: number): Form =>
  (u, v) =>
    (1 - Math.sqrt(square((u - u0) / halfWidth) + square((v - v0) / halfHeight))) *
    Math.min(halfWidth, halfHeight);

const triangle =
  (u0: number, v0: number, halfWidth: number, halfHeight: number): Form =>
  (u, v) => {
    const down = (v - v0 + halfHeight) / (2 * halfHeight);
    return Math.min(halfWidth * down - Math.abs(u - u0), v0 + halfHeight - v);
  };

const union =
  (...forms: readonly Form[]): Form =>
  (u, v) =>
    forms.reduce((most, form) => Math.max(most, form(u, v)), -1);

const vehicle = (u0: number, v0: number, w: number, h: number): Form =>
  union(box(u0, v0 + h * 0.25, w, h * 0.5), box(u0, v0 - h * 0.4, w * 0.6, h * 0.6));

const person = (u0: number, v0: number, w: number, h: number): Form =>
  union(oval(u0, v0 - h * 0.75, h * 0.2, h * 0.25), box(u0, v0 + h * 0.2, w * 0.5, h * 0.75));

const forms = [box, oval, triangle, vehicle, person] as const;

export interface Placement {
  readonly u: number;
  readonly v: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
}

/** An object of a random form, its edge about a pixel soft; many are shaded, and some have windows. */
export function shapeLayer(random: Random, shade: Rgb, place: Placement): Layer {
  const kind = random.pick(forms);
  const form = kind(place.u, place.v, place.halfWidth, place.halfHeight);
  const pane = box(
    place.u,
    place.v - place.halfHeight * 0.4,
    place.halfWidth * 0.42,
    place.halfHeight * 0.35,
  );
  const glass = shadeOf(random, random.pick(["black", "grey", "grey", "white"] as const));
  const hasWindows = kind === vehicle && random.chance(0.5);
  const fall = random.chance(0.6) ? random.between(-0.3, 0.3) : 0;
  return {
    coverage: (u, v) => Math.min(1, Math.max(0, form(u, v) * 128 + 0.5)),
    shadeAt: (u, v) =>
      hasWindows && pane(u, v) > 0 ? glass : scaled(shade, 1 + (fall * (v - place.v)) / place.halfHeight),
  };
}

export function randomPlacement(random: Random, smallest: number, largest: number): Placement {
  const size = random.between(smallest, largest);
  const stretch = random.between(0.6, 1.6);
  const halfWidth = Math.min(0.45, size * stretch);
  const halfHeight = Math.min(0.45, size / stretch);
  return {
    u: random.between(halfWidth, 1 - halfWidth),
    v: random.between(halfHeight, 1 - halfHeight),
    halfWidth,
    halfHeight,
  };
}
