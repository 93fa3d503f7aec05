import type { Evidence } from "../../media/citation.ts";
import { yearBefore } from "./calendar.ts";
import { datesOf, type ListInput, listMedia, type PlannedCall } from "./calls.ts";
import type { Rank } from "./lexicon.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";
import { asData, bullets, failuresIn, paragraphs, place } from "./wording.ts";

/** A date without a year may mean an earlier one: so many more years are tried. */
const yearsBack = 2;
const sortFor: Readonly<Record<Rank, NonNullable<ListInput["sort"]>>> = {
  longest: "longest",
  shortest: "longest",
  largest: "largest",
  smallest: "largest",
  newest: "newest",
  oldest: "oldest",
};

/** Which files there are, how many, of what date, the longest, the newest. */
export const answerLibrary: Handler = (situation) => {
  const { question, steps } = situation;
  if (steps.length === 0) return { calls: firstCalls(situation) };
  const found = evidenceIn(resultsOf(situation, "list_media"));
  const { date } = question;
  if (found.length === 0 && date?.yearGuessed && steps.length <= yearsBack) {
    const { from, to } = earlier(date, steps.length);
    return { calls: [listMedia({ ...filterOf(situation), from, to })] };
  }
  return { answer: narrate(situation, found) };
};

function firstCalls(situation: Situation): readonly PlannedCall[] {
  const { question } = situation;
  const filter = { ...filterOf(situation), ...datesOf(question) };
  if (question.fileNames.length > 0)
    return question.fileNames.slice(0, 4).map((name) => listMedia({ ...filter, name }));
  const names = question.ask === "compare" ? question.unknown.slice(0, 4) : question.quoted.slice(0, 1);
  return names.length > 0 ? names.map((name) => listMedia({ ...filter, name })) : [listMedia(filter)];
}

function filterOf({ question }: Situation): ListInput {
  // "Files" and "documents" share words: only a listing of documents by that name means the kind.
  const isAnyFile =
    question.kind === "document" &&
    /\bfiles?\b|文件/i.test(question.text) &&
    !/文档|\bpdf/i.test(question.text);
  return {
    ...(question.kind && !isAnyFile ? { kind: question.kind } : {}),
    ...(question.rank ? { sort: sortFor[question.rank] } : {}),
  };
}

function earlier(date: NonNullable<Situation["question"]["date"]>, years: number) {
  return Array.from({ length: years }).reduce<typeof date>((shifted) => yearBefore(shifted), date);
}

function narrate(situation: Situation, found: readonly Evidence[]): string {
  const { question, words } = situation;
  const results = resultsOf(situation, "list_media");
  const last = results.filter((done) => !done.isError).at(-1);
  const { kind } = filterOf(situation);
  const { from, to } = last?.input ?? {};
  const dates = typeof from === "string" && typeof to === "string" ? words.dates(from, to) : "";
  if (found.length === 0) return failuresIn(results) || words.none(words.noKind(kind), dates);
  const chosen = ranked(found, situation);
  const line = (one: Evidence) => `${place(one)}${one.text ? ` (${asData(one.text, 160)})` : ""}`;
  if (question.rank && chosen.length === 1) {
    return paragraphs(words.isRank(words.ranks[question.rank]), bullets(chosen, words, line));
  }
  const total = last?.data.total;
  const count = typeof total === "number" && results.length === 1 ? total : chosen.length;
  return paragraphs(words.listHead(words.kind(kind, count), dates), bullets(chosen, words, line));
}

function ranked(found: readonly Evidence[], { question }: Situation): readonly Evidence[] {
  const { rank, ordinal } = question;
  if (question.ask === "compare" || question.fileNames.length > 1) return found;
  if (rank) return found.slice(...(rank === "shortest" || rank === "smallest" ? [-1] : [0, 1]));
  if (ordinal === undefined) return found;
  const one = ordinal < 0 ? found.at(0) : found.at(-ordinal);
  return one ? [one] : [];
}
