import type { Evidence } from "../../media/citation.ts";
import type { Question } from "./question.ts";

/** The one that "second", "last" or "longest" means, in order of file and time; all where the question names none. */
export function pick(
  evidence: readonly Evidence[],
  question: Pick<Question, "ordinal" | "rank">,
): readonly Evidence[] {
  const { ordinal, rank } = question;
  if (ordinal !== undefined) {
    const one = ordinal < 0 ? evidence.at(ordinal) : evidence[ordinal - 1];
    return one ? [one] : [];
  }
  if (rank === undefined || evidence.length === 0) return evidence;
  const value =
    rank === "largest" || rank === "smallest"
      ? areaOf
      : rank === "newest" || rank === "oldest"
        ? startOf
        : lengthOf;
  const sorted = [...evidence].sort((a, b) => value(a) - value(b));
  const wanted = rank === "longest" || rank === "largest" || rank === "newest" ? sorted.at(-1) : sorted[0];
  return wanted ? [wanted] : [];
}

const areaOf = (one: Evidence) => one.event?.area ?? 0;
const startOf = (one: Evidence) => (one.span.kind === "time" ? one.span.startMs : 0);
const lengthOf = (one: Evidence) => (one.span.kind === "time" ? one.span.endMs - one.span.startMs : 0);
