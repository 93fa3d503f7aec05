import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kindOfFile } from "../ingest/sniff.ts";
import type { MediaKind } from "../media/media-item.ts";
import { invalid } from "./failure-response.ts";

export const uploadLimits = {
  imageBytes: 32 * 1024 * 1024,
  clipBytes: 256 * 1024 * 1024,
  imagePixels: 64_000_000,
  /** Of a clip this much is compared, from its start. */
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
    throw invalid(`The ${wanted} is larger than ${most >> 20} MiB.`, "Send a smaller or shorter one.");
  const found = kindOfFile("", bytes.subarray(0, 4096));
  if (found !== wanted)
    throw invalid(`What was sent is no ${wanted}.`, "Send JPEG, PNG, WebP, AVIF, GIF, or a video file.");
  if (wanted === "image") await refuseHugePicture(bytes);
  const path = join(folder, wanted === "image" ? "picture" : "clip");
  await writeFile(path, bytes, { flag: "wx" });
  return path;
}

/** A few kilobytes can unpack to gigabytes: the header says so before anything is unpacked. */
async function refuseHugePicture(bytes: Uint8Array): Promise<void> {
  const { default: sharp } = await import("sharp");
  const { width = 0, height = 0 } = await sharp(bytes)
    .metadata()
    .catch(() => {
      throw invalid("The picture is damaged.", "Send it again, or save it anew.");
    });
  if (width * height > uploadLimits.imagePixels)
    throw invalid(`The picture has ${width} × ${height} pixels.`, "Send one with at most 64 million.");
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
