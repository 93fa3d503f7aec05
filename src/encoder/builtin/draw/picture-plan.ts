import type { Rgb } from "../palette.ts";

/** Places are 0…1 from the left and from the top, whatever the picture's size. */
export interface Layer {
  /** How much of the point is covered: 0…1, soft at edges. */
  coverage(u: number, v: number): number;
  shadeAt(u: number, v: number): Rgb;
}

export type TextureName =
  | "smooth"
  | "gradient"
  | "horizontal stripes"
  | "vertical stripes"
  | "diagonal stripes"
  | "checked"
  | "dotted"
  | "rough"
  | "noisy"
  | "lines of text";

export type SceneName = "sky" | "grass" | "sea" | "snow" | "sunset" | "forest" | "sand";

export interface Lighting {
  /** Factor on all values; 1 is plain daylight. */
  readonly exposure: number;
  /** A lamp: its place, reach and strength. */
  readonly glow?: {
    readonly u: number;
    readonly v: number;
    readonly reach: number;
    readonly strength: number;
  };
  /** Share of white haze over everything. */
  readonly haze: number;
  /** Largest error of the sensor, of values 0…1. */
  readonly noise: number;
  readonly saturation: number;
}

/** All that is needed to draw one picture at any size. */
export interface PicturePlan {
  readonly background: Layer;
  readonly objects: readonly Layer[];
  readonly texture: TextureName | "mixed";
  readonly scenes: readonly SceneName[];
  /** Centre of the one object on a calm ground, where the picture is of that kind. */
  readonly subject?: { readonly u: number; readonly v: number };
  readonly lighting: Lighting;
  readonly noiseSeed: number;
}
