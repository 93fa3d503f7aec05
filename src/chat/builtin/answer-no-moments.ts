import type { Evidence } from "../../media/citation.ts";
import { momentLine, sidesOf } from "./moment-line.ts";
import { namedKinds, wishOf } from "./movers.ts";
import { nearInColour } from "./near-colours.ts";
import { scopeByName } from "./scope.ts";
import { evidenceIn, resultsOf, type Situation } from "./situation.ts";
import { bullets, failuresIn, place, quoted, unknownTerms } from "./wording.ts";

/** A kind of mover was asked for that movement cannot tell: says so, and what moves. */
export function cannotTell(
  situation: Situation,
  kinds: readonly string[],
  found: readonly Evidence[],
): readonly string[] {
  const { words } = situation;
  const texts = evidenceIn(resultsOf(situation, "vector_search")).filter(
    (one) => one.text && one.source !== "event",
  );
  const visits = found.length > 0 ? found : evidenceIn(resultsOf(situation, "find_moments"));
  const moving =
    visits.length === 0
      ? [words.nothingMoves]
      : [words.movingInstead(visits.length), bullets(visits, words, (one) => momentLine(one, situation))];
  const written =
    texts.length === 0
      ? []
      : [words.textInstead, bullets(texts, words, (one) => `${quoted(one, words)} ${place(one)}`)];
  return [words.cannotTell(kinds), ...written, ...moving];
}

/** Says what was not found, and what there is instead. `ofOtherNumber`: a list that is too short for "the third". */
export function nothingFound(situation: Situation, ofOtherNumber: readonly Evidence[]): readonly string[] {
  const { question, words, steps } = situation;
  const failures = failuresIn(steps[0] ?? []);
  if (failures !== "") return [failures];
  if (ofOtherNumber.length > 0 && question.atMs !== undefined) {
    const missing = words.notFoundObjects(words.noObjects(question.colours), words.happen("visits", 1, []));
    const others = bullets(ofOtherNumber, words, (one) => momentLine(one, situation));
    return [missing, words.otherTimes, others];
  }
  if (ofOtherNumber.length > 0 && question.ordinal) {
    const number = question.ordinal < 0 ? words.lastNumber : String(question.ordinal);
    return [words.noSuchNumber(number, ofOtherNumber.length), bullets(ofOtherNumber, words, place)];
  }
  const what = wishOf(question);
  if (what === "camera-moves") return [words.cameraStill];
  const missing =
    what === "any"
      ? words.notFound("")
      : words.notFoundObjects(words.noObjects(question.colours), words.happen(what, 1, sidesOf(question)));
  return [missing, ...otherMovers(situation), ...otherTexts(situation)];
}

/** What else moves there: of a neighbouring colour where there is any. */
function otherMovers(situation: Situation): readonly string[] {
  const { question, words, steps } = situation;
  const asSeen = evidenceIn((steps[1] ?? []).filter((done) => done.name === "find_moments"));
  const others = scopeByName(asSeen, question).kept;
  if (others.length === 0) return [];
  const near = question.sides.length > 0 ? [] : nearInColour(others, question.colours);
  const other = question.atMs === undefined ? words.othersWere : words.otherTimes;
  const head = near.length > 0 ? words.nearestColours : other;
  return [head, bullets(near.length > 0 ? near : others, words, (one) => momentLine(one, situation))];
}

function otherTexts({ question, words, steps }: Situation): readonly string[] {
  const searched = (steps[1] ?? []).filter((done) => done.name === "vector_search");
  const texts = evidenceIn(searched).filter((one) => one.source !== "event" && one.source !== "frame");
  if (texts.length > 0) {
    return [words.textInstead, bullets(texts, words, (one) => `${quoted(one, words)} ${place(one)}`)];
  }
  const known = namedKinds(question);
  const unknown = unknownTerms(question.terms, steps[1] ?? []).filter((word) => !known.includes(word));
  return unknown.length > 0 ? [words.unknownWords(unknown)] : [];
}
