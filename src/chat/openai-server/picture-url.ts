import { readFile } from "node:fs/promises";

/** An edge this long still shows the small print of a page. */
const longestEdge = 1536;
/** Qwen3-VL takes a token for 32×32 pixels; the history reckons with 1,200 tokens a picture. */
const mostPixels = 1200 * 32 * 32;
/** What is smaller, some servers refuse. */
const shortestEdge = 64;

/**
 * A picture file as the data URL that servers take. Upright JPEG and PNG files of moderate size go as they are, all
 * else is turned upright, brought to size and written as JPEG. Undefined when the file is gone or no picture: a
 * conversation outlives its scratch files.
 */
export async function pictureUrl(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return undefined;
  const { default: sharp } = await import("sharp");
  try {
    const { format, width, height, orientation = 1 } = await sharp(bytes).metadata();
    const scale = scaleFor(width, height);
    if (scale === 1 && orientation === 1 && (format === "jpeg" || format === "png"))
      return dataUrl(`image/${format}`, bytes);
    const upright = sharp(bytes).rotate().flatten({ background: "#ffffff" });
    const edge = Math.max(1, Math.round(Math.max(width, height) * scale));
    const sized = upright.resize({ width: edge, height: edge, fit: "inside" });
    return dataUrl("image/jpeg", await sized.jpeg({ quality: 90 }).toBuffer());
  } catch {
    return undefined;
  }
}

/** How much smaller, or larger, a picture is sent. */
export function scaleFor(width: number, height: number): number {
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  const smaller = Math.min(1, longestEdge / long, Math.sqrt(mostPixels / (width * height)));
  if (short * smaller >= shortestEdge) return smaller;
  return Math.min(shortestEdge / short, longestEdge / long);
}

function dataUrl(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString("base64")}`;
}
