import path from "node:path";
import type { MediaKind } from "../media/media-item.ts";

const extensions: Readonly<Record<MediaKind, string>> = {
  image: "jpg jpeg jpe jfif png webp avif gif tif tiff heic heif bmp",
  video: "mp4 m4v mov mkv webm avi mpg mpeg mts m2ts ts wmv flv 3gp 3g2 ogv vob mxf asf",
  audio: "mp3 m4a aac wav flac ogg oga opus wma aif aiff",
  document: "pdf txt md markdown",
};

const kindOfExtension: ReadonlyMap<string, MediaKind> = new Map(
  (Object.keys(extensions) as MediaKind[]).flatMap((kind) =>
    extensions[kind].split(" ").map((extension) => [`.${extension}`, kind] as const),
  ),
);

/** Extensions that say nothing: such a file is opened to see what it is. */
const meaningless = new Set(["", ".bin", ".dat", ".data", ".file", ".media", ".rec", ".bak"]);

export function kindOfName(file: string): MediaKind | undefined {
  return kindOfExtension.get(path.extname(file).toLowerCase());
}

export function nameSaysNothing(file: string): boolean {
  return meaningless.has(path.extname(file).toLowerCase());
}

export function isSubtitleName(file: string): boolean {
  return /\.(?:srt|vtt)$/i.test(file);
}

/** How many of a file's first bytes `kindOfBytes` wants to see. */
export const headBytes = 4_100;

type Sign = readonly [offset: number, bytes: string, kind: MediaKind];

/** Latin-1 bytes that stand at an offset in every file of a format. */
const signs: readonly Sign[] = [
  [0, "\xff\xd8\xff", "image"],
  [0, "\x89PNG\r\n\x1a\n", "image"],
  [0, "GIF8", "image"],
  [0, "II*\0", "image"],
  [0, "MM\0*", "image"],
  [8, "WEBP", "image"],
  [0, "%PDF-", "document"],
  [0, "\x1a\x45\xdf\xa3", "video"],
  [0, "FLV\x01", "video"],
  [0, "\0\0\x01\xba", "video"],
  [8, "AVI ", "video"],
  [0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"],
  [8, "WAVE", "audio"],
  [0, "fLaC", "audio"],
  [0, "ID3", "audio"],
  [0, "FORM", "audio"],
];

/** The kind that a file's first bytes prove; undefined when they prove none (plain text never does). */
export function kindOfBytes(head: Uint8Array): MediaKind | undefined {
  const text = Buffer.from(head).toString("latin1");
  if (text.startsWith("ftyp", 4)) return kindOfBrand(text.slice(8, 12));
  if (text.startsWith("OggS")) return text.includes("theora") ? "video" : "audio";
  const isTransportStream = text.length > 376 && [0, 188, 376].every((offset) => text[offset] === "G");
  if (isTransportStream) return "video";
  return signs.find(([offset, bytes]) => text.startsWith(bytes, offset))?.[2];
}

function kindOfBrand(brand: string): MediaKind {
  if (/^(?:avif|avis|heic|heix|heim|heis|hevc|mif1|msf1)$/.test(brand)) return "image";
  return /^M4[AB] $/.test(brand) ? "audio" : "video";
}

/** No control characters but tabs and line ends, and valid UTF-8 up to a letter that the end may cut. */
export function looksLikeText(head: Uint8Array): boolean {
  if (head.length === 0 || head.some((byte) => byte < 32 && ![9, 10, 12, 13].includes(byte))) return false;
  return !new TextDecoder().decode(head, { stream: true }).includes("\ufffd");
}

/**
 * The kind of one file. Content wins over the name, except between video and audio, where containers are shared:
 * there the name, if it says either, is believed.
 */
export function decideKind(file: string, head: Uint8Array): MediaKind | undefined {
  const named = kindOfName(file);
  const proven = kindOfBytes(head);
  const sharesContainer = (kind: MediaKind | undefined) => kind === "video" || kind === "audio";
  if (sharesContainer(named) && sharesContainer(proven)) return named;
  return proven ?? named;
}
