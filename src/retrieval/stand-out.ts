import type { SearchHit } from "../store/media-store.ts";

/** What of one video's frames matches a query, or how it matches without any of it standing out. */
export interface StandOut {
  readonly hits: readonly SearchHit[];
  /** More than half of the video passes the threshold and nothing rises above the rest. */
  readonly throughout: boolean;
}

/** How far between the video's usual similarity and its best a frame must lie to belong to the moment. */
const riseFraction = 0.4;
/** In multiples of the usual deviation: less is how the background itself varies. */
const noiseFactor = 4;
/** Below this, a difference of cosines says nothing in any space. */
const leastRise = 0.002;
/** With fewer frames a video has no background to stand out from. */
const leastFrames = 4;

/**
 * Frames of one video that answer a query. A camera that stands still sees the same background in every frame,
 * so that either all or none of them pass an absolute threshold: there the frames that rise above the video's
 * own median count, by a margin over its median absolute deviation; each frame weighs as long as it is on screen.
 *
 * @param frames all frame segments of one item with their similarity to the query
 * @param threshold the encoder's, under which nothing counts as found
 */
export function standOut(frames: readonly SearchHit[], threshold: number): StandOut {
  const passing = frames.filter((hit) => hit.score >= threshold);
  if (passing.length === 0 || frames.length < leastFrames) return { hits: passing, throughout: false };
  const usual = weightedMedian(frames, (hit) => hit.score);
  const deviation = 1.4826 * weightedMedian(frames, (hit) => Math.abs(hit.score - usual));
  const best = Math.max(...passing.map((hit) => hit.score));
  const floor = Math.max(threshold, usual + riseFraction * (best - usual));
  const clear = best - usual > Math.max(leastRise, noiseFactor * deviation);
  if (clear || usual < threshold)
    return { hits: passing.filter((hit) => hit.score >= floor), throughout: false };
  return { hits: passing.filter((hit) => hit.score === best).slice(0, 1), throughout: true };
}

function weightedMedian(hits: readonly SearchHit[], measured: (hit: SearchHit) => number): number {
  const weighed = hits.map((hit) => ({ value: measured(hit), weight: secondsOf(hit) }));
  weighed.sort((a, b) => a.value - b.value);
  let rest = weighed.reduce((sum, { weight }) => sum + weight, 0) / 2;
  for (const { value, weight } of weighed) {
    rest -= weight;
    if (rest <= 0) return value;
  }
  return 0;
}

function secondsOf({ segment: { span } }: SearchHit): number {
  return span.kind === "time" ? Math.max(1, (span.endMs - span.startMs) / 1000) : 1;
}
