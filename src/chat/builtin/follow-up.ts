import type { Evidence } from "../../media/citation.ts";
import type { Language } from "../../messages/messages.ts";
import { citedIn, evidenceOf, type Round } from "./history.ts";
import { type Question, readQuestion } from "./question.ts";

/** A question in its conversation. */
export interface Understood {
  readonly question: Question;
  /** What "it", "them", "there" stand for: what the last answer with findings cited. */
  readonly basis: readonly Evidence[];
}

const elliptical =
  /^\s*(?:and|or|what about|how about|but)\b|^\s*in\s+\S+\s*[??]?\s*$|^(?:那|还有|那么)|呢\s*[??]?\s*$/i;

/** Reads the last question with those before it: "and the blue one?" takes over what was asked before. */
export function understand(rounds: readonly Round[], now: Date): Understood | undefined {
  const known = new Map<string, Evidence>();
  /** What each answered round started from, and what it cited. */
  const bases: (readonly Evidence[])[] = [];
  let last: Understood | undefined;
  for (const round of rounds) {
    const own = readQuestion(round.question, now, last?.question.language ?? "en");
    const isPart = last !== undefined && takesOver(own, last.question);
    const question = isPart && last ? merge(last.question, own) : ofThem(own, bases);
    const basis = isPart && last && last.basis.length > 0 ? last.basis : basisFor(question, bases);
    last = { question, basis };
    for (const evidence of evidenceOf(round)) known.set(evidence.handle, evidence);
    const cited = citedIn(round, known);
    if (cited.length > 0) bases.push(cited);
  }
  return last;
}

/** "Which one is red?" right after a list of moving things means one of them, as "which of them" does. */
function ofThem(own: Question, bases: readonly (readonly Evidence[])[]): Question {
  return chooses(own, bases.at(-1) ?? []) ? { ...own, refers: "them" } : own;
}

function chooses(own: Question, listed: readonly Evidence[]): boolean {
  const isBare = own.nouns.length + own.unknown.length + own.quoted.length + own.fileNames.length === 0;
  const isWhich = own.ask === "which" && own.colours.length > 0 && own.event === undefined;
  if (!isBare || !isWhich || own.kind || own.refers || own.ordinal || own.relation || own.date) return false;
  return listed.length > 1 && listed.every(({ event }) => event !== undefined);
}

/** The last that was cited; "the third one" means the last list that has three, "of them" the last that has two. */
function basisFor(
  { ordinal = 1, refers }: Question,
  bases: readonly (readonly Evidence[])[],
): readonly Evidence[] {
  const least = refers === "them" ? Math.max(2, ordinal) : Math.max(1, ordinal);
  return bases.findLast((basis) => basis.length >= least) ?? bases.at(-1) ?? [];
}

/** True for a question that only changes a part of the last one. */
function takesOver(own: Question, last: Question): boolean {
  if (!elliptical.test(own.text) || own.relation || own.refers || own.event) return false;
  const asksAnew = own.asks.some((ask) => ask !== "what" && ask !== "about");
  const anotherNumber = own.ordinal !== undefined && last.ordinal !== undefined;
  const changes =
    anotherNumber ||
    own.fileNames.length > 0 ||
    own.colours.length > 0 ||
    own.sides.length > 0 ||
    own.date ||
    own.kind ||
    own.nouns.length > 0;
  const ownTopic = own.unknown.length > 0 && last.terms.length === 0;
  return !asksAnew && !ownTopic && (Boolean(changes) || own.unknown.length > 0);
}

function merge(last: Question, own: Question): Question {
  const { anchor: _, ordinal: __, ...kept } = last;
  const newNouns = own.nouns.filter((noun) => noun.kind !== "mover" || last.nouns.length === 0);
  const topic = own.unknown.length > 0 || newNouns.length > 0;
  const language: Language = own.language;
  return {
    ...kept,
    text: own.text,
    language,
    ...(own.colours.length > 0 ? { colours: own.colours } : {}),
    ...(own.sides.length > 0 ? { sides: own.sides } : {}),
    ...(own.date ? { date: own.date } : {}),
    ...(own.kind ? { kind: own.kind } : {}),
    ...(own.fileNames.length > 0 ? { fileNames: own.fileNames } : {}),
    ...(own.ordinal ? { ordinal: own.ordinal } : {}),
    ...(topic ? { nouns: newNouns, terms: own.terms, query: own.query, unknown: own.unknown } : {}),
  };
}
