import { narrateMoments } from "./answer-moments.ts";
import { anyone } from "./anyone.ts";
import { datesOf, findMoments, mediaOf, type PlannedCall, search, textSources } from "./calls.ts";
import { asksWhoIsThere, kindsInDoubt, waysOf, wishOf } from "./movers.ts";
import { scopeByName } from "./scope.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";

/** What happens at a moment that a question names may begin or end so long before or after it, in ms. */
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
  const base = { what: wishOf(question), ...waysOf(question), ...scope, ...rangeOf(question) };
  const isWay = base.what === "camera-moves";
  const colours = isWay ? [] : question.colours.slice(0, 3);
  const calls =
    colours.length > 0 ? colours.map((colour) => findMoments({ ...base, colour })) : [findMoments(base)];
  const words = kindsInDoubt(question);
  if (words.length === 0) return calls;
  return [...calls, search({ query: words.join(" "), sources: textSources, ...scope })];
}

/** What happens may be just over. Who is there then is chosen from all, so that the others can be told. */
function rangeOf(question: Situation["question"]): { startMs?: number; endMs?: number } {
  const { atMs } = question;
  if (atMs === undefined) return {};
  if (wishOf(question) !== "visits") return { startMs: Math.max(0, atMs - aroundMs), endMs: atMs + aroundMs };
  return {};
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
    question.colours.length > 0 ||
    question.sides.length > 0 ||
    question.atMs !== undefined ||
    (what !== "visits" && what !== "any");
  // The name of a place stands in any text: that says nothing of who is there.
  const query = asksWhoIsThere(question) || onlyPlaces(question) ? "" : question.query;
  const searched = resultsOf(situation, "vector_search").length > 0;
  return [
    ...(narrowed && what !== "camera-moves"
      ? [findMoments({ what: what === "any" ? "any" : "visits", ...scope })]
      : []),
    ...(query !== "" && !searched ? [search({ query, ...scope })] : []),
  ];
}

function onlyPlaces({ nouns, unknown, colours, quoted }: Situation["question"]): boolean {
  return (
    unknown.length + colours.length + quoted.length === 0 &&
    nouns.every(({ kind, word }) => kind === "place" || kind === "mover" || anyone.has(word))
  );
}
