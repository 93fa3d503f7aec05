import type { Pixels } from "../media/pixels.ts";

/** The picture, or a smaller copy whose longer side is `longestSide`. Never larger. */
export async function scaledWithin(pixels: Pixels, longestSide: number): Promise<Pixels> {
  const { width, height, data } = pixels;
  if (Math.max(width, height) <= longestSide) return pixels;
  const { default: sharp } = await import("sharp");
  const scaled = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(longestSide, longestSide, { fit: "inside" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: scaled.info.width, height: scaled.info.height, data: new Uint8Array(scaled.data) };
}
