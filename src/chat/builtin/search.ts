import type { SegmentSource } from "../../media/segment.ts";
import { narrateSearch } from "./answer-search.ts";
import { datesOf, findMoments, listMedia, mediaOf, type PlannedCall, search } from "./calls.ts";
import type { Done } from "./history.ts";
import type { Ask } from "./lexicon.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";
import { unknownTerms } from "./wording.ts";

const looksOnly: readonly SegmentSource[] = ["frame"];
const mostLooks = 3;

/** Anything else that has words to look for: in texts, pictures, events and places. */
export const answerSearch: Handler = (situation) => {
  const { steps } = situation;
  if (steps.length === 0) return { calls: firstCalls(situation) };
  const found = evidenceIn(resultsOf(situation).filter((done) => !isOfLooks(done)));
  if (steps.length === 1 && found.length === 0) {
    const other = [...wider(situation), ...inOtherLanguage(situation)];
    if (other.length > 0) return { calls: other };
  }
  const looks = found.length === 0 && !resultsOf(situation).some(isOfLooks) ? looksAlone(situation) : [];
  if (looks.length > 0) return { calls: looks };
  const likely = evidenceIn(resultsOf(situation).filter(isOfLooks)).slice(0, mostLooks);
  return {
    answer: narrateSearch(situation, { found, looks: likely, look: lookOf(situation).join(" ") }),
  };
};

/** "Blue door" without a picture word for doors: what is blue may be shown, as no more than that. */
function looksAlone(situation: Situation): readonly PlannedCall[] {
  const { question } = situation;
  const look = lookOf(situation).join(" ");
  if (look === "" || question.kind === "document" || question.kind === "audio") return [];
  const kinds = question.kind ? { kinds: [question.kind] } : {};
  return [search({ query: look, ...kinds, sources: looksOnly, ...datesOf(question), ...mediaOf(question) })];
}

/** The words of the question that the picture search knows, where it does not know them all. */
function lookOf({ question, steps }: Situation): readonly string[] {
  const unknown = unknownTerms(question.terms, steps.flat());
  return unknown.length === 0 ? [] : question.terms.filter((term) => !unknown.includes(term));
}

const isOfLooks = ({ input }: Done): boolean =>
  Array.isArray(input.sources) && input.sources.join() === looksOnly.join();

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

function isStill(kind: Situation["question"]["kind"]): boolean {
  return kind === "image" || kind === "document" || kind === "audio";
}
