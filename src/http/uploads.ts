import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kindOfFile } from "../ingest/sniff.ts";
import type { Library } from "../library.ts";
import type { Attachment } from "../media/attachment.ts";
import type { MediaKind } from "../media/media-item.ts";
import { invalid, tooLarge } from "./failure-response.ts";

export const uploadLimits = {
  imageBytes: 32 * 1024 * 1024,
  clipBytes: 256 * 1024 * 1024,
  imagePixels: 64_000_000,
  /** A longer clip is refused: what happens in it is looked for better by a shorter one. */
  clipMs: 60_000,
} as const;

/** Writes an upload into the request's folder under a name of our own. Throws `Failure` for what is no such media. */
export async function keepUpload(
  bytes: Uint8Array,
  wanted: Extract<MediaKind, "image" | "video">,
  folder: string,
): Promise<string> {
  const most = wanted === "image" ? uploadLimits.imageBytes : uploadLimits.clipBytes;
  if (bytes.length > most)
    throw tooLarge(`The ${wanted} is larger than ${most >> 20} MiB.`, "Send a smaller or shorter one.");
  const found = kindOfFile("", bytes.subarray(0, 4096));
  if (found !== wanted)
    throw invalid(`What was sent is no ${wanted}.`, "Send JPEG, PNG, WebP, AVIF, GIF, or a video file.");
  if (wanted === "image") await refuseHugePicture(bytes);
  const path = join(folder, wanted === "image" ? "picture" : "clip");
  await writeFile(path, bytes, { flag: "wx" });
  return path;
}

/** Writes an uploaded clip beside it; it counts whole. Throws `Failure` for one that is too long. */
export async function keepClip(
  bytes: Uint8Array,
  folder: string,
  { probeVideo }: Pick<Library, "probeVideo">,
  signal: AbortSignal,
): Promise<Extract<Attachment, { kind: "clip" }>> {
  const path = await keepUpload(bytes, "video", folder);
  const { durationMs = uploadLimits.clipMs } = await probeVideo(path, signal);
  refuseLongClip(durationMs);
  return { kind: "clip", path, startMs: 0, endMs: durationMs };
}

export function refuseLongClip(durationMs: number): void {
  const most = uploadLimits.clipMs / 1000;
  if (durationMs > uploadLimits.clipMs)
    throw tooLarge(
      `The clip is ${Math.ceil(durationMs / 1000)} seconds long; at most ${most} are compared.`,
      "Send a shorter one, or index the video and name a stretch of it.",
    );
}

/** A few kilobytes can unpack to gigabytes: the header says so before anything is unpacked. */
async function refuseHugePicture(bytes: Uint8Array): Promise<void> {
  const { default: sharp } = await import("sharp");
  const { width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw invalid("The picture is damaged.", "Send it again, or save it anew.");
    });
  if (width * height > uploadLimits.imagePixels)
    throw tooLarge(`The picture has ${width} × ${height} pixels.`, "Send one with at most 64 million.");
}

/** `data:image/png;base64,…` → bytes. Throws `Failure` for anything else, addresses of other hosts above all. */
export function bytesOfDataUrl(url: string): Uint8Array {
  const [, body] = /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)$/.exec(url) ?? [];
  if (body === undefined)
    throw invalid(
      "A picture has to come inside the request.",
      "Send it as a data URL: data:image/jpeg;base64,… (nothing is fetched from elsewhere).",
    );
  return Buffer.from(body, "base64");
}
