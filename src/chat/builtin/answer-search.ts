import type { Evidence } from "../../media/citation.ts";
import type { Done } from "./history.ts";
import { byOverlap, overlap } from "./relevance.ts";
import type { Situation } from "./situation.ts";
import { bullets, examinedLine, failuresIn, paragraphs, place, quoted, unknownTerms } from "./wording.ts";

/** Share of the best text's terms that another must hold to be told, too. */
const nearlyAsGood = 0.7;

/** What a search found, by how far it answers. */
export interface SearchFindings {
  readonly found: readonly Evidence[];
  /** Pictures that have the look of some of the words, and their words. */
  readonly looks: readonly Evidence[];
  readonly look: string;
}

/** Tells texts, events and pictures apart by what they can answer, and says what was not found. */
export function narrateSearch(situation: Situation, { found, looks, look }: SearchFindings): string {
  const { question, words, steps } = situation;
  const results = steps.flat();
  const examined = examinedLine(results, words);
  const unknown = unknownTerms(question.terms, results).filter((term) => !isTranslated(term, situation));
  const honest = unknown.length > 0 ? words.unknownWords(unknown) : "";
  const missing = paragraphs(words.notFound(question.terms.map(words.quote).join(" ")), honest);
  if (found.length === 0) {
    const alike = looks.length > 0 ? `${words.merely(look)}\n${bullets(looks, words, place)}` : "";
    return paragraphs(missing, alike, failuresIn(results), examined);
  }
  const texts = best(eachFileOnce(found).filter(isText), question.terms);
  const events = found.filter((one) => one.source === "event");
  const isSure = texts.some((one) => overlap(one, question.terms) > 0);
  const isAnswered = texts.some(
    (one) => overlap(one, question.terms) * 2 >= Math.max(2, question.terms.length),
  );
  // Likeness of colours says nothing to someone whose question a text answers.
  const pictures = isAnswered && !question.kind ? [] : found.filter((one) => one.source === "frame");
  const onlyRead = pictures.length + events.length === 0 && asksToSee(situation) && texts.every(isRead);
  return paragraphs(
    onlyRead ? missing : "",
    texts.length > 0
      ? `${headOf(texts, onlyRead, words)}\n${bullets(texts, words, (one) => `${quoted(one, words)} ${place(one)}`)}`
      : "",
    events.length > 0
      ? `${words.eventsFound(events.length)}:\n${bullets(events, words, (one) => eventLine(one, situation))}`
      : "",
    pictures.length > 0 ? `${words.alike}\n${bullets(pictures, words, place)}` : "",
    onlyRead || (isSure && pictures.length === 0) ? "" : honest,
    examined,
  );
}

const isText = ({ source, text }: Evidence): boolean =>
  source !== "event" && source !== "frame" && Boolean(text);

/** A word that stands in a picture does not say that the picture shows it; a caption or a file's name does. */
const isRead = ({ source }: Evidence): boolean =>
  source === "ocr" || source === "text" || source === "subtitle";

/** "Pictures of mountains": not those on whose signs the word is written, unless a sign is what is asked for. */
function asksToSee({ question }: Situation): boolean {
  const { kind, nouns, quoted: quotes } = question;
  const isOfText =
    quotes.length > 0 || nouns.some((noun) => noun.kind === "writing" || noun.kind === "paper");
  return (kind === "image" || kind === "video") && !isOfText;
}

function headOf(texts: readonly Evidence[], onlyRead: boolean, words: Situation["words"]): string {
  if (onlyRead) return words.textInstead;
  return texts.some((one) => one.source === "subtitle") ? words.said : words.written;
}

/** The picture search knows the word in the other language, and was asked with it. */
function isTranslated(term: string, { question, steps }: Situation): boolean {
  const also = question.nouns.find(({ word }) => word === term)?.also ?? [];
  const knows = ({ input, coverage }: Done, word: string) =>
    coverage !== undefined &&
    String(input.query ?? "")
      .split(/\s+/)
      .includes(word) &&
    !coverage.unknownWords.some((unknown) => word.includes(unknown) || unknown.includes(word));
  return also.some((word) => steps.flat().some((done) => knows(done, word)));
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
