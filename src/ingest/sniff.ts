import { extname } from "node:path";
import type { MediaKind } from "../media/media-item.ts";

/** How many bytes of a file's start `kindOfFile` makes use of; fewer are fine. */
export const sniffBytes = 4096;

const extensionsByKind: Readonly<Record<MediaKind, string>> = {
  video: "mp4 m4v mov qt mkv webm avi wmv asf flv f4v mpg mpeg m2v vob ts mts m2ts 3gp 3g2 ogv mxf dv",
  audio: "mp3 m4a m4b aac flac wav ogg oga opus wma aif aiff amr mka ac3 caf",
  image: "jpg jpeg jpe jfif png apng webp avif gif tif tiff heic heif hif bmp jxl jp2",
  document: "pdf txt text md markdown rst org adoc",
};

/** Lower-case extension without its dot → kind. SVG is not media: it is a program that draws. */
export const supportedExtensions: ReadonlyMap<string, MediaKind> = new Map(
  (["video", "audio", "image", "document"] as const).flatMap((kind) =>
    extensionsByKind[kind].split(" ").map((extension) => [extension, kind] as const),
  ),
);

/** Extensions that other kinds of file use far more often: TypeScript, above all. Content must confirm them. */
const ambiguousExtensions = new Set(["ts", "mts", "org", "dv", "qt"]);

const heifBrands = new Set("heic heix heim heis hevc hevx mif1 msf1 heif avif avis crx".split(" "));
const audioBrands = new Set(["M4A", "M4B", "M4P", "F4A", "F4B"]);
const quickTimeAtoms = new Set(["moov", "mdat", "wide", "free", "skip", "pnot"]);

/** The kind of a file by the magic bytes of its first bytes, then by its extension; undefined: not media. */
export function kindOfFile(path: string, head: Uint8Array): MediaKind | undefined {
  const extension = extname(path).slice(1).toLowerCase();
  const named = supportedExtensions.get(extension);
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const container = containerKind(bytes);
  if (container) return container === "video" && named === "audio" ? "audio" : container;
  if (isImage(bytes)) return "image";
  if (isPlainAudio(bytes)) return "audio";
  if (bytes.subarray(0, 1024).includes("%PDF-") && !isText(named, extension)) return "document";
  if (isTransportStream(bytes)) return "video";
  if (named && ambiguousExtensions.has(extension)) {
    return named === "document" && !bytes.includes(0) ? named : undefined;
  }
  return named;
}

function isText(named: MediaKind | undefined, extension: string): boolean {
  return named === "document" && extension !== "pdf";
}

/** Formats that hold moving pictures, sound or both: a name that says "audio" decides between the two. */
function containerKind(bytes: Buffer): MediaKind | undefined {
  const box = ascii(bytes, 4, 8);
  if (box === "ftyp") return brandKind(ascii(bytes, 8, 12).trim());
  if (quickTimeAtoms.has(box) && bytes.length >= 8) return "video";
  if (startsWith(bytes, 0x1a, 0x45, 0xdf, 0xa3)) return "video";
  if (ascii(bytes, 0, 4) === "OggS")
    return /theora|OVP80|BBCD/u.test(ascii(bytes, 0, 512)) ? "video" : "audio";
  if (startsWith(bytes, 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11)) return "video";
  if (ascii(bytes, 0, 4) === "RIFF") return riffKind(ascii(bytes, 8, 12));
  if (startsWith(bytes, 0x46, 0x4c, 0x56, 0x01)) return "video";
  if (startsWith(bytes, 0, 0, 1) && (bytes[3] === 0xba || bytes[3] === 0xb3)) return "video";
  return startsWith(bytes, 0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01) ? "video" : undefined;
}

function brandKind(brand: string): MediaKind {
  if (heifBrands.has(brand)) return "image";
  return audioBrands.has(brand) ? "audio" : "video";
}

function riffKind(form: string): MediaKind | undefined {
  if (form === "WEBP") return "image";
  if (form === "WAVE") return "audio";
  return form === "AVI " ? "video" : undefined;
}

function isImage(bytes: Buffer): boolean {
  return (
    startsWith(bytes, 0xff, 0xd8, 0xff) ||
    startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ||
    /^GIF8[79]a/u.test(ascii(bytes, 0, 6)) ||
    /^(?:II[*+]\0|MM\0[*+])/u.test(ascii(bytes, 0, 4)) ||
    startsWith(bytes, 0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20) ||
    startsWith(bytes, 0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20)
  );
}

function isPlainAudio(bytes: Buffer): boolean {
  const start = ascii(bytes, 0, 4);
  if (start === "fLaC" || start === "caff" || start.startsWith("ID3") || start === "#!AM") return true;
  if (start === "FORM") return /^AIF[FC]/u.test(ascii(bytes, 8, 12));
  return isAdts(bytes) || isMpegAudioFrame(bytes);
}

function isAdts(bytes: Buffer): boolean {
  return startsWith(bytes, 0xff) && (bytes[1] === 0xf1 || bytes[1] === 0xf9) && bytes.length > 4;
}

/** An MPEG layer II or III frame header; layer I is left out, for it looks like the byte-order mark of UTF-16. */
function isMpegAudioFrame(bytes: Buffer): boolean {
  const [sync = 0, version = 0, rate = 0xff] = bytes;
  const layer = (version >> 1) & 3;
  const knownRate = rate >> 4 !== 15 && rate >> 4 !== 0 && ((rate >> 2) & 3) !== 3;
  return sync === 0xff && (version & 0xe0) === 0xe0 && (layer === 1 || layer === 2) && knownRate;
}

/** Sync bytes 188 apart, or 192 apart from byte 4 on (the camcorder's `.m2ts`), in five packets. */
function isTransportStream(bytes: Buffer): boolean {
  const inStep = (first: number, step: number) =>
    [0, 1, 2, 3, 4].every((packet) => bytes[first + packet * step] === 0x47);
  return inStep(0, 188) || inStep(4, 192);
}

function startsWith(bytes: Buffer, ...magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function ascii(bytes: Buffer, from: number, to: number): string {
  return bytes.toString("latin1", from, Math.min(to, bytes.length));
}
