import { answerAmount } from "./bills.ts";
import { answerClip } from "./clips.ts";
import { answerContents, asksForContents } from "./contents.ts";
import { answerEarlier } from "./earlier.ts";
import type { Understood } from "./follow-up.ts";
import type { NounKind } from "./lexicon.ts";
import { answerLibrary } from "./library.ts";
import { answerMoments } from "./moments.ts";
import { asksWhoIsThere, moversIn } from "./movers.ts";
import { answerPlace } from "./places.ts";
import type { Question } from "./question.ts";
import { answerReading } from "./reading.ts";
import { answerSearch } from "./search.ts";
import { answerSequence } from "./sequence.ts";
import type { Handler } from "./situation.ts";
import { answerSpeech } from "./speech.ts";

type Rule = readonly [applies: (understood: Understood) => boolean, handler: Handler];

/** Says what kind of question it is by who answers it: the first rule that applies. */
export function routeOf(understood: Understood): Handler {
  return rules.find(([applies]) => applies(understood))?.[1] ?? greet;
}

const hasBasis = ({ basis }: Understood) => basis.length > 0;
const rules: readonly Rule[] = [
  [
    ({ question }) => question.ask === "help" || (question.ask === "greeting" && isBare(question)),
    (s) => greet(s),
  ],
  [({ question }) => question.relation !== undefined && question.anchor !== undefined, answerSequence],
  [(u) => u.question.relation !== undefined && leansOnEarlier(u.question) && hasBasis(u), answerSequence],
  [({ question }) => isPlace(question), answerPlace],
  [(u) => leansAlone(u.question) && hasBasis(u), answerEarlier],
  [({ question }) => leansAlone(question), (s) => unclear(s)],
  [({ question }) => asksForContents(question), answerContents],
  [({ question }) => question.ask === "clip", answerClip],
  [({ question }) => isText(question) && isAmount(question), answerAmount],
  [({ question }) => isText(question) && isSearchOfText(question), answerSearch],
  [({ question }) => isText(question) && isReading(question), answerReading],
  [({ question }) => isText(question), answerSpeech],
  [({ question }) => asksWhoIsThere(question) && !isOfFiles(question), answerMoments],
  [({ question }) => moversIn(question).length > 0 && !isOfFiles(question), answerMoments],
  [({ question }) => isOfLibrary(question), answerLibrary],
  [({ question }) => isHappening(question), answerMoments],
  [({ question }) => hasTopic(question), answerSearch],
  [({ question }) => question.atMs !== undefined, answerMoments],
  [({ question }) => question.fileNames.length > 0 && question.ask === "what", answerSpeech],
  [({ question }) => question.fileNames.length > 0 || asksForFiles(question), answerLibrary],
];

const greet: Handler = ({ question, words }) => ({
  answer: question.ask === "greeting" ? `${words.greeting}\n${words.help}` : words.help,
});
const unclear: Handler = ({ words }) => ({ answer: words.noEarlier });

/** Nothing to look for by itself: only a reference, a number, or an order in time. */
function leansOnEarlier(question: Question): boolean {
  if (question.fileNames.length > 0 || question.quoted.length > 0 || question.unknown.length > 0)
    return false;
  // "Who enters the room first?" names what it means.
  const isNamed = question.event !== undefined && question.refers === undefined && has(question, "place");
  if (isNamed) return false;
  const isReferring =
    question.refers !== undefined || question.ordinal !== undefined || question.relation !== undefined;
  const ownNouns = question.nouns.filter(({ kind }) => kind !== "mover" && kind !== "place");
  const readsThere = question.refers === "there" && ownNouns.every(({ kind }) => kind === "writing");
  return isReferring && (ownNouns.length === 0 || readsThere) && question.kind === undefined;
}

/** "What else happens there?" keeps the file and asks anew. */
function isAboutThere(question: Question): boolean {
  return question.refers === "there" && (question.event !== undefined || moversIn(question).length > 0);
}

function isBare({ nouns, unknown, event, kind, fileNames }: Question): boolean {
  return nouns.length + unknown.length + fileNames.length === 0 && event === undefined && kind === undefined;
}

function leansAlone(question: Question): boolean {
  return leansOnEarlier(question) && !isAboutThere(question);
}

function isPlace(question: Question): boolean {
  const { ask, kind, fileNames, text } = question;
  if (ask !== "where") return false;
  const isTaken = /\btaken\b|\btook\b|\bshot\b|拍/i.test(text);
  return (
    kind === "image" || (isTaken && (kind !== undefined || fileNames.length > 0 || leansOnEarlier(question)))
  );
}

const has = ({ nouns }: Question, ...kinds: readonly NounKind[]) =>
  nouns.some(({ kind }) => kinds.includes(kind));

/** Something that is read or heard, and not seen moving. */
function isText(question: Question): boolean {
  const { ask, page, kind } = question;
  if (page !== undefined || isAmount(question)) return true;
  if (ask === "say" || ask === "read" || ask === "about") return true;
  if (kind === "image" || kind === "video") return false;
  const asksForIt = ask === "what" || ask === "when" || ask === "where" || ask === "find";
  return asksForIt && has(question, "writing", "paper", "speech");
}

function isAmount(question: Question): boolean {
  const { ask, asksAmount, asksPrice, fileNames } = question;
  if (has(question, "paper")) return ask === "how-much" || asksAmount;
  return ask === "how-much" && (asksPrice || fileNames.length > 0);
}

function isSearchOfText({ ask }: Question): boolean {
  return ask === "when" || ask === "where" || ask === "find";
}

function isReading(question: Question): boolean {
  const { ask, fileNames, page } = question;
  if (has(question, "writing") || page !== undefined) return true;
  if (has(question, "speech")) return false;
  return ask === "read" || (ask === "say" && fileNames.length > 0) || has(question, "paper");
}

/** Pictures and documents as such, in which nothing moves. */
function isOfFiles({ kind }: Question): boolean {
  return kind === "image" || kind === "document" || kind === "audio";
}

function hasTopic({ unknown, nouns, quoted, colours }: Question): boolean {
  return unknown.length + nouns.length + quoted.length + colours.length > 0;
}

function isOfLibrary(question: Question): boolean {
  const { ask, rank, kind, fileNames } = question;
  if (ask === "compare" || (rank && (kind || fileNames.length > 0))) return true;
  if (ask === "how-long" && fileNames.length > 0) return true;
  return question.asks.includes("list") && !hasTopic(question);
}

function isHappening(question: Question): boolean {
  const { event, unknown } = question;
  return event !== undefined && !isOfFiles(question) && (unknown.length === 0 || has(question, "thing"));
}

function asksForFiles({ kind, date, ask }: Question): boolean {
  return kind !== undefined || date !== undefined || ask === "how-many" || ask === "which" || ask === "list";
}
