import type { MediaStore } from "../store/media-store.ts";
import { everything } from "./coverage.ts";
import type { Moment } from "./moment.ts";
import { spansMeet } from "./moments.ts";

/**
 * The moments whose pictures are like every one of the words by itself. The sum of "green" and "forest" is like
 * whatever is very green: that is no green forest.
 *
 * @param words one vector a word
 */
export async function likeEachWord(
  store: MediaStore,
  moments: readonly Moment[],
  words: readonly Float32Array[],
  threshold: number,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  if (words.length < 2 || moments.length === 0) return moments;
  const mediaIds = [...new Set(moments.map(({ item }) => item.id))];
  const alike = await Promise.all(
    words.map(async (word) => {
      const hits = await store.nearest(word, { mediaIds, sources: ["frame"], limit: everything });
      return hits.filter(({ score }) => score >= threshold);
    }),
  );
  signal.throwIfAborted();
  return moments.filter((moment) =>
    alike.every((hits) =>
      hits.some(({ item, segment }) => item.id === moment.item.id && spansMeet(segment.span, moment.span)),
    ),
  );
}
