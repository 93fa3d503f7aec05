import { narrateReading } from "./answer-reading.ts";
import {
  listMedia,
  mediaOf,
  type PlannedCall,
  readClosely,
  readDocument,
  search,
  textSources,
} from "./calls.ts";
import { targetOf } from "./reading-target.ts";
import { topicWords } from "./relevance.ts";
import { type Handler, resultsOf, type Situation } from "./situation.ts";

const mostFilesToRead = 4;

/** What a dialog, a sign, a slide or a named file says: find the text, read it once more closely, quote it. */
export const answerReading: Handler = (situation) => {
  const { question, steps } = situation;
  const named = mediaOf(question).media;
  if (steps.length === 0)
    return { calls: named ? [readNamed(situation, named)] : findText(situation, false) };
  const closer = readCloser(situation);
  if (closer) return { calls: [closer] };
  if (!targetOf(situation) && resultsOf(situation, "ocr_reread").length === 0) {
    if (steps.length === 1 && !named) {
      const other = findText(situation, true);
      if (other.length > 0) return { calls: other };
    }
    const unread = mediaToRead(situation);
    if (unread.length > 0) return { calls: unread };
  }
  return { answer: narrateReading(situation) };
};

function readNamed({ question }: Situation, media: string): PlannedCall {
  const { page, atMs } = question;
  if (page !== undefined) return readDocument({ media, fromPage: page, toPage: page });
  if (atMs !== undefined) return { name: "ocr_reread", input: { media, timeMs: atMs } };
  return readDocument({ media });
}

/** Texts with the words, and files that are named after what is asked for: in the question's language, or the other. */
function findText({ question }: Situation, inOtherLanguage: boolean): readonly PlannedCall[] {
  const nouns = question.nouns.filter(({ kind }) => kind !== "mover");
  const also = nouns.flatMap((noun) => noun.also);
  const words = inOtherLanguage ? also : [...question.terms];
  if (words.length === 0) return [];
  const names = inOtherLanguage ? also : nouns.map(({ word }) => word.split(" ").at(-1) ?? word);
  return [
    search({
      query: inOtherLanguage ? also.join(" ") : question.query,
      sources: textSources,
      ...mediaOf(question),
    }),
    ...names.slice(-2).map((name) => listMedia({ name })),
  ];
}

/** One closer reading of what was found, where it was read from a picture. */
function readCloser(situation: Situation): PlannedCall | undefined {
  if (resultsOf(situation, "ocr_reread").length > 0) return undefined;
  const target = targetOf(situation);
  if (!target) return undefined;
  const passages = resultsOf(situation, "read_document").flatMap((done) => done.evidence);
  if (passages.length > 1 && topicWords(situation.question).length === 0) return undefined;
  if (target.source === "ocr") return readClosely(target);
  const isFile = target.source === "metadata";
  if (isFile && target.kind === "image") return readClosely(target);
  const alreadyRead = resultsOf(situation, "read_document").length > 0;
  return isFile && !alreadyRead ? readDocument({ media: target.path }) : undefined;
}

/** Nothing holds the words: read the named file's picture, or the few files that there are. */
function mediaToRead(situation: Situation): readonly PlannedCall[] {
  const { question, steps } = situation;
  if (resultsOf(situation, "ocr_reread").length > 0) return [];
  const media = question.fileNames[0];
  const page = question.page ? { page: question.page } : {};
  if (media) return [{ name: "ocr_reread", input: { media, ...page } }];
  if (topicWords(question).length > 0 || resultsOf(situation, "read_document").length > 0) return [];
  const last = steps.at(-1) ?? [];
  if (steps.length === 3) {
    const paths = last.flatMap((done) => done.evidence).map((one) => one.path);
    return [...new Set(paths)].slice(0, mostFilesToRead).map((path) => readDocument({ media: path }));
  }
  return steps.length === 2 ? [listMedia({ kind: "video" }), listMedia({ kind: "image" })] : [];
}
