import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import { Failure } from "../media/failure.ts";
import type { MediaStore, SearchHit } from "../store/media-store.ts";
import { exactFrame } from "./exact-frame.ts";
import { groupByKey } from "./group-by-key.ts";
import type { Moment } from "./moment.ts";
import { groupHits } from "./moments.ts";
import { type PictureQuery, pictureFilter, picturesLike } from "./picture-search.ts";

export interface StillDeps {
  readonly store: MediaStore;
  readonly encoder: Encoder;
  readonly pictures: PictureReader;
}

const candidateHits = 100;
/** How far under the threshold, in multiples of what lies above it, an indexed second may be that holds the frame. */
const nearMissReach = 4;

/**
 * Moments whose pictures are like a still, best first. The index holds one frame a second, and what moves looks
 * different half a second later: the `examine` best videos, those just under the threshold too, are decoded again
 * around their best second, and count by their most similar frame.
 */
export async function stillsLike(
  deps: StillDeps,
  query: PictureQuery,
  examine: number,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  const found = await picturesLike(deps.store, query, signal);
  if (examine <= 0) return found;
  const missed = await nearMisses(deps.store, query, found);
  const candidates = [...found, ...missed].filter(({ item }) => item.kind === "video").slice(0, examine);
  const examined = await Promise.all(candidates.map((moment) => closely(deps, moment, query.vector, signal)));
  const untouched = found.filter((moment) => !candidates.includes(moment));
  const passing = examined.filter(({ score }) => score >= query.threshold);
  return [...passing, ...untouched].sort((a, b) => b.score - a.score);
}

/** The two best seconds of each video that has none over the threshold, but some not far under it. */
async function nearMisses(
  store: MediaStore,
  { vector, threshold, filter }: PictureQuery,
  found: readonly Moment[],
): Promise<readonly Moment[]> {
  const frames = pictureFilter(filter);
  if (frames === undefined) return [];
  const hits = await store.nearest(vector, { ...frames, kinds: ["video"], limit: candidateHits });
  const floor = threshold - nearMissReach * (1 - threshold);
  const near = hits.filter(
    ({ item, score }) => score >= floor && !found.some((moment) => moment.item.id === item.id),
  );
  const byItem = groupByKey(near, ({ item }) => item.id);
  const peaks = [...byItem.values()].flatMap((ofItem) =>
    groupHits(ofItem.slice(0, 1)).concat(secondPeak(ofItem)),
  );
  return peaks.sort((a, b) => b.score - a.score);
}

/** The best hit that does not lie next to the very best. */
function secondPeak(hits: readonly SearchHit[]): readonly Moment[] {
  const [best, ...others] = hits;
  const apart = others.find((hit) => best !== undefined && groupHits([best, hit]).length > 1);
  return apart === undefined ? [] : groupHits([apart]);
}

async function closely(
  deps: StillDeps,
  moment: Moment,
  vector: Float32Array,
  signal: AbortSignal,
): Promise<Moment> {
  try {
    return await exactFrame(deps, moment, vector, signal);
  } catch (error) {
    // A file that is gone is still found by what the index knows of it.
    if (error instanceof Failure) return moment;
    throw error;
  }
}
