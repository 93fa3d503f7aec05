import { statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Attachment } from "../media/attachment.ts";
import { formatTimeCode } from "../media/time-code.ts";
import { parseClipReference } from "../retrieval/clip-reference.ts";

const pictureEnding = /\.(?:jpe?g|png|webp|gif|tiff?|heic|avif|bmp)$/i;
const videoEnding = /\.(?:mp4|mov|mkv|webm|avi|m4v|mpe?g)$/i;
/** Of a whole video that is dropped, this much from its start is the clip. */
const defaultClipMs = 10_000;

/**
 * The pictures and clips that a dropped text names: one or several paths, quoted, with `\ ` for spaces, or as
 * file:// addresses; a clip may end in `#t=12,18`. Undefined where anything in it is no such file.
 */
export function droppedFiles(text: string): readonly Attachment[] | undefined {
  const paths = wordsOf(text.trim());
  if (paths.length === 0 || paths.length > 10) return undefined;
  const found = paths.flatMap((one) => attachmentOf(one) ?? []);
  return found.length === paths.length ? found : undefined;
}

function attachmentOf(given: string): Attachment | undefined {
  const file = given.startsWith("file://")
    ? fromAddress(given)
    : given.replace(/^~(?=\/)/, process.env.HOME ?? "~");
  if (file === undefined || !path.isAbsolute(file)) return undefined;
  if (pictureEnding.test(file)) return isFile(file) ? { kind: "image", path: file } : undefined;
  const [, base = file, range] = /^(.*?)(#t=[\d:.,]+)?$/su.exec(file) ?? [];
  if (!videoEnding.test(base) || !isFile(base)) return undefined;
  try {
    const { startMs, endMs = startMs + defaultClipMs } = parseClipReference(`${base}${range ?? ""}`);
    return { kind: "clip", path: base, startMs, endMs };
  } catch {
    return undefined;
  }
}

function wordsOf(text: string): readonly string[] {
  const words = text.match(/"[^"]*"|'[^']*'|(?:\\.|[^\s\\])+/gu) ?? [];
  return words.map((word) =>
    /^["']/.test(word) ? word.slice(1, -1) : word.startsWith("file:") ? word : word.replace(/\\(.)/gu, "$1"),
  );
}

function fromAddress(address: string): string | undefined {
  try {
    const url = new URL(address);
    const fragment = url.hash;
    url.hash = "";
    return fileURLToPath(url) + fragment;
  } catch {
    return undefined;
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** `[Image #1]`, `[Clip #2 0:12.0–0:18.0]`: what stands in the text for the attachment of that number. */
export function attachmentMark(attachment: Attachment, number: number): string {
  if (attachment.kind === "image") return `[Image #${number}]`;
  return `[Clip #${number} ${formatTimeCode(attachment.startMs)}–${formatTimeCode(attachment.endMs)}]`;
}

/** A text without the marks of what is attached: what the person wrote. */
export function withoutMarks(text: string): string {
  return text.replace(/\[(?:Image|Clip) #\d[^\]]*\]/g, "");
}
