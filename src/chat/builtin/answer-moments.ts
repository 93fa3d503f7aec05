import type { Evidence } from "../../media/citation.ts";
import type { EventWish } from "./lexicon.ts";
import { kindsInDoubt, namedKinds, wishOf } from "./movers.ts";
import { pick } from "./pick.ts";
import { scopeByName } from "./scope.ts";
import { evidenceIn, resultsOf, type Situation } from "./situation.ts";
import {
  bullets,
  examinedLine,
  failuresIn,
  nameOf,
  paragraphs,
  place,
  quoted,
  unknownIn,
} from "./wording.ts";

/** Tells what was found by movement, how it was judged, and what was examined. */
export function narrateMoments(situation: Situation): string {
  const { question, words, steps } = situation;
  const results = steps.flat();
  const asked = evidenceIn((steps[0] ?? []).filter((done) => done.name === "find_moments"));
  const { kept, leftOut } = scopeByName(bySides(asked, situation), question);
  const found = pick(kept, question);
  const examined = examinedLine(results, words);
  const kinds = kindsInDoubt(question);
  const tail = [leftOut > 0 ? words.keptTo(filesOf(found, words), leftOut) : "", examined];
  if (kinds.length > 0) return paragraphs(...cannotTell(situation, kinds, found), ...tail);
  if (found.length === 0) return paragraphs(...nothing(situation, kept), examined);
  return paragraphs(...told(situation, found), judgement(situation), ...tail);
}

/** A question for two sides at once ("from the left or the right") is sorted out here. */
function bySides(evidence: readonly Evidence[], { question }: Situation): readonly Evidence[] {
  if (question.sides.length < 2 || wishOf(question) === "visits" || wishOf(question) === "any")
    return evidence;
  return evidence.filter(({ event }) => event?.side && question.sides.includes(event.side));
}

function told(situation: Situation, found: readonly Evidence[]): readonly string[] {
  const { question, words } = situation;
  const yes = question.ask === "exists" ? `${words.yes}: ` : "";
  const lines = (one: Evidence) => `${place(one)}${details(one, situation)}`;
  const [only] = found;
  const head = yes + headline(situation, found.length);
  if (found.length === 1 && only) return [`${head}: ${lines(only)}`];
  return [`${head}:`, bullets(found, words, lines)];
}

function headline({ question, words }: Situation, count: number): string {
  const what = wishOf(question);
  if (what === "camera-moves") return words.cameraMoves(count);
  if (what === "any") return words.eventsFound(count);
  return words.found(words.objects(count, question.colours), words.happen(what, count, question.sides));
}

/** What a line says behind the place: colour, way, and how long, where the question leaves it open. */
function details(one: Evidence, { question, words }: Situation): string {
  const { event } = one;
  if (!event || event.kind === "camera-moves") return "";
  const what: EventWish = wishOf(question);
  if (what === "any") return `: ${words.event(event.kind, event.colour, event.side, event.towards)}`;
  const lasts =
    question.ask === "how-long" ? words.lasts(((event.endMs - event.startMs) / 1000).toFixed(1)) : "";
  const way = words.way(event.kind === "leaves" ? undefined : event.side, event.towards);
  const parts = [words.colour(event.colour), way, lasts].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}

function judgement({ question, words }: Situation): string {
  return words.judged(question.colours.length > 0, namedKinds(question));
}

function cannotTell(
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
      : [
          words.movingInstead(visits.length),
          bullets(visits, words, (one) => `${place(one)}${details(one, situation)}`),
        ];
  const written =
    texts.length === 0
      ? []
      : [words.textInstead, bullets(texts, words, (one) => `${quoted(one, words)} ${place(one)}`)];
  return [words.cannotTell(kinds), ...written, ...moving];
}

function nothing(situation: Situation, ofOtherNumber: readonly Evidence[]): readonly string[] {
  const { question, words, steps } = situation;
  const failures = failuresIn(steps[0] ?? []);
  if (failures !== "") return [failures];
  if (ofOtherNumber.length > 0 && question.ordinal) {
    const number = question.ordinal < 0 ? words.lastNumber : String(question.ordinal);
    return [words.noSuchNumber(number, ofOtherNumber.length), bullets(ofOtherNumber, words, place)];
  }
  const what = wishOf(question);
  const missing =
    what === "camera-moves" || what === "any"
      ? words.notFound("")
      : words.notFoundObjects(words.noObjects(question.colours), words.happen(what, 1, question.sides));
  const others = evidenceIn((steps[1] ?? []).filter((done) => done.name === "find_moments"));
  const texts = evidenceIn((steps[1] ?? []).filter((done) => done.name === "vector_search")).filter(
    (one) => one.source !== "event" && one.source !== "frame",
  );
  const unknown = unknownIn(steps[1] ?? []);
  return [
    missing,
    ...(others.length > 0
      ? [words.othersWere, bullets(others, words, (one) => `${place(one)}${details(one, situation)}`)]
      : []),
    ...(texts.length > 0
      ? [words.textInstead, bullets(texts, words, (one) => `${quoted(one, words)} ${place(one)}`)]
      : []),
    ...(unknown.length > 0 && texts.length === 0 ? [words.unknownWords(unknown)] : []),
  ];
}

function filesOf(found: readonly Evidence[], words: Situation["words"]): string {
  return words.list([...new Set(found.map(nameOf))].slice(0, 5));
}
