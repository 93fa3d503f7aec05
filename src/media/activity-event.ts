import type { ColourName } from "./colour-name.ts";

export const activityKinds = ["enters", "leaves", "appears", "disappears", "moves", "camera-moves"] as const;
export type ActivityKind = (typeof activityKinds)[number];
export type PictureSide = "left" | "right" | "top" | "bottom";
export type RegionSize = "small" | "medium" | "large";

/** A region in fractions of the picture (0..1), origin top left. */
export interface RegionBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Something that happened before a camera that stands still, found without a model.
 * Times are milliseconds from the video's start.
 *
 * - `enters` / `leaves`: the object crosses an edge of the picture; `side` says which.
 *   Span: the crossing itself, from first (last fully) visible to fully visible (gone).
 * - `appears` / `disappears`: an object is put down in, or taken out of, the picture without crossing an edge alone.
 * - `moves`: the whole visit of one moving object; `side` is where it came from, `towards` where it left.
 * - `camera-moves`: the picture itself moves; no other event is reported in that span.
 */
export interface ActivityEvent {
  readonly kind: ActivityKind;
  readonly startMs: number;
  readonly endMs: number;
  /** Number of the object within its file: all events of one object share it. `camera-moves` has -1. */
  readonly track: number;
  /** The object's whole stay in the picture, for every event of its track. */
  readonly presence: { readonly startMs: number; readonly endMs: number };
  readonly side?: PictureSide;
  readonly towards?: PictureSide;
  readonly size: RegionSize;
  /** Largest extent, as a fraction of the picture's area. */
  readonly area: number;
  /** Dominant colour of the object, background left out. */
  readonly colour: ColourName;
  readonly box?: RegionBox;
}
