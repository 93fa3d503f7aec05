import type { MediaFacts } from "../media/media-item.ts";
import type { Pixels } from "../media/pixels.ts";
import { pageSpan, type Span, timeSpan, wholeSpan } from "../media/span.ts";
import type { Cut, Extractor } from "./extractor.ts";
import { pictureFactsText } from "./image/facts-text.ts";
import { animationMoments, animationMs, frameAt, looksSame } from "./image/moments.ts";
import { openPicture, type Picture } from "./image/open-picture.ts";
import { type PictureTags, readTags } from "./image/tags.ts";
import type { OcrReading } from "./ocr-engine.ts";
import type { ReadOptions } from "./picture-reader.ts";
import { scaledWithin } from "./scaled.ts";

export interface ImageDeps {
  /** Absent: text in pictures is not read. */
  readonly readText?: (pixels: Pixels, signal: AbortSignal) => Promise<OcrReading | undefined>;
}

export interface ImageReadOptions extends ReadOptions {
  /** Of a TIFF with several pages, from 1. */
  readonly page?: number;
  /** Of an animation, from its start. */
  readonly timeMs?: number;
}

/** Longer side of the picture that is embedded, and of the one that text is read from. */
const frameSide = 384;
const readingSide = 2400;
const maxPages = 200;

/**
 * JPEG, PNG, WebP, AVIF, GIF and TIFF, upright. A still is one segment over the whole item; an animation one a second
 * of play, with its time; a TIFF one a page. HEIC is a `Failure` "unsupported" where sharp's build cannot decode it.
 */
export function openImageExtractor(deps: ImageDeps): Extractor {
  return {
    kind: "image",
    async probe(path, signal) {
      signal.throwIfAborted();
      const picture = await openPicture(path);
      return factsOf(picture, await readTags(picture.metadata));
    },
    async *extract(item, signal, report) {
      signal.throwIfAborted();
      const picture = await openPicture(item.path);
      const parts = partsOf(picture);
      let held: Held | undefined;
      for (const [done, part] of parts.entries()) {
        signal.throwIfAborted();
        const pixels = await picture.decode(part.page, readingSide);
        const small = await scaledWithin(pixels, frameSide);
        if (held && part.span.kind === "time" && looksSame(held.small, small)) {
          held = { ...held, span: joined(held.span, part.span) };
        } else {
          if (held) yield* cutsOf(held);
          held = { span: part.span, small, reading: await deps.readText?.(pixels, signal) };
        }
        report?.((done + 1) / (parts.length + 1));
      }
      if (held) yield* cutsOf(held);
      const text = pictureFactsText(item.path, await readTags(picture.metadata));
      if (text !== "") yield { span: wholeSpan, source: "metadata", text };
      report?.(1);
    },
  };
}

/** A picture file, upright, on white where it is transparent. Throws `Failure` for one that cannot be read. */
export async function readImage(
  path: string,
  options: ImageReadOptions,
  signal: AbortSignal,
): Promise<Pixels> {
  signal.throwIfAborted();
  const picture = await openPicture(path);
  const page =
    options.timeMs === undefined ? (options.page ?? 1) - 1 : frameAt(delaysOf(picture), options.timeMs);
  return picture.decode(Math.min(Math.max(0, page), picture.pages - 1), options.longestSide);
}

interface Held {
  readonly span: Span;
  readonly small: Pixels;
  readonly reading: OcrReading | undefined;
}

function* cutsOf({ span, small, reading }: Held): Iterable<Cut> {
  yield { span, source: "frame", pixels: small };
  if (reading && reading.text !== "")
    yield { span, source: "ocr", text: reading.text, confidence: Math.round(reading.confidence) };
}

function partsOf(picture: Picture): readonly { readonly page: number; readonly span: Span }[] {
  if (picture.pages === 1) return [{ page: 0, span: wholeSpan }];
  if (picture.metadata.format !== "tiff")
    return animationMoments(delaysOf(picture)).map(({ frame, span }) => ({ page: frame, span }));
  const pages = Math.min(picture.pages, maxPages);
  return Array.from({ length: pages }, (_, page) => ({ page, span: pageSpan(page + 1) }));
}

function delaysOf({ metadata, pages }: Picture): readonly number[] {
  return Array.from({ length: pages }, (_, frame) => metadata.delay?.[frame] ?? 0);
}

function joined(first: Span, second: Span): Span {
  return first.kind === "time" && second.kind === "time" ? timeSpan(first.startMs, second.endMs) : first;
}

function factsOf(picture: Picture, tags: PictureTags): MediaFacts {
  const { metadata, pages } = picture;
  const { takenLocally: _, description: __, ...facts } = tags;
  const { width, height } = metadata.autoOrient;
  const isAnimated = pages > 1 && metadata.format !== "tiff";
  return {
    width,
    height,
    codec: metadata.format === "heif" && metadata.compression === "av1" ? "avif" : metadata.format,
    ...facts,
    ...(isAnimated && { durationMs: animationMs(delaysOf(picture)) }),
    ...(pages > 1 && !isAnimated && { pages }),
  };
}
