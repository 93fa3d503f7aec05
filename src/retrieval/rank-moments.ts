import { fuseRanks } from "./fusion.ts";
import type { Moment } from "./moment.ts";
import { joinMoments, sameStretch } from "./moments.ts";

/**
 * One ranking from several: moments of one stretch are joined, and a moment's score is its reciprocal rank fused
 * over the lists that hold it. Earlier lists win ties.
 */
export function rankMoments(lists: readonly (readonly Moment[])[]): readonly Moment[] {
  const joined: Moment[] = [];
  const ranked = lists.map((list) => list.map((moment) => placeOf(moment, joined)));
  return fuseRanks(ranked, String).map(({ value, score }) => ({ ...joined[value]!, score }));
}

/** The index of the stretch that a moment belongs to, among those known; a new one is added. */
function placeOf(moment: Moment, joined: Moment[]): number {
  const known = joined.findIndex((other) => sameStretch(other, moment));
  if (known < 0) return joined.push(moment) - 1;
  joined[known] = joinMoments(joined[known]!, moment);
  return known;
}
