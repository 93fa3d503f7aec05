import type { Frame, Pixels } from "../media/pixels.ts";
import type { PictureReader, ReadOptions } from "./picture-reader.ts";

/** What reads one kind of file; each throws `Failure` for what it cannot read. */
export interface PictureSources {
  readonly framesAt: (
    path: string,
    timesMs: readonly number[],
    signal: AbortSignal,
    options?: ReadOptions,
  ) => Promise<readonly Frame[]>;
  readonly framesBetween: (
    path: string,
    range: { readonly startMs: number; readonly endMs: number; readonly framesPerSecond: number },
    signal: AbortSignal,
    options?: ReadOptions,
  ) => AsyncIterable<Frame>;
  readonly image: (path: string, options: ReadOptions, signal: AbortSignal) => Promise<Pixels>;
  readonly page: (path: string, page: number, options: ReadOptions, signal: AbortSignal) => Promise<Pixels>;
}

/** One reader over files of every kind. */
export function joinPictureSources(sources: PictureSources): PictureReader {
  return {
    framesAt: (item, timesMs, signal, options) => sources.framesAt(item.path, timesMs, signal, options),
    framesBetween: (item, range, signal, options) => sources.framesBetween(item.path, range, signal, options),
    image: (item, signal, options = {}) => sources.image(item.path, options, signal),
    page: (item, page, signal, options = {}) => sources.page(item.path, page, options, signal),
  };
}
