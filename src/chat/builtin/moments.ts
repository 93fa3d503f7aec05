import { narrateMoments } from "./answer-moments.ts";
import { datesOf, findMoments, mediaOf, type PlannedCall, search, textSources } from "./calls.ts";
import { kindsInDoubt, waysOf, wishOf } from "./movers.ts";
import { scopeByName } from "./scope.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";

/** A moment that a question names is this wide to either side, in ms. */
const aroundMs = 1500;

/** Questions about what moves: when, whether, how many, from where, how long, of which colour. */
export const answerMoments: Handler = (situation) => {
  const { steps } = situation;
  if (steps.length === 0) return { calls: firstCalls(situation) };
  const found = evidenceIn(resultsOf(situation, "find_moments"));
  if (steps.length === 1 && scopeByName(found, situation.question).kept.length === 0) {
    const wider = widerCalls(situation);
    if (wider.length > 0) return { calls: wider };
  }
  return { answer: narrateMoments(situation) };
};

function firstCalls({ question, basis }: Situation): readonly PlannedCall[] {
  const scope = { ...mediaOf(question), ...thereOf(question.refers, basis), ...datesOf(question) };
  const at = question.atMs;
  const range = at === undefined ? {} : { startMs: Math.max(0, at - aroundMs), endMs: at + aroundMs };
  const base = { what: wishOf(question), ...waysOf(question), ...scope, ...range };
  const isWay = base.what === "camera-moves";
  const colours = isWay ? [] : question.colours.slice(0, 3);
  const calls =
    colours.length > 0 ? colours.map((colour) => findMoments({ ...base, colour })) : [findMoments(base)];
  const words = kindsInDoubt(question);
  if (words.length === 0) return calls;
  return [...calls, search({ query: words.join(" "), sources: textSources, ...scope })];
}

/** "In that video" keeps to the file that was spoken of. */
function thereOf(refers: string | undefined, basis: Situation["basis"]): { media?: string } {
  const path = refers === "there" ? basis[0]?.path : undefined;
  return path ? { media: path } : {};
}

/** Nothing fits: what else moves there, and do texts say something? */
function widerCalls(situation: Situation): readonly PlannedCall[] {
  const { question } = situation;
  const first = resultsOf(situation, "find_moments")[0];
  const { media, from, to } = first?.input ?? {};
  const scope = {
    ...(typeof media === "string" ? { media } : {}),
    ...(typeof from === "string" && typeof to === "string" ? { from, to } : {}),
  };
  const what = wishOf(question);
  const narrowed =
    question.colours.length > 0 || question.sides.length > 0 || (what !== "visits" && what !== "any");
  const { query } = question;
  const searched = resultsOf(situation, "vector_search").length > 0;
  return [
    ...(narrowed && what !== "camera-moves"
      ? [findMoments({ what: what === "any" ? "any" : "visits", ...scope })]
      : []),
    ...(query !== "" && !searched ? [search({ query, ...scope })] : []),
  ];
}
