import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import type { Frame } from "../media/pixels.ts";
import { timeSpan } from "../media/span.ts";
import { clampSpan, type Moment } from "./moment.ts";
import { readFrames } from "./refine.ts";
import { similarityTo } from "./similarity.ts";

/** At most this many frames are decoded and encoded. */
const mostFrames = 24;
/** A frame belongs to the found one when its similarity is this close to the best, as a share of the range seen. */
const nearBest = 0.1;

/**
 * The moment narrowed to the frames around its best one that are as like the vector as that is, with their
 * similarity as its score. Only for moments of a video that frames found.
 */
export async function exactFrame(
  { encoder, pictures }: { readonly encoder: Encoder; readonly pictures: PictureReader },
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
  return { ...moment, span, bestMs: near.bestMs, score: Math.max(near.similarity, moment.score) };
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
  return { startMs: frames[from]!.timeMs, endMs, bestMs: frames[at]!.timeMs, similarity: top };
}
