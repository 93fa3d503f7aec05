import { timeSpan } from "../media/span.ts";
import type { Filter, MediaStore, SearchHit } from "../store/media-store.ts";
import { everything } from "./coverage.ts";
import { groupByKey } from "./group-by-key.ts";
import type { Moment } from "./moment.ts";
import { groupHits } from "./moments.ts";
import { standOut } from "./stand-out.ts";

/** How many nearest segments are asked for before they are grouped by file. */
const candidateHits = 200;
/** How many videos are looked at frame by frame; the rest of the candidates is worse anyhow. */
const candidateVideos = 10;

export interface PictureQuery {
  readonly vector: Float32Array;
  /** Cosine similarity from which a picture counts as found. */
  readonly threshold: number;
  readonly filter: Filter;
}

/** Moments whose pictures are like a vector, best first; nothing when none passes the threshold. */
export async function picturesLike(
  store: MediaStore,
  query: PictureQuery,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  const filter = pictureFilter(query.filter);
  if (filter === undefined) return [];
  const nearest = await store.nearest(query.vector, { ...filter, limit: candidateHits });
  signal.throwIfAborted();
  const passing = nearest.filter((hit) => hit.score >= query.threshold);
  const byItem = groupByKey(passing, (hit) => hit.item.id);
  const groups = [...byItem.values()];
  const isVideo = ([hit]: readonly SearchHit[]) => hit?.item.kind === "video";
  const videos = new Set(groups.filter(isVideo).slice(0, candidateVideos));
  const moments = await Promise.all(
    groups.map((hits) => {
      if (!isVideo(hits)) return groupHits(hits);
      return videos.has(hits) ? videoMoments(store, hits[0]!, query) : [];
    }),
  );
  signal.throwIfAborted();
  return moments.flat().sort((a, b) => b.score - a.score);
}

/** Only whole pictures are compared with pictures; undefined when the filter leaves none. */
export function pictureFilter({ limit: _, ...filter }: Filter): Filter | undefined {
  if (filter.sources !== undefined && !filter.sources.includes("frame")) return undefined;
  return { ...filter, sources: ["frame"] };
}

async function videoMoments(
  store: MediaStore,
  { item }: SearchHit,
  query: PictureQuery,
): Promise<readonly Moment[]> {
  // The whole video is its own background, whatever part of it is asked about.
  const frames = await store.nearest(query.vector, {
    mediaIds: [item.id],
    sources: ["frame"],
    limit: everything,
  });
  const { hits, throughout } = standOut(frames, query.threshold);
  const { within } = query.filter;
  const inside = within === undefined ? hits : hits.filter((hit) => overlaps(hit, within));
  const moments = groupHits(inside);
  return throughout ? moments.map((moment) => ({ ...moment, throughout: true as const })) : moments;
}

function overlaps({ segment: { span } }: SearchHit, within: { startMs: number; endMs: number }): boolean {
  if (span.kind !== "time") return true;
  const { startMs, endMs } = timeSpan(within.startMs, within.endMs);
  return span.startMs <= endMs && span.endMs >= startMs;
}
