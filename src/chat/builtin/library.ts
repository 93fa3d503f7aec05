import type { Evidence } from "../../media/citation.ts";
import type { MediaKind } from "../../media/media-item.ts";
import { type DateWish, yearBefore } from "./calendar.ts";
import { type ListInput, listMedia, type PlannedCall } from "./calls.ts";
import type { Done } from "./history.ts";
import type { Rank } from "./lexicon.ts";
import type { Question } from "./question.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";
import { asData, bullets, failuresIn, paragraphs, place } from "./wording.ts";

/** A date without a year may mean any: this one and so many years before it are listed. */
const yearsBack = 7;
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
  if (situation.steps.length === 0) return { calls: firstCalls(situation) };
  return { answer: narrate(situation, evidenceIn(resultsOf(situation, "list_media"))) };
};

function firstCalls(situation: Situation): readonly PlannedCall[] {
  const { question } = situation;
  const filters = filtersOf(question);
  const names =
    question.ask === "compare" && question.fileNames.length === 0 ? question.unknown : question.fileNames;
  const wanted = names.length > 0 ? names : question.quoted.slice(0, 1);
  if (wanted.length > 0) return wanted.slice(0, 4).map((name) => listMedia({ ...filters[0], name }));
  const { date } = question;
  if (!date) return filters.map(listMedia);
  const years = date.yearGuessed ? yearsBack : 0;
  const ranges = Array.from({ length: years }).reduce<DateWish[]>(
    (all) => [...all, yearBefore(all.at(-1) ?? date)],
    [date],
  );
  return filters.flatMap((filter) => ranges.map(({ from, to }) => listMedia({ ...filter, from, to })));
}

/** One filter a kind; a single one without a kind for all files. */
function filtersOf(question: Question): readonly ListInput[] {
  // "Files" stands for documents in the lexicon: by itself it means files of every kind.
  const isAnyFile = /\bfiles?\b|文件/i.test(question.text) && !/文档|\bpdf/i.test(question.text);
  const kinds = question.kinds.filter((kind) => kind !== "document" || !isAnyFile);
  const sort = question.rank ? { sort: sortFor[question.rank] } : {};
  return kinds.length > 0 ? kinds.map((kind) => ({ kind, ...sort })) : [sort];
}

function narrate(situation: Situation, found: readonly Evidence[]): string {
  const { question, words } = situation;
  const results = resultsOf(situation, "list_media");
  const kinds = filtersOf(question).map(({ kind }) => kind);
  if (found.length === 0) {
    return failuresIn(results) || words.none(words.or(kinds.map(words.noKind)), datesIn(results, words));
  }
  const chosen = ranked(found, situation);
  const line = (one: Evidence) => `${place(one)}${one.text ? ` (${asData(one.text, 160)})` : ""}`;
  if (question.rank && chosen.length === 1) {
    return paragraphs(words.isRank(words.ranks[question.rank]), bullets(chosen, words, line));
  }
  const fitting = results.filter((done) => done.evidence.length > 0);
  const counts = kinds.map((kind) => words.kind(kind, totalOf(fitting, kind)));
  const count = chosen.length < found.length ? words.kind(kinds[0], chosen.length) : words.list(counts);
  return paragraphs(words.listHead(count, datesIn(fitting, words)), bullets(chosen, words, line));
}

/** The tool counts all that fit, and lists so many. */
function totalOf(results: readonly Done[], kind: MediaKind | undefined): number {
  const own = results.filter((done) => done.input.kind === kind);
  return own.reduce((sum, { data, evidence }) => sum + Number(data.total ?? evidence.length), 0);
}

/** The days that the results cover, from the first to the last. */
function datesIn(results: readonly Done[], words: Situation["words"]): string {
  const days = (key: "from" | "to") =>
    results
      .flatMap(({ input }) => (typeof input[key] === "string" ? [input[key]] : []))
      .sort((a, b) => a.localeCompare(b));
  const [from, to] = [days("from")[0], days("to").at(-1)];
  return from && to ? words.dates(from, to) : "";
}

function ranked(found: readonly Evidence[], { question }: Situation): readonly Evidence[] {
  const { rank, ordinal } = question;
  if (question.ask === "compare" || question.fileNames.length > 1) return found;
  if (rank) return found.slice(...(rank === "shortest" || rank === "smallest" ? [-1] : [0, 1]));
  if (ordinal === undefined) return found;
  const one = ordinal < 0 ? found.at(0) : found.at(-ordinal);
  return one ? [one] : [];
}
