import type { MediaItem } from "../media/media-item.ts";
import type { Frame, Pixels } from "../media/pixels.ts";

export interface ReadOptions {
  /** The picture is scaled down so that its longer side is at most this many pixels; never up. */
  readonly longestSide?: number;
}

/** Reads pictures back from media, at search and answer time. Throws `Failure` for what cannot be read. */
export interface PictureReader {
  /** Frames of a video that are on screen at the given times (ms); each with its own exact presentation time. */
  framesAt(
    item: MediaItem,
    timesMs: readonly number[],
    signal: AbortSignal,
    options?: ReadOptions,
  ): Promise<readonly Frame[]>;
  /** Frames of [startMs, endMs] in order, about `framesPerSecond` of them, with exact presentation times. */
  framesBetween(
    item: MediaItem,
    range: { readonly startMs: number; readonly endMs: number; readonly framesPerSecond: number },
    signal: AbortSignal,
    options?: ReadOptions,
  ): AsyncIterable<Frame>;
  /** An image, upright. */
  image(item: MediaItem, signal: AbortSignal, options?: ReadOptions): Promise<Pixels>;
  /** A page of a document, from 1. */
  page(item: MediaItem, page: number, signal: AbortSignal, options?: ReadOptions): Promise<Pixels>;
}
