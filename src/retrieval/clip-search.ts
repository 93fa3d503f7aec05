import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Frame } from "../media/pixels.ts";
import { timeSpan } from "../media/span.ts";
import type { Filter, MediaStore, SearchHit } from "../store/media-store.ts";
import { type Alignment, alignClip, type SimilarityCurve, standingPeaks } from "./clip-alignment.ts";
import { everything } from "./coverage.ts";
import { type Moment, momentOf } from "./moment.ts";
import { pictureFilter } from "./picture-search.ts";

/** A stretch of a video as a query. Its frames carry times of their own file. */
export interface QueryClip {
  readonly item: Pick<MediaItem, "path"> & Partial<Pick<MediaItem, "id">>;
  readonly startMs: number;
  readonly endMs: number;
  readonly frames: readonly Frame[];
}

const mostFrames = 12;
const candidateVideos = 6;
const candidateHits = 100;

/**
 * Reads the frames that a query by clip compares: at most twelve of its whole seconds, evenly spread, since the index
 * holds those: the same pictures meet, and not pictures half a second apart.
 */
export async function readClip(
  pictures: PictureReader,
  item: MediaItem,
  startMs: number,
  endMs: number,
  signal: AbortSignal,
): Promise<QueryClip> {
  const end = Math.min(endMs, item.durationMs ?? endMs);
  const times = spread(wholeSeconds(startMs, end), mostFrames);
  const frames = await pictures.framesAt(item, times, signal, { longestSide: 512 });
  return { item, startMs, endMs: end, frames };
}

/** Moments of videos that run like the clip: its frames compared in order. The clip's own place is marked `same`. */
export async function clipsLike(
  { store, encoder }: { readonly store: MediaStore; readonly encoder: Encoder },
  clip: QueryClip,
  asked: Filter,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  const filter = pictureFilter(asked);
  if (filter === undefined || clip.frames.length === 0) return [];
  const frames = spread(clip.frames, mostFrames);
  const vectors = await encoder.encode(
    frames.map(({ pixels }) => ({ kind: "image", pixels })),
    signal,
  );
  // Frames half a second apart are less alike than copies of one; that all of them agree makes up for it.
  const threshold = 2 * encoder.relevance.imageToImage - 1;
  const items = await candidates(store, vectors, filter, threshold);
  const moments: Moment[] = [];
  for (const item of items) {
    signal.throwIfAborted();
    const queries = vectors.map((vector) =>
      store.nearest(vector, { mediaIds: [item.id], sources: ["frame"], limit: everything }),
    );
    const hits = await Promise.all(queries);
    moments.push(...momentsIn(item, clip, frames, hits, threshold));
  }
  return moments.filter((moment) => within(moment, asked)).sort((a, b) => b.score - a.score);
}

function wholeSeconds(startMs: number, endMs: number): readonly number[] {
  const first = Math.ceil(startMs / 1000) * 1000;
  const count = Math.ceil((endMs - first) / 1000);
  return count >= 2
    ? Array.from({ length: count }, (_, i) => first + i * 1000)
    : [Math.round((startMs * 3 + endMs) / 4), Math.round((startMs + endMs * 3) / 4)];
}

function spread<Value>(values: readonly Value[], most: number): readonly Value[] {
  if (values.length <= most) return values;
  return Array.from({ length: most }, (_, i) => values[Math.floor(((i + 0.5) * values.length) / most)]!);
}

/** Videos that hold a frame like one of the clip's, those with the most of them first. */
async function candidates(
  store: MediaStore,
  vectors: readonly Float32Array[],
  filter: Filter,
  threshold: number,
): Promise<readonly MediaItem[]> {
  const lists = await Promise.all(
    vectors.map((vector) => store.nearest(vector, { ...filter, kinds: ["video"], limit: candidateHits })),
  );
  const sums = new Map<string, { item: MediaItem; sum: number }>();
  for (const hits of lists) {
    const best = new Map<string, SearchHit>();
    for (const hit of hits) if (hit.score >= threshold && !best.has(hit.item.id)) best.set(hit.item.id, hit);
    for (const { item, score } of best.values()) {
      sums.set(item.id, { item, sum: (sums.get(item.id)?.sum ?? 0) + score });
    }
  }
  const ranked = [...sums.values()].sort((a, b) => b.sum - a.sum);
  return ranked.slice(0, candidateVideos).map(({ item }) => item);
}

function momentsIn(
  item: MediaItem,
  clip: QueryClip,
  frames: readonly Frame[],
  hits: readonly (readonly SearchHit[])[],
  threshold: number,
): readonly Moment[] {
  const curves = hits.map((curve, i): SimilarityCurve => {
    const steps = curve.map((hit) => ({ startMs: startOf(hit), value: hit.score }));
    return { offsetMs: frames[i]!.timeMs - clip.startMs, steps: steps.sort((a, b) => a.startMs - b.startMs) };
  });
  const clipMs = clip.endMs - clip.startMs;
  const peaks = standingPeaks(alignClip(curves, clipMs, item.durationMs ?? clipMs), clipMs, threshold);
  return peaks.map((peak) => {
    const inside = (hits[0] ?? []).filter(
      (hit) => startOf(hit) >= peak.startMs - 1000 && startOf(hit) < peak.endMs,
    );
    const speaking = inside.length > 0 ? inside : (hits[0] ?? []).slice(0, 1);
    const same = isSame(item, clip, peak) ? { same: true as const } : {};
    return momentOf(speaking, timeSpan(peak.startMs, peak.endMs), { score: peak.score, ...same });
  });
}

const startOf = ({ segment: { span } }: SearchHit) => (span.kind === "time" ? span.startMs : 0);

function isSame(item: MediaItem, clip: QueryClip, peak: Alignment): boolean {
  const sameFile = clip.item.id === undefined ? clip.item.path === item.path : clip.item.id === item.id;
  return sameFile && Math.min(peak.endMs, clip.endMs) - Math.max(peak.startMs, clip.startMs) > 0;
}

function within({ span }: Moment, filter: Filter): boolean {
  if (filter.within === undefined || span.kind !== "time") return true;
  return span.startMs <= filter.within.endMs && span.endMs >= filter.within.startMs;
}
