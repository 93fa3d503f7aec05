import type { Frame } from "../../media/pixels.ts";
import type { ReadOptions } from "../picture-reader.ts";
import type { ConfiguredTools } from "./binary.ts";
import { type DecodeEnd, decodeFrames } from "./frames.ts";
import { noFrames } from "./no-frames.ts";
import { probeMedia, type VideoStream } from "./probe.ts";
import { fitWithin } from "./probe-tags.ts";

export interface FrameReadOptions extends ReadOptions {
  readonly tools?: ConfiguredTools;
  /** Where the headers were read already. */
  readonly video?: VideoStream;
}

/** Times nearer than this share one decode: seeking costs about as much as decoding through them. */
const groupGapMs = 3000;
const largestGroup = 16;
/** ffmpeg rounds a time to the stream's own ticks; half a millisecond keeps a frame at exactly `t` on the right side. */
const tolerance = 0.0006;

/**
 * The frame that is on screen at each time: the last one whose presentation time is not after it, or the first
 * frame of all for a time before it. In the order asked. Throws `Failure`.
 */
export async function readFramesAt(
  file: string,
  timesMs: readonly number[],
  signal: AbortSignal,
  options: FrameReadOptions = {},
): Promise<readonly Frame[]> {
  const video = options.video ?? (await videoOf(file, signal, options));
  const frames = new Map<number, Frame>();
  for (const group of groupTimes(timesMs)) {
    for (const [time, frame] of await readGroup({ file, video, group, signal, options }))
      frames.set(time, frame);
  }
  return timesMs.map((time) => {
    const frame = frames.get(time);
    if (frame === undefined) throw noFrames(file);
    return frame;
  });
}

export interface FrameRange {
  readonly startMs: number;
  readonly endMs: number;
  readonly framesPerSecond: number;
}

/**
 * Frames of [startMs, endMs], about `framesPerSecond` of them, at their own times. A range in which the picture does
 * not change gives the one that is on screen. Throws `Failure`.
 */
export async function* readFramesBetween(
  file: string,
  range: FrameRange,
  signal: AbortSignal,
  options: FrameReadOptions = {},
): AsyncGenerator<Frame> {
  const video = options.video ?? (await videoOf(file, signal, options));
  let any = false;
  for (const seekMs of seekPoints(range.startMs)) {
    const frames = framesFrom(seekMs, { file, video, range, signal, options });
    const first = await frames.next();
    if (seekMs > 0 && landedLate(first, range.startMs)) {
      await frames.return({ complaints: "" });
      continue;
    }
    for await (const frame of startingWith(first, frames)) {
      if (frame.timeMs > range.endMs) break;
      if (frame.timeMs < range.startMs) continue;
      any = true;
      yield frame;
    }
    break;
  }
  if (!any) yield* await readFramesAt(file, [range.startMs], signal, { ...options, video });
}

interface RangeRequest {
  readonly file: string;
  readonly video: VideoStream;
  readonly range: FrameRange;
  readonly signal: AbortSignal;
  readonly options: FrameReadOptions;
}

/** The first frame after the seek, whatever its time; then those of the range; then one beyond it. */
function framesFrom(seekMs: number, request: RangeRequest): AsyncGenerator<Frame, DecodeEnd> {
  const { file, video, range, signal, options } = request;
  const [start, end] = [range.startMs / 1000 - tolerance, range.endMs / 1000 + tolerance];
  const slot = (time: string) => `floor((${time}-${start})*${range.framesPerSecond})`;
  const chosen = `between(t,${start},${end})*gt(${slot("t")},${slot("prev_selected_t")})`;
  return decodeFrom(file, video, `isnan(prev_selected_t)+${chosen}+gt(t,${end})`, seekMs, signal, options);
}

/** Transport streams have no index: a seek may land after the time that was asked for. */
function landedLate(first: IteratorResult<Frame, unknown>, startMs: number): boolean {
  return first.done === true || first.value.timeMs > startMs;
}

function seekPoints(startMs: number): readonly number[] {
  return [...new Set([startMs, Math.max(0, startMs - 15_000), 0])];
}

async function* startingWith(
  first: IteratorResult<Frame, unknown>,
  rest: AsyncGenerator<Frame, DecodeEnd>,
): AsyncGenerator<Frame> {
  if (first.done === true) return;
  try {
    yield first.value;
    yield* rest;
  } finally {
    await rest.return({ complaints: "" });
  }
}

async function videoOf(file: string, signal: AbortSignal, options: FrameReadOptions): Promise<VideoStream> {
  const { video } = await probeMedia(file, signal, options.tools);
  if (video === undefined) throw noFrames(file);
  return video;
}

function groupTimes(timesMs: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const time of [...new Set(timesMs)].sort((a, b) => a - b)) {
    const last = groups.at(-1);
    const near = last !== undefined && last.length < largestGroup && time - (last.at(-1) ?? 0) < groupGapMs;
    if (near) last.push(time);
    else groups.push([time]);
  }
  return groups;
}

interface GroupRequest {
  readonly file: string;
  readonly video: VideoStream;
  /** Ascending. */
  readonly group: readonly number[];
  readonly signal: AbortSignal;
  readonly options: FrameReadOptions;
}

/**
 * First only the frames just before each time are scaled and read. Where the picture stood still for longer, or the
 * seek landed late, everything from an earlier point on is read instead.
 */
async function readGroup(request: GroupRequest): Promise<ReadonlyMap<number, Frame>> {
  const [first = 0] = request.group;
  const narrow = Math.max(200, 2500 / (request.video.framesPerSecond ?? 25));
  const nearby = await pickFrames(request, first, narrow);
  if (nearby.size === request.group.length) return nearby;
  for (const seekMs of seekPoints(first)) {
    const frames = await pickFrames(request, seekMs, Number.POSITIVE_INFINITY);
    if (frames.size === request.group.length) return frames;
  }
  throw noFrames(request.file);
}

/** The last frame within `windowMs` before each time; after no seek, also the first frame for a time before it. */
async function pickFrames(
  request: GroupRequest,
  seekMs: number,
  windowMs: number,
): Promise<ReadonlyMap<number, Frame>> {
  const { file, video, group, signal, options } = request;
  const last = (group.at(-1) ?? 0) / 1000 + tolerance;
  const windows = Number.isFinite(windowMs)
    ? group.map((time) => `between(t,${(time - windowMs) / 1000},${time / 1000 + tolerance})`)
    : [`lte(t,${last})`];
  const frames = new Map<number, Frame>();
  const select = `${windows.join("+")}+gt(t,${last})`;
  for await (const frame of decodeFrom(file, video, select, seekMs, signal, options)) {
    for (const time of group) {
      const onScreen = frame.timeMs <= time && time - frame.timeMs <= windowMs;
      const firstOfAll = seekMs === 0 && windowMs === Number.POSITIVE_INFINITY && !frames.has(time);
      if (onScreen || firstOfAll) frames.set(time, frame);
    }
    if (frame.timeMs > last * 1000) break;
  }
  return frames;
}

function decodeFrom(
  file: string,
  video: VideoStream,
  select: string,
  seekMs: number,
  signal: AbortSignal,
  options: FrameReadOptions,
): AsyncGenerator<Frame, DecodeEnd> {
  const { longestSide = Number.POSITIVE_INFINITY, tools } = options;
  return decodeFrames({
    file,
    stream: video.index,
    select,
    ...fitWithin(video, longestSide),
    ...(seekMs > 0 && { seekMs }),
    signal,
    ...(tools && { tools }),
  });
}
