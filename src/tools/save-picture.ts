import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Pixels } from "../media/pixels.ts";

/** Writes a JPEG of quality 85, making its folder. Throws what the file system throws. */
export async function savePicture(pixels: Pixels, path: string): Promise<void> {
  const { default: sharp } = await import("sharp");
  const { width, height, data } = pixels;
  await mkdir(dirname(path), { recursive: true });
  await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85 })
    .toFile(path);
}
