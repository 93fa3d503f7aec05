export type Colour = readonly [red: number, green: number, blue: number];

/**
 * An RGB picture that is drawn in the coordinates of a 640×360 stage whatever its real size: `scale` is pixels
 * per stage unit. `data` clamps, interleaved RGB.
 */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly data: Uint8ClampedArray;
}

/** Left, top, right and bottom in stage units. */
export type Extent = readonly [left: number, top: number, right: number, bottom: number];
/** Signed distance in stage units to a shape's edge: negative inside. */
export type Distance = (x: number, y: number) => number;
export type Paint = Colour | ((x: number, y: number) => Colour);

export const stage = { width: 640, height: 360 } as const;

/** `stageWidth` widens the stage for backdrops that a camera pans over. */
export function createCanvas(pixelWidth: number, stageWidth: number = stage.width): Canvas {
  const scale = pixelWidth / stage.width;
  const width = Math.round(stageWidth * scale);
  const height = Math.round(stage.height * scale);
  return { width, height, scale, data: new Uint8ClampedArray(width * height * 3) };
}

export const mix = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

export const shade = (colour: Colour, factor: number): Colour => [
  colour[0] * factor,
  colour[1] * factor,
  colour[2] * factor,
];

/** Calls `visit` with the share (0..1) of each pixel near the shape that it covers. */
function cover(
  canvas: Canvas,
  extent: Extent,
  distance: Distance,
  softness: number,
  visit: (index: number, share: number, x: number, y: number) => void,
): void {
  const { width, height, scale } = canvas;
  const left = Math.max(0, Math.floor((extent[0] - softness) * scale) - 1);
  const right = Math.min(width - 1, Math.ceil((extent[2] + softness) * scale) + 1);
  const top = Math.max(0, Math.floor((extent[1] - softness) * scale) - 1);
  const bottom = Math.min(height - 1, Math.ceil((extent[3] + softness) * scale) + 1);
  const spread = Math.max(softness, 1 / scale);
  for (let row = top; row <= bottom; row++) {
    const y = (row + 0.5) / scale;
    for (let column = left; column <= right; column++) {
      const x = (column + 0.5) / scale;
      const share = 0.5 - distance(x, y) / spread;
      if (share > 0) visit((row * width + column) * 3, Math.min(1, share), x, y);
    }
  }
}

/** Paints a shape with an antialiased edge; `opacity` 0..1. */
export function fill(canvas: Canvas, extent: Extent, distance: Distance, paint: Paint, opacity = 1): void {
  const { data } = canvas;
  const flat = typeof paint === "function" ? undefined : paint;
  cover(canvas, extent, distance, 0, (index, share, x, y) => {
    const colour = flat ?? (paint as (x: number, y: number) => Colour)(x, y);
    const part = share * opacity;
    for (let channel = 0; channel < 3; channel++) {
      const old = data[index + channel]!;
      data[index + channel] = old + (colour[channel]! - old) * part;
    }
  });
}

/** Multiplies what is under a soft-edged shape: below 1 a shadow, above 1 a pool of light. */
export function tint(
  canvas: Canvas,
  extent: Extent,
  distance: Distance,
  factor: Colour,
  softness: number,
): void {
  const { data } = canvas;
  cover(canvas, extent, distance, softness, (index, share) => {
    for (let channel = 0; channel < 3; channel++)
      data[index + channel] = data[index + channel]! * (1 + (factor[channel]! - 1) * share);
  });
}

export function copyInto(canvas: Canvas, source: Canvas): void {
  canvas.data.set(source.data);
}
