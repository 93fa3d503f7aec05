import type { Pixels } from "../media/pixels.ts";
import type { EncoderManifest } from "./manifest.ts";
import { type Range, resample } from "./resample.ts";

type ImageRules = EncoderManifest["image"];

/** What of the picture the model sees: all of it, or a square from its centre. */
function visiblePart({ width, height }: Pixels, image: ImageRules): { readonly x: Range; readonly y: Range } {
  if (image.resize === "squash") return { x: { from: 0, size: width }, y: { from: 0, size: height } };
  const shorter = Math.min(width, height);
  return { x: cropped(width, shorter, image), y: cropped(height, shorter, image) };
}

/**
 * One side of: scale so that the shorter side has `shortestSide` pixels, then cut `size` from the middle. Whole pixels
 * on the way, rounded down as the models' own preparation does, so that both see the same picture.
 */
function cropped(side: number, shorter: number, { size, shortestSide = size }: ImageRules): Range {
  const scaled = Math.floor((shortestSide * side) / shorter);
  const pixel = side / scaled;
  return { from: Math.floor((scaled - size) / 2) * pixel, size: size * pixel };
}

/** `pixel_values` of one picture: three planes of size × size, (value / 255 − mean) / std. */
export function preparePixels(pixels: Pixels, image: ImageRules): Float32Array {
  const planes = resample(pixels, visiblePart(pixels, image), image.size, image.interpolation);
  const area = image.size * image.size;
  for (const channel of [0, 1, 2] as const) {
    const factor = 1 / (255 * image.std[channel]);
    const shift = image.mean[channel] / image.std[channel];
    for (let n = channel * area; n < (channel + 1) * area; n++) planes[n] = planes[n]! * factor - shift;
  }
  return planes;
}
