import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Pixels } from "../../media/pixels.ts";

/** Writes a picture as a JPEG file, and its folder where there is none yet. */
export async function writeJpeg(pixels: Pixels, file: string): Promise<void> {
  const { default: sharp } = await import("sharp");
  await mkdir(path.dirname(file), { recursive: true });
  const { width, height, data } = pixels;
  await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toFile(file);
}
