import type { Evidence } from "../../media/citation.ts";
import { amountIn } from "./amount.ts";
import { mediaOf, type PlannedCall, readDocument, search } from "./calls.ts";
import { byOverlap, namesDate, overlap } from "./relevance.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";
import { bullets, examinedLine, failuresIn, paragraphs, place, quoted } from "./wording.ts";

const written = ["text", "ocr"] as const;

/** "How much was the invoice from March?": the page, read whole, and the sum on it. */
export const answerAmount: Handler = (situation) => {
  const { question, steps } = situation;
  const named = mediaOf(question).media;
  if (isOpen(question))
    return steps.length === 0 ? { calls: findTotals() } : { answer: narrateTotals(situation) };
  if (steps.length === 0)
    return { calls: named ? [readDocument({ media: named })] : [findPages(situation, false)] };
  const page = bestPage(situation);
  if (!page && steps.length === 1 && !named) {
    const other = findPages(situation, true);
    if (other.input.query !== "") return { calls: [other] };
  }
  const unread = page && resultsOf(situation, "read_document").length === 0 ? readWhole(page) : undefined;
  return unread ? { calls: [unread] } : { answer: narrateAmount(situation, page) };
};

/** "What did I pay in total?": no document, nothing that stands on it, and no date. */
function isOpen({ terms, date, fileNames }: Situation["question"]): boolean {
  return terms.length === 0 && date === undefined && fileNames.length === 0;
}

function findTotals(): readonly PlannedCall[] {
  return ["total", "合计"].map((query) => search({ query, sources: written }));
}

/** There is no adding up by rules, as one bill may stand in two files: each page with its sum. */
function narrateTotals(situation: Situation): string {
  const { words, steps } = situation;
  const found = evidenceIn(resultsOf(situation, "vector_search"));
  const pages = found.filter(({ kind, text }) => kind === "document" && amountIn(text ?? ""));
  const examined = examinedLine(steps.flat(), words);
  const [only] = pages;
  if (!only) return paragraphs(words.notFound(""), failuresIn(steps.flat()), examined);
  if (pages.length === 1) return narrateAmount(situation, only);
  const line = (one: Evidence) => `${amountIn(one.text ?? "")?.text}: ${place(one)}`;
  return paragraphs(words.sums, bullets(pages, words, line), examined);
}

function findPages({ question }: Situation, inOtherLanguage: boolean): PlannedCall {
  const isZh = question.language === "zh";
  const dateWords =
    question.date?.words.filter((word) => /\p{Script=Han}/u.test(word) === (isZh !== inOtherLanguage)) ?? [];
  const years =
    question.date && !question.date.yearGuessed ? question.date.words.filter((word) => /^\d/.test(word)) : [];
  const terms = inOtherLanguage ? question.nouns.flatMap((noun) => noun.also) : question.terms;
  const query =
    terms.length === 0
      ? dateWords
      : [...terms, ...dateWords.filter((word) => !years.includes(word)), ...years];
  return search({ query: query.join(" "), sources: written });
}

function readWhole({ span, path, kind }: Evidence): PlannedCall | undefined {
  if (kind !== "document") return undefined;
  const pages = span.kind === "page" ? { fromPage: span.page, toPage: span.page } : {};
  return readDocument({ media: path, ...pages });
}

/** The page with the words, of the date that is asked for, on which an amount stands. */
function bestPage(situation: Situation): Evidence | undefined {
  const { question } = situation;
  const whole = evidenceIn(resultsOf(situation, "read_document"));
  const pages =
    whole.length > 0 ? whole : evidenceIn(resultsOf(situation, "vector_search")).filter((one) => one.text);
  const words = [...question.terms, ...question.nouns.flatMap((noun) => noun.also)];
  const { date } = question;
  const fit = pages.filter(
    (one) => question.fileNames.length > 0 || words.length === 0 || overlap(one, words) > 0,
  );
  const dated = date ? fit.filter((one) => namesDate(`${one.text} ${one.path}`, date)) : fit;
  const candidates = date && whole.length === 0 ? dated : dated.length > 0 ? dated : fit;
  const sorted = byOverlap(candidates, words);
  return sorted.find((one) => amountIn(one.text ?? "")) ?? sorted[0];
}

function narrateAmount(situation: Situation, page: Evidence | undefined): string {
  const { question, words, steps } = situation;
  const examined = examinedLine(steps.flat(), words);
  if (!page) {
    const asked = [...question.terms, ...(question.date?.words.slice(0, 1) ?? [])].map((term) =>
      words.quote(term),
    );
    return paragraphs(words.notFound(asked.join(" ")), failuresIn(steps.flat()), examined);
  }
  const amount = amountIn(page.text ?? "");
  if (!amount) return paragraphs(words.noAmount, `${quoted(page, words)} ${place(page)}`, examined);
  const line = amount.line === amount.text ? "" : ` (${words.quote(amount.line)})`;
  const read = page.confidence === undefined ? "" : `, ${words.confidence(Math.round(page.confidence))}`;
  return paragraphs(`${amount.text}${line}: ${place(page)}${read}`, examined);
}
