import type { VotedReading } from "../ingest/ocr/vote.ts";

export interface FrameVote {
  /** Index of the reading that won. */
  readonly winner: number;
  /** Share of the frames that read the same letters, 0..1. */
  readonly agreement: number;
}

/** Case, white space and signs vary between readings of the same letters. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * The reading that most frames share, by summed confidence; the first frame given wins ties. Empty readings lose
 * against any text, since text that is on screen for some of the frames is on screen.
 */
export function voteFrames(readings: readonly VotedReading[]): FrameVote {
  const groups = new Map<string, number[]>();
  readings.forEach(({ text }, i) => {
    const letters = lettersOf(text);
    groups.set(letters, [...(groups.get(letters) ?? []), i]);
  });
  const weightOf = ([letters, members]: readonly [string, readonly number[]]) =>
    letters === "" ? -1 : members.reduce((sum, i) => sum + readings[i]!.confidence, 0);
  const ranked = [...groups].sort((a, b) => weightOf(b) - weightOf(a));
  const members = ranked[0]?.[1] ?? [0];
  const winner = members.reduce((a, b) => (readings[b]!.confidence > readings[a]!.confidence ? b : a));
  return { winner, agreement: readings.length === 0 ? 0 : members.length / readings.length };
}
