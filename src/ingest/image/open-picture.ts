import { basename } from "node:path";
import type { Metadata, Sharp } from "sharp";
import { Failure } from "../../media/failure.ts";
import type { Pixels } from "../../media/pixels.ts";
import { firstBytes } from "../first-bytes.ts";
import { kindOfFile } from "../sniff.ts";

/** A picture of 16,384 × 16,384 pixels: more than any camera takes, and less than a decompression bomb. */
const largestPixels = 0x4000 * 0x4000;
const readable = new Set(["jpeg", "png", "webp", "gif", "tiff", "heif"]);

export interface Picture {
  readonly metadata: Metadata;
  /** Pages of a TIFF, or frames of an animation; 1 for everything else. */
  readonly pages: number;
  /** One page or frame (from 0), upright, on white where transparent, at most `longestSide` on its longer side. */
  decode(page: number, longestSide: number | undefined): Promise<Pixels>;
}

/**
 * A picture file, its header read. Throws `Failure`: "not-found" and "unreadable" for the file, "corrupt" for an
 * empty or damaged one, "unsupported" for a format or a size that is not read.
 */
export async function openPicture(path: string): Promise<Picture> {
  await refuseOtherContent(path);
  const { default: sharp } = await import("sharp");
  const source = (page: number) =>
    sharp(path, { page, limitInputPixels: largestPixels, failOn: "error", animated: false });
  const metadata = await source(0).metadata().catch(damaged(path));
  if (!readable.has(metadata.format)) throw unsupported(path, metadata.format);
  return {
    metadata,
    pages: metadata.format === "heif" ? 1 : Math.max(1, metadata.pages ?? 1),
    decode: (page, longestSide) =>
      pixelsOf(source(page), longestSide).catch(
        metadata.compression === "hevc" ? heicIsNotRead(path) : damaged(path),
      ),
  };
}

async function pixelsOf(picture: Sharp, longestSide: number | undefined): Promise<Pixels> {
  let upright = picture.autoOrient();
  if (longestSide)
    upright = upright.resize(longestSide, longestSide, { fit: "inside", withoutEnlargement: true });
  const { data, info } = await upright
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { width, height, data: channels === 3 ? new Uint8Array(data) : repeated(data, channels) };
}

function repeated(data: Uint8Array, channels: number): Uint8Array {
  const pixels = new Uint8Array((data.length / channels) * 3);
  for (let at = 0, from = 0; at < pixels.length; at += 3, from += channels)
    pixels.fill(data[from] ?? 0, at, at + 3);
  return pixels;
}

/** The library behind sharp opens far more than pictures (SVG and PDF among them): only known magic bytes go there. */
async function refuseOtherContent(path: string): Promise<void> {
  const head = await firstBytes(path);
  if (head.length === 0) throw new Failure({ ...corrupt(path), message: `${path} is empty (0 bytes).` });
  if (kindOfFile("", head) === "image") return;
  if (/^\s*(?:<\?xml|<!DOCTYPE svg|<svg)/iu.test(head.toString("utf8"))) throw unsupported(path, "svg");
  if (head.toString("latin1", 0, 2) === "BM") throw unsupported(path, "bmp");
  throw new Failure({
    ...corrupt(path),
    message: `${path} does not hold a picture, whatever its name says.`,
  });
}

function corrupt(path: string) {
  return {
    code: "corrupt",
    message: `${path} is damaged.`,
    remedy: "Copy it again from where it came from, or open it in a picture program and save it anew.",
  } as const;
}

function damaged(path: string) {
  return (cause: unknown): never => {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    if (/pixel limit/iu.test(reason))
      throw new Failure(
        {
          code: "unsupported",
          message: `${path} has more than ${Math.round(largestPixels / 1e6)} million pixels and is not opened.`,
          remedy: "Save a smaller copy of it and index that.",
        },
        { cause },
      );
    throw new Failure({ ...corrupt(path), message: `${path} is damaged: ${reason}.` }, { cause });
  };
}

function heicIsNotRead(path: string) {
  return (cause: unknown): never => {
    throw unsupported(path, "heic", cause);
  };
}

function unsupported(path: string, format: string, cause?: unknown): Failure {
  const jpeg = `${basename(path).replace(/\.[^.]*$/u, "")}.jpg`;
  const converter =
    format === "heic" ? `heif-convert "${basename(path)}" "${jpeg}"` : `magick "${basename(path)}" "${jpeg}"`;
  return new Failure(
    {
      code: "unsupported",
      message: `${path} is a picture in the format ${format.toUpperCase()}, which cannot be read here.`,
      remedy: `Convert it to JPEG, for example with \`${converter}\`, and index that.`,
    },
    { cause },
  );
}
