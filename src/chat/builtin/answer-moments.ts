import type { Evidence } from "../../media/citation.ts";
import { cannotTell, nothingFound } from "./answer-no-moments.ts";
import { momentLine, sidesOf } from "./moment-line.ts";
import { kindsInDoubt, namedKinds, wishOf } from "./movers.ts";
import { pick } from "./pick.ts";
import { scopeByName } from "./scope.ts";
import { evidenceIn, type Situation } from "./situation.ts";
import { bullets, examinedLine, nameOf, paragraphs } from "./wording.ts";

const number = /^(?:\d+|two|three|four|five|six|seven|eight|nine|ten|[一二两三四五六七八九十]+)$/u;

/** Tells what was found by movement, how it was judged, and what was examined. */
export function narrateMoments(situation: Situation): string {
  const { question, words, steps } = situation;
  const results = steps.flat();
  const asked = evidenceIn((steps[0] ?? []).filter((done) => done.name === "find_moments"));
  const { kept, leftOut, noPlace } = scopeByName(withoutParts(bySides(asked, situation)), question);
  const there = thereAt(kept, question);
  const found = question.atOnce ? overlapping(there) : pick(there, question);
  const examined = examinedLine(results, words);
  const kinds = kindsInDoubt(question);
  const tail = [
    unconfirmedIn(situation),
    leftOut > 0 ? words.keptTo(filesOf(found, words), leftOut) : "",
    examined,
  ];
  if (found.length === 0 && question.atOnce && kept.length > 0)
    return paragraphs(
      words.notAtOnce,
      bullets(kept, words, (one) => momentLine(one, situation)),
      examined,
    );
  if (found.length === 0)
    return paragraphs(...nothingFound(situation, kept), unconfirmedIn(situation), examined);
  if (kinds.length > 0) return paragraphs(...cannotTell(situation, kinds, found), ...tail);
  const beyond = question.unknown.filter((word) => !number.test(word));
  const strange = paragraphs(
    noPlace.length > 0 ? words.noSuchPlace(noPlace) : "",
    beyond.length > 0 ? words.notJudged(beyond) : "",
  );
  return paragraphs(strange, ...told(situation, found, strange === ""), judgement(situation), ...tail);
}

/** "At 0:12" is any time of that second. */
const secondMs = 999;

/** Who is asked for at a moment must be there then. */
function thereAt(evidence: readonly Evidence[], question: Situation["question"]): readonly Evidence[] {
  const { atMs } = question;
  if (atMs === undefined || wishOf(question) !== "visits") return evidence;
  const endMs = atMs % 1000 === 0 ? atMs + secondMs : atMs;
  return evidence.filter(({ span }) => span.kind === "time" && span.startMs <= endMs && span.endMs >= atMs);
}

/** Those that share the picture with another for a time. */
function overlapping(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter((one) => evidence.some((other) => other !== one && meet(one, other)));
}

function meet(one: Evidence, other: Evidence): boolean {
  if (one.mediaId !== other.mediaId || one.span.kind !== "time" || other.span.kind !== "time") return false;
  if (one.event?.track === other.event?.track) return false;
  return Math.min(one.span.endMs, other.span.endMs) > Math.max(one.span.startMs, other.span.startMs);
}

/** What was found and not told, as its own picture does not show it. */
function unconfirmedIn({ steps, words }: Situation): string {
  const counts = (steps[0] ?? []).map(({ data }) => Number(data.unconfirmed ?? 0));
  const count = counts.reduce((sum, one) => sum + one, 0);
  return count > 0 ? words.unconfirmed(count) : "";
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

function told(situation: Situation, found: readonly Evidence[], isSure: boolean): readonly string[] {
  const { question, words } = situation;
  const yes =
    question.ask === "exists" && isSure && !question.asks.includes("what")
      ? `${words.yes}${words.colon}`
      : "";
  const lines = (one: Evidence) => momentLine(one, situation);
  const [only] = found;
  if (question.asksNobody) return [words.nothingBeside, bullets(found, words, lines)];
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

function headline({ question, words }: Situation, count: number): string {
  const what = wishOf(question);
  if (what === "camera-moves") return words.cameraMoves(count);
  if (question.atOnce) return words.atOnce(count);
  if (what === "any") return words.eventsFound(count);
  return words.found(words.objects(count, question.colours), words.happen(what, count, sidesOf(question)));
}

function judgement({ question, words }: Situation): string {
  const judged = words.judged(question.colours.length > 0, namedKinds(question));
  return question.asksWho ? `${judged} ${words.cannotName}`.replace("。 ", "。") : judged;
}

function filesOf(found: readonly Evidence[], words: Situation["words"]): string {
  return words.list([...new Set(found.map(nameOf))].slice(0, 5));
}
