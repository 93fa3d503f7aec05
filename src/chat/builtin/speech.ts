import type { Evidence } from "../../media/citation.ts";
import { listMedia, mediaOf, type PlannedCall, readDocument, search, textSources } from "./calls.ts";
import { byOverlap, overlap, topicWords } from "./relevance.ts";
import { evidenceIn, type Handler, heldAt, resultsOf, type Situation } from "./situation.ts";
import { bullets, examinedLine, failuresIn, nameOf, paragraphs, place, quoted } from "./wording.ts";

const mostFilesToRead = 3;
const mostPassages = 8;

/** What was said about something, or what a talk, a video or a file is about. */
export const answerSpeech: Handler = (situation) => {
  const { question, steps } = situation;
  const topic = topicWords(question);
  const named = mediaOf(question).media;
  if (topic.length > 0) return aboutTopic(situation, topic);
  if (steps.length === 0)
    return { calls: named ? [readDocument({ media: named, ...momentOf(question) })] : findTalk(situation) };
  const files = resultsOf(situation, "read_document").length > 0 ? [] : filesToRead(situation);
  if (files.length > 0)
    return { calls: files.map((media) => readDocument({ media, ...momentOf(question) })) };
  if (steps.length === 1 && !named) return { calls: [listMedia({ kind: "video" })] };
  return { answer: narrateWhole(situation) };
};

function aboutTopic(situation: Situation, topic: readonly string[]): ReturnType<Handler> {
  const { question, steps } = situation;
  const query = topic.join(" ");
  if (steps.length === 0)
    return { calls: [search({ query, sources: ["subtitle", "caption"], ...mediaOf(question) })] };
  const found = evidenceIn(resultsOf(situation, "vector_search"));
  if (steps.length === 1 && found.length === 0) {
    const also = question.nouns.flatMap((noun) => (topic.includes(noun.word) ? noun.also : []));
    const other = also.length > 0 ? [search({ query: also.join(" "), sources: textSources })] : [];
    return { calls: [search({ query, sources: textSources, ...mediaOf(question) }), ...other] };
  }
  return { answer: narrateTopic(situation, topic, found) };
}

function narrateTopic(situation: Situation, topic: readonly string[], found: readonly Evidence[]): string {
  const { words, steps } = situation;
  const examined = examinedLine(steps.flat(), words);
  const texts = found.filter((one) => one.text && one.source !== "event");
  if (texts.length === 0) {
    return paragraphs(words.notFound(topic.map(words.quote).join(" ")), failuresIn(steps.flat()), examined);
  }
  const best = byOverlap(texts, topic);
  const most = Math.max(1, overlap(best[0] ?? { path: "" }, topic));
  const fitting = best
    .filter((one, index) => index === 0 || overlap(one, topic) >= most)
    .slice(0, mostPassages);
  const head = fitting.some((one) => one.source === "subtitle") ? words.said : words.written;
  return paragraphs(
    head,
    bullets(inOrder(fitting), words, (one) => `${quoted(one, words)} ${place(one)}`),
    examined,
  );
}

/** "At 0:12" is any time of that second. */
function momentOf({ atMs }: Situation["question"]): { startMs?: number; endMs?: number } {
  return atMs === undefined ? {} : { startMs: atMs, endMs: atMs + 999 };
}

function findTalk({ question }: Situation): readonly PlannedCall[] {
  const nouns = question.nouns.flatMap((noun) => [noun.word, ...noun.also]);
  const [noun] = nouns;
  if (noun === undefined) return [listMedia(question.kind ? { kind: question.kind } : {})];
  return [
    ...nouns.slice(0, 3).map((name) => listMedia({ name })),
    search({ query: nouns.join(" "), sources: ["subtitle", "text", "metadata"] }),
  ];
}

/** Files named after the talk; else those in which the word was found; else the videos that there are. */
function filesToRead(situation: Situation): readonly string[] {
  const listed = evidenceIn(resultsOf(situation, "list_media"));
  const found = evidenceIn(resultsOf(situation, "vector_search"));
  const spoken = listed.filter((one) => one.kind === "video" || one.kind === "audio");
  const candidates = [...spoken, ...listed, ...found];
  return [...new Set(candidates.map((one) => one.path))].slice(0, mostFilesToRead);
}

/** There is no summary without a language model: the text itself, in order, subtitles first. */
function narrateWhole(situation: Situation): string {
  const { words, steps } = situation;
  const passages = heldAt(evidenceIn(resultsOf(situation, "read_document")), situation.question);
  const subtitles = passages.filter((one) => one.source === "subtitle");
  const told = subtitles.length > 0 ? subtitles : passages;
  const [first] = told;
  const examined = examinedLine(steps.flat(), words);
  if (!first) return paragraphs(words.notFound(""), failuresIn(steps.flat()), examined);
  const ofFile = told.filter((one) => one.path === first.path).slice(0, mostPassages);
  const lines = bullets(ofFile, words, (one) => `${quoted(one, words, 160)} ${place(one)}`);
  return paragraphs(words.aboutHead(nameOf(first)), lines, examined);
}

function inOrder(evidence: readonly Evidence[]): readonly Evidence[] {
  const start = (one: Evidence) =>
    one.span.kind === "time" ? one.span.startMs : one.span.kind === "page" ? one.span.page : 0;
  return [...evidence].sort((a, b) => a.path.localeCompare(b.path) || start(a) - start(b));
}
