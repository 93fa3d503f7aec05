import type { PictureSide } from "../../media/activity-event.ts";
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
  unknownTerms,
} from "./wording.ts";

/** Tells what was found by movement, how it was judged, and what was examined. */
export function narrateMoments(situation: Situation): string {
  const { question, words, steps } = situation;
  const results = steps.flat();
  const asked = evidenceIn((steps[0] ?? []).filter((done) => done.name === "find_moments"));
  const { kept, leftOut } = scopeByName(withoutParts(bySides(asked, situation)), question);
  const found = pick(kept, question);
  const examined = examinedLine(results, words);
  const kinds = kindsInDoubt(question);
  const tail = [leftOut > 0 ? words.keptTo(filesOf(found, words), leftOut) : "", examined];
  if (kinds.length > 0) return paragraphs(...cannotTell(situation, kinds, found), ...tail);
  if (found.length === 0) return paragraphs(...nothing(situation, kept), examined);
  return paragraphs(...told(situation, found), judgement(situation), ...tail);
}

/** An object's entry and exit say nothing beside its whole visit, where all is listed. */
function withoutParts(evidence: readonly Evidence[]): readonly Evidence[] {
  const key = (one: Evidence) => `${one.mediaId} ${one.event?.track}`;
  const whole = new Set(evidence.filter((one) => one.event?.kind === "moves").map(key));
  const isPart = ({ event }: Evidence) => event?.kind === "enters" || event?.kind === "leaves";
  return evidence.filter((one) => !isPart(one) || !whole.has(key(one)));
}

/** A question for two sides at once ("from the left or the right") is sorted out here. */
function bySides(evidence: readonly Evidence[], { question }: Situation): readonly Evidence[] {
  if (question.sides.length < 2 || wishOf(question) === "visits" || wishOf(question) === "any")
    return evidence;
  return evidence.filter(({ event }) => event?.side && question.sides.includes(event.side));
}

function told(situation: Situation, found: readonly Evidence[]): readonly string[] {
  const { question, words } = situation;
  const yes = question.ask === "exists" ? `${words.yes}${words.colon}` : "";
  const lines = (one: Evidence) => `${place(one)}${details(one, situation)}`;
  const [only] = found;
  const head = yes + headline(situation, Math.max(found.length, unlisted(situation, found)));
  if (found.length === 1 && only) return [`${head}${words.colon}${lines(only)}`];
  return [`${head}${words.colon.trim()}`, bullets(found, words, lines)];
}

/** The tool lists so many and counts all; only where nothing was left out is its count the answer's. */
function unlisted({ question, steps }: Situation, found: readonly Evidence[]): number {
  const done = (steps[0] ?? []).filter(({ name }) => name === "find_moments");
  const [only] = done;
  if (!only || done.length > 1 || only.evidence.length !== found.length || question.ordinal) return 0;
  const { count } = only.data;
  return typeof count === "number" ? count : 0;
}

/** A way from one side to another stands behind each place; it is no choice of sides. */
function sidesOf(question: Situation["question"]): readonly PictureSide[] {
  return question.sides.length > 1 && wishOf(question) === "visits" ? [] : question.sides;
}

function headline({ question, words }: Situation, count: number): string {
  const what = wishOf(question);
  if (what === "camera-moves") return words.cameraMoves(count);
  if (what === "any") return words.eventsFound(count);
  return words.found(words.objects(count, question.colours), words.happen(what, count, sidesOf(question)));
}

/** What a line says behind the place: colour, way, and how long, where the question leaves it open. */
function details(one: Evidence, { question, words }: Situation): string {
  const { event } = one;
  if (!event || event.kind === "camera-moves") return "";
  const what: EventWish = wishOf(question);
  if (what === "any")
    return `${words.colon}${words.event(event.kind, event.colour, event.side, event.towards)}`;
  const lasts =
    question.ask === "how-long" ? words.lasts(((event.endMs - event.startMs) / 1000).toFixed(1)) : "";
  const way = words.way(event.kind === "leaves" ? undefined : event.side, event.towards);
  const parts = [words.colour(event.colour), way, lasts].filter(Boolean);
  return words.details(parts);
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
  if (what === "camera-moves") return [words.cameraStill];
  const missing =
    what === "any"
      ? words.notFound("")
      : words.notFoundObjects(words.noObjects(question.colours), words.happen(what, 1, sidesOf(question)));
  const others = evidenceIn((steps[1] ?? []).filter((done) => done.name === "find_moments"));
  const texts = evidenceIn((steps[1] ?? []).filter((done) => done.name === "vector_search")).filter(
    (one) => one.source !== "event" && one.source !== "frame",
  );
  const unknown = unknownTerms(question.terms, steps[1] ?? []).filter(
    (word) => !namedKinds(question).includes(word),
  );
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
