import path from "node:path";
import * as z from "zod";
import { formatSpan } from "../media/time-code.ts";
import type { DemoQuestion, Expectation, ExpectedPlace } from "./question.ts";

const citedSchema = z.looseObject({
  path: z.string(),
  startMs: z.number().nullish(),
  endMs: z.number().nullish(),
  page: z.number().nullish(),
  check: z.string().nullish(),
});

/** What `ask --json` prints. */
export const askAnswerSchema = z.looseObject({
  answer: z.string(),
  citations: z.array(citedSchema),
  reason: z.string(),
});

/** What `search --json` prints. */
export const searchAnswerSchema = z.looseObject({ hits: z.array(citedSchema) });

type Cited = z.output<typeof citedSchema>;

/** One line of the comparison; a side is absent where the other has no partner. */
export interface ComparedPlace {
  readonly file: string;
  readonly truth?: string;
  readonly cited?: string;
}

export interface Verdict {
  readonly question: DemoQuestion;
  readonly right: boolean;
  /** Why it is wrong; empty when it is right. */
  readonly faults: readonly string[];
  readonly places: readonly ComparedPlace[];
  readonly answer: string;
}

const toleranceMs = 500;
const aroundMs = 1000;
/** Of a search only the best hits are a claim; the rest is a list to look through. */
const searchedHits = 1;

/**
 * Compares what `ask --json` or `search --json` printed with the truth. `mediaFolder` is absolute; the answer's paths
 * lie in it. Throws ZodError for JSON of another shape.
 */
export function evaluateAnswer(question: DemoQuestion, json: unknown, mediaFolder: string): Verdict {
  const { expect } = question;
  const { answer, cited, ended } = read(question, json);
  const relative = (one: Cited) =>
    path.relative(mediaFolder, one.path).split(path.sep).join("/").normalize("NFC");
  const fits = (one: Cited, place: ExpectedPlace) => relative(one) === place.file && fitsSpan(one, place);
  const { pairs, missing, rest } = pairUp(expect, cited, fits);
  const faults = [
    ...ended,
    ...missing.map((place) => `not cited: ${place.file} ${describe(place)}`.trim()),
    ...rest
      .filter((one) => expect.rule === "only" && !(expect.tolerated ?? []).some((place) => fits(one, place)))
      .map((one) => `cited, but wrong: ${relative(one)} ${spanOf(one)}`.trim()),
    ...firstFault(expect, cited, fits),
    ...cited
      .filter(({ check }) => check === "failed")
      .map((one) => `its own check failed: ${relative(one)} ${spanOf(one)}`.trim()),
    ...wordFaults(expect, answer),
  ];
  const places = [
    ...pairs.map(([place, one]) => ({ file: place.file, truth: describe(place), cited: spanOf(one) })),
    ...missing.map((place) => ({ file: place.file, truth: describe(place) })),
    ...rest.map((one) => ({ file: relative(one), cited: spanOf(one) })),
  ];
  return { question, right: faults.length === 0, faults, places, answer };
}

function read(question: DemoQuestion, json: unknown): { answer: string; cited: Cited[]; ended: string[] } {
  if (question.kind === "search") {
    const hits = searchAnswerSchema.parse(json).hits.slice(0, searchedHits);
    return { answer: "", cited: hits, ended: hits.length > 0 ? [] : ["nothing was found"] };
  }
  const { answer, citations, reason } = askAnswerSchema.parse(json);
  return { answer, cited: citations, ended: reason === "answered" ? [] : [`the run ended as "${reason}"`] };
}

function pairUp(
  expect: Expectation,
  cited: readonly Cited[],
  fits: (one: Cited, place: ExpectedPlace) => boolean,
): { pairs: [ExpectedPlace, Cited][]; missing: ExpectedPlace[]; rest: Cited[] } {
  const free = new Set(cited);
  const pairs: [ExpectedPlace, Cited][] = [];
  const missing: ExpectedPlace[] = [];
  for (const place of expect.places) {
    const partner = [...free].find((one) => fits(one, place));
    if (!partner) {
      missing.push(place);
      continue;
    }
    free.delete(partner);
    pairs.push([place, partner]);
  }
  return { pairs, missing, rest: [...free] };
}

function fitsSpan(one: Cited, place: ExpectedPlace): boolean {
  const near = (value: number | null | undefined, wanted: number | undefined) =>
    wanted === undefined || (value != null && Math.abs(value - wanted) <= toleranceMs);
  if (place.page !== undefined && one.page !== place.page) return false;
  return near(one.startMs, place.startMs) && near(one.endMs, place.endMs) && fitsDuring(one, place);
}

function fitsDuring(one: Cited, { during, atMs }: ExpectedPlace): boolean {
  if (!during) return true;
  if (one.startMs == null) return false;
  const endMs = one.endMs ?? one.startMs;
  if (one.startMs < during.startMs - toleranceMs || one.startMs > during.endMs + toleranceMs) return false;
  if (atMs === undefined) return true;
  const holds = one.startMs - aroundMs <= atMs && atMs <= endMs + aroundMs;
  return holds && endMs <= during.endMs + aroundMs;
}

function firstFault(
  expect: Expectation,
  cited: readonly Cited[],
  fits: (one: Cited, place: ExpectedPlace) => boolean,
): string[] {
  const [place] = expect.places;
  const [first] = cited;
  if (expect.rule !== "first" || !place || !first || fits(first, place)) return [];
  return [`cited first: ${path.basename(first.path)} ${spanOf(first)}`.trim()];
}

function wordFaults({ says, never = [] }: Expectation, answer: string): string[] {
  const words = ` ${letters(answer)} `;
  const holds = (text: string) => {
    const wanted = letters(text);
    return words.includes(/\p{Script=Han}/u.test(wanted) ? wanted : ` ${wanted} `);
  };
  return [
    ...says.filter((group) => !group.some(holds)).map((group) => `not said: ${group.join(" / ")}`),
    ...never.filter(holds).map((text) => `said: ${text}`),
  ];
}

/** Letters and digits only, lower case, words parted by one space; Chinese characters stand together. */
function letters(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<=\d)[.,](?=\d)/gu, "_")
    .replace(/\p{Script=Han}+/gu, " $& ")
    .split(/[^\p{L}\p{N}_]+/u)
    .filter(Boolean)
    .join(" ")
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "");
}

function describe({ startMs, endMs, during, atMs, page }: ExpectedPlace): string {
  if (page !== undefined) return formatSpan({ kind: "page", page });
  const start = startMs ?? atMs ?? during?.startMs;
  if (start === undefined) return "";
  const end = endMs ?? (atMs === undefined ? during?.endMs : undefined) ?? start;
  return formatSpan({ kind: "time", startMs: start, endMs: end });
}

function spanOf({ startMs, endMs, page }: Cited): string {
  if (page != null) return formatSpan({ kind: "page", page });
  return startMs == null ? "" : formatSpan({ kind: "time", startMs, endMs: endMs ?? startMs });
}
