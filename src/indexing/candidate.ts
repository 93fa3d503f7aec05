import { extname } from "node:path";
import { supportedExtensions } from "../ingest/sniff.ts";

/** Extensions that say nothing: such a file is opened to see what it is. */
const meaningless = new Set(["", "bin", "dat", "data", "file", "media", "rec", "bak"]);

/** Whether a file that the walk comes by is worth opening: its name says media, or nothing. */
export function mayBeMedia(file: string): boolean {
  const extension = extname(file).slice(1).toLowerCase();
  return supportedExtensions.has(extension) || meaningless.has(extension);
}

export function isSubtitleName(file: string): boolean {
  return /\.(?:srt|vtt)$/i.test(file);
}

/** No control characters but tabs and line ends, and valid UTF-8 up to a letter that the end may cut. */
export function looksLikeText(head: Uint8Array): boolean {
  if (head.length === 0 || head.some((byte) => byte < 32 && ![9, 10, 12, 13].includes(byte))) return false;
  return !new TextDecoder().decode(head, { stream: true }).includes("\ufffd");
}
