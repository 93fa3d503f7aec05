import type { Evidence } from "../../media/citation.ts";
import { datesOf, findMoments, listMedia, mediaOf, type PlannedCall, search } from "./calls.ts";
import type { Ask } from "./lexicon.ts";
import { byOverlap, overlap } from "./relevance.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";
import { bullets, examinedLine, failuresIn, paragraphs, place, quoted, unknownTerms } from "./wording.ts";

/** Share of the best text's terms that another must hold to be told, too. */
const nearlyAsGood = 0.7;

/** Anything else that has words to look for: in texts, pictures, events and places. */
export const answerSearch: Handler = (situation) => {
  const { steps } = situation;
  if (steps.length === 0) return { calls: firstCalls(situation) };
  const found = evidenceIn(resultsOf(situation));
  if (steps.length === 1 && found.length === 0) {
    const other = [...wider(situation), ...inOtherLanguage(situation)];
    if (other.length > 0) return { calls: other };
  }
  return { answer: narrate(situation, found) };
};

function firstCalls({ question }: Situation): readonly PlannedCall[] {
  const kinds = question.kind ? { kinds: [question.kind] } : {};
  const dates = question.kind === "document" ? {} : datesOf(question);
  const { query } = question;
  const places = question.kind === "image" || question.kind === "video" ? question.unknown.slice(0, 2) : [];
  const placeCalls = places.map((word) =>
    listMedia({ ...(question.kind ? { kind: question.kind } : {}), place: word, ...dates }),
  );
  const [colour] = question.colours;
  const bare = colour && question.nouns.length + question.unknown.length === 0 && !isStill(question.kind);
  const moving = bare ? [findMoments({ what: "visits", colour, ...dates, ...mediaOf(question) })] : [];
  const scope = { ...kinds, ...dates, ...mediaOf(question) };
  if (isFactual(question)) {
    // Apart, so that a sentence keeps its own seconds and is not joined with the slide behind it.
    const spoken = search({ query, sources: ["subtitle", "caption"], ...scope });
    return [spoken, search({ query, sources: ["ocr", "text", "metadata"], ...scope })];
  }
  return [search({ query, ...scope }), ...placeCalls, ...moving];
}

/** Asks for a fact that a text may state, not for pictures. */
function isFactual({ ask, kind, terms }: Situation["question"]): boolean {
  const facts: readonly Ask[] = ["when", "where", "what", "how-many", "how-long", "how-much", "say", "about"];
  return kind === undefined && terms.length > 0 && facts.includes(ask);
}

function wider({ question }: Situation): readonly PlannedCall[] {
  if (!isFactual(question)) return [];
  return [search({ query: question.query, ...datesOf(question), ...mediaOf(question) })];
}

function inOtherLanguage({ question }: Situation): readonly PlannedCall[] {
  const also = question.nouns.flatMap((noun) => noun.also);
  const query = [...also, ...question.unknown].join(" ");
  const kinds = question.kind ? { kinds: [question.kind] } : {};
  const names = question.kind ? [...question.terms, ...also].slice(0, 4) : [];
  return [
    ...(also.length > 0 ? [search({ query, ...kinds, ...mediaOf(question) })] : []),
    ...names.map((name) =>
      listMedia({ ...(question.kind ? { kind: question.kind } : {}), name, ...datesOf(question) }),
    ),
  ];
}

function narrate(situation: Situation, found: readonly Evidence[]): string {
  const { question, words, steps } = situation;
  const results = steps.flat();
  const examined = examinedLine(results, words);
  const unknown = unknownTerms(question.terms, results);
  const honest = unknown.length > 0 ? words.unknownWords(unknown) : "";
  if (found.length === 0) {
    const asked = question.terms.map((term) => words.quote(term)).join(" ");
    return paragraphs(words.notFound(asked), honest, failuresIn(results), examined);
  }
  const texts = best(
    eachFileOnce(found).filter((one) => one.source !== "event" && one.source !== "frame" && one.text),
    question.terms,
  );
  const events = found.filter((one) => one.source === "event");
  const isSure = texts.some((one) => overlap(one, question.terms) > 0);
  const isAnswered = texts.some(
    (one) => overlap(one, question.terms) * 2 >= Math.max(2, question.terms.length),
  );
  // Likeness of colours says nothing to someone whose question a text answers.
  const pictures = isAnswered && !question.kind ? [] : found.filter((one) => one.source === "frame");
  return paragraphs(
    texts.length > 0
      ? `${texts.some((one) => one.source === "subtitle") ? words.said : words.written}\n${bullets(texts, words, (one) => `${quoted(one, words)} ${place(one)}`)}`
      : "",
    events.length > 0
      ? `${words.eventsFound(events.length)}:\n${bullets(events, words, (one) => eventLine(one, situation))}`
      : "",
    pictures.length > 0 ? `${words.alike}\n${bullets(pictures, words, place)}` : "",
    isSure && pictures.length === 0 ? "" : honest,
    examined,
  );
}

function isStill(kind: Situation["question"]["kind"]): boolean {
  return kind === "image" || kind === "document" || kind === "audio";
}

/** A file's facts are told once, whichever tool told them. */
function eachFileOnce(evidence: readonly Evidence[]): readonly Evidence[] {
  const facts = new Map(
    evidence
      .filter((one) => one.source === "metadata")
      .toReversed()
      .map((one) => [one.mediaId, one]),
  );
  return evidence.filter((one) => one.source !== "metadata" || facts.get(one.mediaId) === one);
}

/** The texts that hold the most of the terms; those that hold far fewer are left out beside them. */
function best(texts: readonly Evidence[], terms: readonly string[]): readonly Evidence[] {
  const sorted = byOverlap(texts, terms);
  const most = sorted[0] ? overlap(sorted[0], terms) : 0;
  return sorted.filter((one) => overlap(one, terms) >= most * nearlyAsGood);
}

function eventLine(one: Evidence, { words }: Situation): string {
  const { event } = one;
  return event
    ? `${place(one)}${words.colon}${words.event(event.kind, event.colour, event.side, event.towards)}`
    : place(one);
}
