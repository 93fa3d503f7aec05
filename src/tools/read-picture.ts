import type { PictureReader, ReadOptions } from "../ingest/picture-reader.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Pixels } from "../media/pixels.ts";
import { pageSpan, type Span, timeSpan, wholeSpan } from "../media/span.ts";
import { formatTimeCode } from "../media/time-code.ts";
import { nameOf } from "./media-reference.ts";

/** One picture out of a file, and where in it that is. */
export interface ReadPicture {
  readonly pixels: Pixels;
  readonly span: Span;
}

export interface PicturePlace {
  readonly timeMs?: number;
  readonly page?: number;
}

/** The picture of an image, of a video at a time (default its start), of a document's page (default the first). */
export async function readPicture(
  pictures: PictureReader,
  item: MediaItem,
  { timeMs = 0, page = 1 }: PicturePlace,
  signal: AbortSignal,
  options?: ReadOptions,
): Promise<ReadPicture> {
  if (item.kind === "image") return { pixels: await pictures.image(item, signal, options), span: wholeSpan };
  if (item.kind === "document") {
    refusePageOutside(item, page);
    return { pixels: await pictures.page(item, page, signal, options), span: pageSpan(page) };
  }
  refuseTimeOutside(item, timeMs);
  const [frame] = await pictures.framesAt(item, [timeMs], signal, options);
  if (frame === undefined) throw noFrame(item, timeMs);
  return { pixels: frame.pixels, span: timeSpan(frame.timeMs, frame.timeMs) };
}

/** Throws `Failure` for a time after the end. */
export function refuseTimeOutside(item: MediaItem, timeMs: number): void {
  if (item.kind === "audio") {
    throw new Failure({
      code: "unsupported",
      message: `${nameOf(item)} is an audio file: it has no pictures`,
      remedy: "Name a video, an image or a document.",
    });
  }
  if (item.durationMs === undefined || timeMs <= item.durationMs) return;
  throw new Failure({
    code: "invalid-input",
    message: `${nameOf(item)} is ${formatTimeCode(item.durationMs)} long; ${formatTimeCode(timeMs)} lies after its end`,
    remedy: `Give times from 0 to ${item.durationMs} ms.`,
  });
}

/** Throws `Failure` for a page that a document does not have. */
export function refusePageOutside(item: MediaItem, page: number): void {
  if (item.pages === undefined || page <= item.pages) return;
  throw new Failure({
    code: "invalid-input",
    message: `${nameOf(item)} has ${item.pages === 1 ? "1 page" : `${item.pages} pages`}; there is no page ${page}`,
    remedy: `Give a page from 1 to ${item.pages}.`,
  });
}

function noFrame(item: MediaItem, timeMs: number): Failure {
  return new Failure({
    code: "not-found",
    message: `${nameOf(item)} shows no frame at ${formatTimeCode(timeMs)}`,
    remedy: "Try a time that is a little earlier.",
  });
}
