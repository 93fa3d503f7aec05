import type { Pixels } from "../media/pixels.ts";

export async function jpegOf({ width, height, data }: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import("sharp");
  const raw = { width, height, channels: 3 } as const;
  return new Uint8Array(await sharp(data, { raw }).jpeg({ quality: 82 }).toBuffer());
}
