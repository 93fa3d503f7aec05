import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import type { Frame } from "../media/pixels.ts";
import { type TimeSpan, timeSpan } from "../media/span.ts";
import { clampSpan, type Moment } from "./moment.ts";
import { type Measure, readFrames, refineBoundary } from "./refine.ts";

export interface RefineGoal {
  readonly vector: Float32Array;
  /** Look for the one frame that is most like the query, not for the bounds of all that are like it. */
  readonly exact: boolean;
}

interface RefineDeps {
  readonly encoder: Encoder;
  readonly pictures: PictureReader;
}

/** At most this many frames are decoded and encoded for one picture query. */
const mostFrames = 24;
/** A frame belongs to the found one when its similarity is this close to the best, as a share of the range seen. */
const nearBest = 0.1;

/** The moment with bounds to the frame, where pictures alone found it in a video; else as it is. */
export async function refineMoment(
  deps: RefineDeps,
  moment: Moment,
  goal: RefineGoal,
  signal: AbortSignal,
): Promise<Moment> {
  const { span, item, sources, throughout } = moment;
  const frameOnly = sources.every((source) => source === "frame");
  if (item.kind !== "video" || span.kind !== "time" || !frameOnly) return moment;
  if (goal.exact) return exactFrame(deps, moment, goal.vector, signal);
  return throughout ? moment : exactBounds(deps, moment, span, goal.vector, signal);
}

async function exactBounds(
  { encoder, pictures }: RefineDeps,
  moment: Moment,
  span: TimeSpan,
  vector: Float32Array,
  signal: AbortSignal,
): Promise<Moment> {
  const { item } = moment;
  const measure = similarityTo(encoder, vector);
  const boundary = async (aroundMs: number, direction: "rise" | "fall", atEdge: boolean) => {
    if (atEdge) return aroundMs;
    const found = await refineBoundary(pictures, { item, aroundMs, direction, measure }, signal);
    return found?.timeMs ?? aroundMs;
  };
  const startMs = await boundary(span.startMs, "rise", span.startMs <= 0);
  const endMs = await boundary(
    span.endMs,
    "fall",
    span.endMs >= (item.durationMs ?? Number.POSITIVE_INFINITY),
  );
  return startMs < endMs ? { ...moment, span: clampSpan(timeSpan(startMs, endMs), item) } : moment;
}

/** The frames around the best one that are as like the query as it is. */
async function exactFrame(
  { encoder, pictures }: RefineDeps,
  moment: Moment,
  vector: Float32Array,
  signal: AbortSignal,
): Promise<Moment> {
  const best = moment.hits.find(({ segment }) => segment.source === "frame")?.segment.span;
  if (best?.kind !== "time") return moment;
  const range = { startMs: Math.max(0, best.startMs - 1000), endMs: best.endMs + 1000 };
  const framesPerSecond = Math.min(8, (mostFrames * 1000) / (range.endMs - range.startMs));
  const frames = await readFrames(pictures, moment.item, { ...range, framesPerSecond }, signal);
  if (frames.length === 0) return moment;
  const near = framesNearBest(frames, await similarityTo(encoder, vector)(frames, signal));
  const span = clampSpan(timeSpan(near.startMs, near.endMs), moment.item);
  return { ...moment, span, bestMs: near.bestMs };
}

function framesNearBest(frames: readonly Frame[], values: readonly number[]) {
  const top = Math.max(...values);
  const floor = top - nearBest * (top - Math.min(...values));
  const at = values.indexOf(top);
  let from = at;
  let to = at;
  while (from > 0 && values[from - 1]! >= floor) from--;
  while (to < values.length - 1 && values[to + 1]! >= floor) to++;
  // The last frame is on screen until the next one.
  const endMs = frames[to + 1]?.timeMs ?? frames[to]!.timeMs;
  return { startMs: frames[from]!.timeMs, endMs, bestMs: frames[at]!.timeMs };
}

function similarityTo(encoder: Encoder, vector: Float32Array): Measure {
  return async (frames, signal) => {
    const vectors = await encoder.encode(
      frames.map(({ pixels }) => ({ kind: "image", pixels })),
      signal,
    );
    return vectors.map((other) => other.reduce((sum, value, i) => sum + value * vector[i]!, 0));
  };
}
