import type { ActivityEvent } from "../media/activity-event.ts";
import type { Frame, Pixels } from "../media/pixels.ts";
import { timeSpan } from "../media/span.ts";
import { formatTimeCode } from "../media/time-code.ts";
import type { Cut, Extractor, ReportProgress } from "./extractor.ts";
import type { ConfiguredTools } from "./ffmpeg/binary.ts";
import { decodePass } from "./ffmpeg/decode-pass.ts";
import { readFramesAt } from "./ffmpeg/frame-reader.ts";
import type { DecodeEnd } from "./ffmpeg/frames.ts";
import { type MediaProbe, probeMedia, type VideoStream } from "./ffmpeg/probe.ts";
import type { OcrReading } from "./ocr-engine.ts";
import { createShotCutDetector } from "./shot-cuts.ts";
import { watchStillness } from "./video/drawn-picture.ts";
import { eventText } from "./video/event-text.ts";
import { factCuts } from "./video/facts-text.ts";
import { createFrameSpans, type FrameSpan } from "./video/frame-spans.ts";
import { shrink } from "./video/picture-grid.ts";
import { type ReadScreen, type TextSpan, TextWatch } from "./video/text-watch.ts";
import { timedTextCuts } from "./video/timed-text.ts";

/** Finds events in low-resolution frames that come in order. */
export interface ActivityAnalyser {
  push(frame: {
    readonly timeMs: number;
    readonly width: number;
    readonly height: number;
    readonly data: Uint8Array;
    readonly startsShot?: boolean;
  }): void;
  finish(endMs: number): readonly ActivityEvent[];
}

export interface VideoDeps {
  readonly tools?: ConfiguredTools;
  readonly createActivityAnalyser: () => ActivityAnalyser;
  /** What the analyser wants to be fed with. */
  readonly activityStream: { readonly longestSide: number; readonly framesPerSecond: number };
  /** Absent: text in pictures is not read. */
  readonly readText?: (pixels: Pixels, signal: AbortSignal) => Promise<OcrReading | undefined>;
}

/** Longer side of the frames that are kept, embedded and watched. */
const frameSide = 384;
/** Longer side of the frames that text is read from: a screen recording's letters vanish at 384. */
const readingSide = 1920;

/**
 * Videos: frames, events, text in the picture, subtitles and facts, from one decode. Text is read from the full
 * picture, which is fetched again by its exact time, as only few frames need it.
 */
export function openVideoExtractor(deps: VideoDeps): Extractor {
  const { tools = {} } = deps;
  return {
    kind: "video",
    async probe(path, signal) {
      return (await probeMedia(path, signal, tools)).facts;
    },
    async *extract(item, signal, report) {
      const probe = await probeMedia(item.path, signal, tools);
      yield* factCuts(item.path, probe);
      yield* timedTextCuts(item.path, probe, signal, tools);
      if (probe.video)
        yield* pictureCuts({ file: item.path, probe, video: probe.video, deps, signal, report });
      report?.(1);
    },
  };
}

interface PictureRequest {
  readonly file: string;
  readonly probe: MediaProbe;
  readonly video: VideoStream;
  readonly deps: VideoDeps;
  readonly signal: AbortSignal;
  readonly report: ReportProgress | undefined;
}

async function* pictureCuts(request: PictureRequest): AsyncGenerator<Cut> {
  const { file, probe, video, deps, signal, report } = request;
  const { framesPerSecond, longestSide } = deps.activityStream;
  const analyser = deps.createActivityAnalyser();
  const stillness = watchStillness();
  const spans = createFrameSpans();
  const watch = deps.readText && new TextWatch(screenReader(request, deps.readText));
  const options = { framesPerSecond, longestSide: Math.max(frameSide, longestSide), tools: deps.tools ?? {} };
  const frames = withShots(decodePass(file, video, options, signal));
  const durationMs = video.durationMs ?? probe.facts.durationMs ?? 0;
  let lastMs = 0;
  try {
    let next = await frames.next();
    for (; next.done !== true; next = await frames.next()) {
      const { frame, startsShot } = next.value;
      lastMs = frame.timeMs;
      const small = shrink(frame.pixels, longestSide);
      analyser.push({ timeMs: lastMs, ...small, startsShot });
      stillness.push(small);
      yield* frameCut(spans.push(frame, startsShot));
      yield* textCut(await watch?.push(frame, startsShot, signal));
      if (durationMs > 0) report?.(Math.min(0.99, lastMs / durationMs));
    }
    const endMs = endOfPictures(lastMs, durationMs, 1000 / framesPerSecond, next.value);
    yield* frameCut(spans.finish(endMs));
    yield* textCut(watch?.finish(endMs));
    for (const event of stillness.keepReal(analyser.finish(endMs))) {
      yield { span: timeSpan(event.startMs, event.endMs), source: "event", text: eventText(event), event };
    }
    if (endMs < durationMs) yield breakOff(endMs, durationMs);
  } finally {
    await frames.return({ complaints: "" });
  }
}

interface ShotFrame {
  readonly frame: Frame;
  readonly startsShot: boolean;
}

/** Holds each frame until the next one has shown whether a shot began with it. Returns what the frames return. */
async function* withShots(frames: AsyncGenerator<Frame, DecodeEnd>): AsyncGenerator<ShotFrame, DecodeEnd> {
  const shots = createShotCutDetector();
  let held: Frame | undefined;
  try {
    for (;;) {
      const next = await frames.next();
      if (next.done === true) {
        if (held !== undefined) yield { frame: held, startsShot: false };
        return next.value;
      }
      const began = shots.push(next.value) !== undefined;
      if (held !== undefined) yield { frame: held, startsShot: began };
      held = next.value;
    }
  } finally {
    await frames.return({ complaints: "" });
  }
}

/** Reads text from the full picture; small videos are shown whole already. */
function screenReader(
  { file, video, deps, signal }: PictureRequest,
  readText: NonNullable<VideoDeps["readText"]>,
): ReadScreen {
  const larger = Math.max(video.width, video.height) > frameSide;
  return async (frame) => {
    if (!larger) return readText(frame.pixels, signal);
    const options = { longestSide: readingSide, video, ...(deps.tools && { tools: deps.tools }) };
    const [full = frame] = await readFramesAt(file, [frame.timeMs], signal, options);
    return readText(full.pixels, signal);
  };
}

function frameCut(span: FrameSpan | undefined): readonly Cut[] {
  if (span === undefined) return [];
  const shot = span.startsShot ? { startsShot: true } : {};
  return [{ span: timeSpan(span.startMs, span.endMs), source: "frame", pixels: span.frame.pixels, ...shot }];
}

function textCut(span: TextSpan | undefined): readonly Cut[] {
  if (span === undefined) return [];
  const { startMs, endMs, text, confidence } = span;
  return [{ span: timeSpan(startMs, endMs), source: "ocr", text, confidence }];
}

/** The last picture may stand for long. Only where ffmpeg complained does an early end mean that the rest is lost. */
function endOfPictures(
  lastMs: number,
  durationMs: number,
  slotMs: number,
  { complaints }: DecodeEnd,
): number {
  const brokeOff = complaints !== "" && lastMs + 2000 < durationMs;
  return brokeOff || durationMs <= lastMs ? Math.round(lastMs + slotMs) : durationMs;
}

function breakOff(endMs: number, durationMs: number): Cut {
  const text = `Damaged or cut off: only the first ${formatTimeCode(endMs)} of ${formatTimeCode(durationMs)} can be decoded.`;
  return { span: timeSpan(endMs, durationMs), source: "metadata", text };
}
