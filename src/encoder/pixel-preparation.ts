import type { Pixels } from "../media/pixels.ts";
import type { EncoderManifest } from "./manifest.ts";
import { type Range, resample } from "./resample.ts";

/** What of the picture the model sees: all of it, or the largest centred square. */
function visiblePart(
  { width, height }: Pixels,
  resize: EncoderManifest["image"]["resize"],
): { readonly x: Range; readonly y: Range } {
  if (resize === "squash") return { x: { from: 0, size: width }, y: { from: 0, size: height } };
  const side = Math.min(width, height);
  return { x: { from: (width - side) / 2, size: side }, y: { from: (height - side) / 2, size: side } };
}

/** `pixel_values` of one picture: three planes of size × size, (value / 255 − mean) / std. */
export function preparePixels(pixels: Pixels, image: EncoderManifest["image"]): Float32Array {
  const planes = resample(pixels, visiblePart(pixels, image.resize), image.size, image.interpolation);
  const area = image.size * image.size;
  for (const channel of [0, 1, 2] as const) {
    const factor = 1 / (255 * image.std[channel]);
    const shift = image.mean[channel] / image.std[channel];
    for (let n = channel * area; n < (channel + 1) * area; n++) planes[n] = planes[n]! * factor - shift;
  }
  return planes;
}
