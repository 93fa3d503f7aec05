import { readFile } from "node:fs/promises";

/** Larger pictures cost a model thousands of tokens; an edge this long still shows small print of a page. */
const longestEdge = 1536;

/**
 * A picture file as the data URL that servers take. Upright JPEG and PNG files of moderate size go as they are, all
 * else is turned upright, made smaller and written as JPEG. Undefined when the file is gone or no picture: a
 * conversation outlives its scratch files.
 */
export async function pictureUrl(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return undefined;
  const { default: sharp } = await import("sharp");
  try {
    const { format, width, height, orientation = 1 } = await sharp(bytes).metadata();
    const fits = Math.max(width, height) <= longestEdge && orientation === 1;
    if (fits && (format === "jpeg" || format === "png")) return dataUrl(`image/${format}`, bytes);
    const fit = { width: longestEdge, height: longestEdge, fit: "inside", withoutEnlargement: true } as const;
    const upright = sharp(bytes).rotate().resize(fit).flatten({ background: "#ffffff" });
    return dataUrl("image/jpeg", await upright.jpeg({ quality: 90 }).toBuffer());
  } catch {
    return undefined;
  }
}

function dataUrl(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString("base64")}`;
}
