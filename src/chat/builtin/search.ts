import type { Evidence } from "../../media/citation.ts";
import { datesOf, findMoments, listMedia, mediaOf, type PlannedCall, search } from "./calls.ts";
import { overlap } from "./relevance.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";
import { bullets, examinedLine, failuresIn, paragraphs, place, quoted, unknownTerms } from "./wording.ts";

/** Anything else that has words to look for: in texts, pictures, events and places. */
export const answerSearch: Handler = (situation) => {
  const { steps } = situation;
  if (steps.length === 0) return { calls: firstCalls(situation) };
  const found = evidenceIn(resultsOf(situation));
  if (steps.length === 1 && found.length === 0) {
    const other = inOtherLanguage(situation);
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
  return [search({ query, ...kinds, ...dates, ...mediaOf(question) }), ...placeCalls, ...moving];
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
  const texts = eachFileOnce(found).filter(
    (one) => one.source !== "event" && one.source !== "frame" && one.text,
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

function eventLine(one: Evidence, { words }: Situation): string {
  const { event } = one;
  return event
    ? `${place(one)}${words.colon}${words.event(event.kind, event.colour, event.side, event.towards)}`
    : place(one);
}
