import { readFile } from "node:fs/promises";

/** What clients take of pictures in one result, without being asked for more. */
export const mostPictures = 4;
export const mostPictureBytes = 700_000;
const longestSide = 1024;
const attempts = [
  { side: 1024, quality: 82 },
  { side: 1024, quality: 65 },
  { side: 768, quality: 65 },
  { side: 512, quality: 55 },
  { side: 320, quality: 40 },
];

export interface ResultPicture {
  readonly data: string;
  readonly mimeType: "image/jpeg";
}

/**
 * JPEG files as base64, together within what a client takes. `askedSide`: the caller wants this many pixels; heeded
 * for a single picture.
 */
export async function resultPictures(
  files: readonly string[],
  askedSide: number | undefined,
  signal: AbortSignal,
): Promise<readonly ResultPicture[]> {
  const shown = files.slice(0, mostPictures);
  const side = shown.length === 1 ? Math.max(longestSide, askedSide ?? 0) : longestSide;
  const bytesEach = Math.floor((mostPictureBytes / Math.max(1, shown.length)) * 0.75) - 3;
  const pictures: ResultPicture[] = [];
  for (const file of shown) {
    signal.throwIfAborted();
    const jpeg = await withinBytes(file, side, bytesEach);
    pictures.push({ data: jpeg.toString("base64"), mimeType: "image/jpeg" });
  }
  return pictures;
}

async function withinBytes(file: string, side: number, bytes: number): Promise<Buffer> {
  const original = await readFile(file);
  const { default: sharp } = await import("sharp");
  const { width = 0, height = 0, format } = await sharp(original).metadata();
  if (format === "jpeg" && original.length <= bytes && Math.max(width, height) <= side) return original;
  let made = original;
  for (const attempt of [{ side, quality: 82 }, ...attempts]) {
    made = await sharp(original)
      .resize(attempt.side, attempt.side, { fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: attempt.quality })
      .toBuffer();
    if (made.length <= bytes) break;
  }
  return made;
}
