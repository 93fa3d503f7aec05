import type { SearchHit } from "../store/media-store.ts";
import { wordsIn } from "./query-words.ts";

/** A text that holds less than this share of the query's words is chance, not an answer. */
const leastShare = 1 / 3;
/** Texts that hold clearly fewer of the words than the best one does are dropped beside it. */
const shareOfBest = 0.6;

/**
 * Text hits that really contain the query's words, best first: a full-text index also returns what merely shares
 * pieces of them. Scores become the share of words contained, plus the index's own score within equals.
 */
export function reallyContaining(hits: readonly SearchHit[], words: readonly string[]): readonly SearchHit[] {
  if (words.length === 0) return [];
  const shares = hits.map((hit) => wordsIn(hit.segment.text ?? "", words).length / words.length);
  const best = Math.max(0, ...shares);
  const floor = Math.max(leastShare, best * shareOfBest);
  const topScore = Math.max(1e-9, ...hits.map((hit) => hit.score));
  return hits
    .flatMap((hit, i) =>
      shares[i]! >= floor ? [{ ...hit, score: shares[i]! + 0.01 * (hit.score / topScore) }] : [],
    )
    .sort((a, b) => b.score - a.score);
}
