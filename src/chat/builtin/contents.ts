import type { Evidence } from "../../media/citation.ts";
import { findMoments, listMedia, type PlannedCall, readDocument } from "./calls.ts";
import { momentLine } from "./moment-line.ts";
import type { Question } from "./question.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";
import { asData, bullets, examinedLine, failuresIn, paragraphs, place, quoted } from "./wording.ts";

const mostPassages = 6;
const video = /\.(?:mp4|m4v|mov|mkv|webm|avi|mpe?g)$/i;
const picture = /\.(?:jpe?g|png|webp|avif|gif|tiff?|heic)$/i;

/** "What do you see in car.mp4?", "what is in beach.jpg?": a picture or a video by name, and nothing to look for in it. */
export function asksForContents(question: Question): boolean {
  const { fileNames, ask, nouns, unknown, colours, quoted: quotes, event, page, atMs } = question;
  const [name = ""] = fileNames;
  const isPicture = picture.test(name);
  if (fileNames.length !== 1 || !(isPicture || video.test(name))) return false;
  const hasTopic = nouns.length + unknown.length + colours.length + quotes.length > 0;
  const isTold = event === undefined || (isPicture && event === "visits");
  const isOpen =
    (question.asks.includes("what") && ask === "exists") ||
    ask === "what" ||
    ask === "find" ||
    (ask === "about" && isPicture);
  return isOpen && !hasTopic && isTold && page === undefined && atMs === undefined && !question.rank;
}

/** All that is known of a file without a model that sees: what moves in it, what is read and said, and its facts. */
export const answerContents: Handler = (situation) => {
  const { question, steps } = situation;
  const [media = ""] = question.fileNames;
  if (steps.length === 0) {
    const moves: readonly PlannedCall[] = video.test(media) ? [findMoments({ what: "visits", media })] : [];
    return { calls: [...moves, readDocument({ media }), listMedia({ name: media })] };
  }
  return { answer: narrate(situation) };
};

function narrate(situation: Situation): string {
  const { words, steps } = situation;
  const visits = evidenceIn(resultsOf(situation, "find_moments"));
  const passages = evidenceIn(resultsOf(situation, "read_document")).filter(
    (one) => one.text && one.source !== "metadata" && one.source !== "event",
  );
  const facts = evidenceIn(resultsOf(situation, "list_media"));
  if (visits.length + passages.length + facts.length === 0) return paragraphs(failuresIn(steps.flat()));
  const fact = (one: Evidence) => `${place(one)}${one.text ? ` (${asData(one.text, 160)})` : ""}`;
  const read = passages.slice(0, mostPassages);
  return paragraphs(
    words.cannotSee,
    visits.length > 0 ? `${headOf(visits.length, words)}${words.colon.trim()}` : "",
    visits.length > 0 ? bullets(visits, words, (one) => momentLine(one, situation)) : "",
    read.length > 0 ? words.written : "",
    bullets(read, words, (one) => `${quoted(one, words, 160)} ${place(one)}`),
    bullets(facts, words, fact),
    examinedLine(steps.flat(), words),
  );
}

function headOf(count: number, words: Situation["words"]): string {
  return words.found(words.objects(count, []), words.happen("visits", count, []));
}
