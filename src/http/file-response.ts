import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { extname } from "node:path";
import { Readable } from "node:stream";
import type { Context } from "hono";
import { fileFailure } from "../ingest/first-bytes.ts";
import type { MediaItem } from "../media/media-item.ts";

/** What a browser plays or shows in place; everything else is offered as a download. Never a type that runs scripts. */
const types: Readonly<Record<string, string>> = {
  ".mp4": "video/mp4",
  ".m4v": "video/mp4",
  ".mov": "video/quicktime",
  ".webm": "video/webm",
  ".mkv": "video/x-matroska",
  ".ogv": "video/ogg",
  ".mp3": "audio/mpeg",
  ".m4a": "audio/mp4",
  ".aac": "audio/aac",
  ".flac": "audio/flac",
  ".wav": "audio/wav",
  ".ogg": "audio/ogg",
  ".opus": "audio/ogg",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".gif": "image/gif",
  ".pdf": "application/pdf",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
};

/** A range of bytes, both ends included; undefined: the whole; "unsatisfiable": none of it exists. */
type ByteRange = { readonly start: number; readonly end: number } | undefined | "unsatisfiable";

/** The file of an item, whole or one range of it (RFC 9110 §14). Several ranges are answered with the whole. */
export async function fileResponse(context: Context, item: MediaItem): Promise<Response> {
  const { path, size, modified } = await facts(item.path);
  const tag = `"${item.id.replace(/[^\w-]/g, "").slice(0, 40)}-${size.toString(36)}-${modified.toString(36)}"`;
  context.header("accept-ranges", "bytes");
  context.header("etag", tag);
  context.header("last-modified", new Date(modified).toUTCString());
  context.header("cache-control", "private, no-cache");
  context.header("content-type", types[extname(path).toLowerCase()] ?? "application/octet-stream");
  if (types[extname(path).toLowerCase()] === undefined) context.header("content-disposition", "attachment");
  if (context.req.header("if-none-match") === tag) return context.body(null, 304);
  const range = rangeOf(context, size, tag);
  if (range === "unsatisfiable") {
    context.header("content-range", `bytes */${size}`);
    return context.body(null, 416);
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  context.header("content-length", String(size === 0 ? 0 : end - start + 1));
  if (range) context.header("content-range", `bytes ${start}-${end}/${size}`);
  const status = range ? 206 : 200;
  if (context.req.method === "HEAD" || size === 0) return context.body(null, status);
  const stream = Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream;
  return context.body(stream, status);
}

async function facts(indexed: string) {
  try {
    const path = await realpath(indexed);
    const { size, mtimeMs } = await stat(path);
    return { path, size, modified: Math.floor(mtimeMs) };
  } catch (cause) {
    throw fileFailure(indexed, cause);
  }
}

function rangeOf(context: Context, size: number, tag: string): ByteRange {
  const header = context.req.header("range");
  const condition = context.req.header("if-range");
  if (header === undefined || (condition !== undefined && condition !== tag)) return undefined;
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return undefined;
  return start >= size ? "unsatisfiable" : { start, end };
}
