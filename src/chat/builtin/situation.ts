import type { Evidence } from "../../media/citation.ts";
import type { Messages } from "../../messages/messages.ts";
import type { PlannedCall } from "./calls.ts";
import type { Done } from "./history.ts";
import type { Question } from "./question.ts";

/** All that the responder knows when it decides what to do next. */
export interface Situation {
  readonly question: Question;
  /** What was done for this question so far: the calls of each turn. */
  readonly steps: readonly (readonly Done[])[];
  /** What "it", "them", "there" stand for: what the last answer cited. */
  readonly basis: readonly Evidence[];
  readonly words: Messages["answer"];
}

/** The next move: tools to call, or the answer. */
export type Step =
  | { readonly calls: readonly PlannedCall[]; readonly answer?: never }
  | { readonly answer: string; readonly calls?: never };

export type Handler = (situation: Situation) => Step;

export function resultsOf(situation: Situation, name?: string): readonly Done[] {
  return situation.steps.flat().filter((done) => name === undefined || done.name === name);
}

/** Evidence of the given results, each handle once, in order. */
export function evidenceIn(results: readonly Done[]): readonly Evidence[] {
  return [...new Map(results.flatMap((done) => done.evidence).map((one) => [one.handle, one])).values()];
}

/** Where the question names a moment, what holds it; all where it names none, or nothing does. */
export function heldAt(evidence: readonly Evidence[], { atMs }: Pick<Question, "atMs">): readonly Evidence[] {
  if (atMs === undefined) return evidence;
  // "At 0:12" is any time of that second.
  const endMs = atMs % 1000 === 0 ? atMs + 999 : atMs;
  const held = evidence.filter(
    ({ span }) => span.kind === "time" && span.startMs <= endMs && span.endMs >= atMs,
  );
  return held.length > 0 ? held : evidence;
}
