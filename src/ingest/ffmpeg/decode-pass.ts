import type { Frame } from "../../media/pixels.ts";
import type { ConfiguredTools } from "./binary.ts";
import { type DecodeEnd, decodeFrames } from "./frames.ts";
import type { VideoStream } from "./probe.ts";
import { fitWithin } from "./probe-tags.ts";

export interface DecodePassOptions {
  /** At least one frame of every 1/N s of the video that holds one. */
  readonly framesPerSecond: number;
  readonly longestSide: number;
  readonly stallMs?: number;
  readonly tools?: ConfiguredTools;
}

/**
 * The one decode of a video that indexing needs: the first frame of every slot of 1/N s, with its exact time.
 *
 * Frames at 1 per second, shot cuts, activity and text changes are all taken from this stream, so the file is decoded
 * once and by one process. Choosing before scaling keeps it near the cost of the bare decode. One frame is held at a
 * time and ffmpeg waits while the reader is busy, so memory does not depend on the video's length.
 */
export function decodePass(
  file: string,
  video: VideoStream,
  options: DecodePassOptions,
  signal: AbortSignal,
): AsyncGenerator<Frame, DecodeEnd> {
  const { framesPerSecond: rate, longestSide, stallMs, tools } = options;
  return decodeFrames({
    file,
    stream: video.index,
    select: `isnan(prev_selected_t)+gt(floor(t*${rate}),floor(prev_selected_t*${rate}))`,
    ...fitWithin(video, longestSide),
    signal,
    ...(stallMs !== undefined && { stallMs }),
    ...(tools && { tools }),
  });
}
