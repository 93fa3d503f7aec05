import type { PictureReader } from "../ingest/picture-reader.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Frame } from "../media/pixels.ts";
import { type ChangePoint, changePoint, clearChange } from "./change-point.ts";

/** How strongly each frame shows what is looked for; any unit. */
export type Measure = (frames: readonly Frame[], signal: AbortSignal) => Promise<readonly number[]>;

export interface BoundaryQuestion {
  readonly item: MediaItem;
  /** The boundary as known so far, ms. */
  readonly aroundMs: number;
  /** `rise` for a start, `fall` for an end. */
  readonly direction: "rise" | "fall";
  readonly measure: Measure;
  /** How far to either side to look; default 1000. */
  readonly reachMs?: number;
  /** Default 8. */
  readonly framesPerSecond?: number;
}

/**
 * A boundary to the frame: decodes again around it and finds where the measure steps.
 * Undefined when it does not step clearly: then the boundary stays as it was.
 */
export async function refineBoundary(
  pictures: PictureReader,
  question: BoundaryQuestion,
  signal: AbortSignal,
): Promise<ChangePoint | undefined> {
  const { item, aroundMs, direction, measure, reachMs = 1000, framesPerSecond = 8 } = question;
  const range = {
    startMs: Math.max(0, aroundMs - reachMs),
    endMs: Math.min(item.durationMs ?? aroundMs + reachMs, aroundMs + reachMs),
    framesPerSecond,
  };
  const frames = await readFrames(pictures, item, range, signal);
  const values = await measure(frames, signal);
  const samples = frames.map(({ timeMs }, i) => ({ timeMs, value: values[i] ?? 0 }));
  const found = changePoint(samples, direction);
  return found !== undefined && found.clarity >= clearChange ? found : undefined;
}

/** Small pictures: no measure needs more than 320 pixels. */
export async function readFrames(
  pictures: PictureReader,
  item: MediaItem,
  range: { readonly startMs: number; readonly endMs: number; readonly framesPerSecond: number },
  signal: AbortSignal,
): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of pictures.framesBetween(item, range, signal, { longestSide: 320 }))
    frames.push(frame);
  return frames;
}
