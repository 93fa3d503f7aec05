import type { PictureReader } from "../../src/ingest/picture-reader.ts";
import type { MediaItem } from "../../src/media/media-item.ts";
import type { Frame, Pixels } from "../../src/media/pixels.ts";

export interface PaintedPictures extends PictureReader {
  /** Times of all frames that were decoded so far, in order. */
  readonly decoded: readonly number[];
}

/**
 * Reads pictures that a function paints: a video has a frame every 1/framesPerSecond s, each with its exact time.
 * Images are painted at time 0, pages at 1000 ms a page.
 */
export function openPaintedPictures(
  paint: (item: MediaItem, timeMs: number) => Pixels,
  framesPerSecond = 25,
): PaintedPictures {
  const decoded: number[] = [];
  const frameMs = 1000 / framesPerSecond;
  const frameAt = (item: MediaItem, timeMs: number): Frame => {
    const last = Math.floor(((item.durationMs ?? timeMs) - 1) / frameMs);
    const exact = Math.round(Math.max(0, Math.min(last, Math.floor((timeMs + 0.5) / frameMs))) * frameMs);
    decoded.push(exact);
    return { timeMs: exact, pixels: paint(item, exact) };
  };
  return {
    decoded,
    async framesAt(item, timesMs, signal) {
      signal.throwIfAborted();
      return timesMs.map((timeMs) => frameAt(item, timeMs));
    },
    async *framesBetween(item, range, signal) {
      const stepMs = Math.max(frameMs, 1000 / range.framesPerSecond);
      for (let timeMs = range.startMs; timeMs <= range.endMs; timeMs += stepMs) {
        signal.throwIfAborted();
        if (item.durationMs !== undefined && timeMs >= item.durationMs) return;
        yield frameAt(item, timeMs);
      }
    },
    async image(item, signal) {
      signal.throwIfAborted();
      return paint(item, 0);
    },
    async page(item, page, signal) {
      signal.throwIfAborted();
      return paint(item, page * 1000);
    },
  };
}
