import type { PictureSide } from "../../media/activity-event.ts";
import { anyone } from "./anyone.ts";
import type { EventWish } from "./lexicon.ts";
import type { Noun, Question } from "./question.ts";

/** Kinds that people say for whatever moves there; narrower ones ("bus", "dog") are not taken for granted. */
const usual = new Set(
  "car cars vehicle vehicles traffic automobile person people persons human 车 车辆 汽车 小车 轿车 人们 行人".split(
    " ",
  ),
);

/** Nouns of the question that stand for something that moves by itself. */
export function moversIn(question: Question): readonly Noun[] {
  return question.nouns.filter(({ kind }) => kind === "mover" || kind === "being" || kind === "vehicle");
}

/** "Who is in the room?", "is the kitchen empty?": a place, and nothing else to look for, means what moves in it. */
export function asksWhoIsThere(question: Question): boolean {
  const { asksWho, asksNobody, nouns, unknown, quoted } = question;
  const isOfPlace = nouns.every(({ kind }) => kind === "place" || kind === "being" || kind === "mover");
  return (asksWho || asksNobody) && isOfPlace && unknown.length + quoted.length === 0;
}

/** Kinds of mover that an answer must own up to not being able to tell. */
export function namedKinds(question: Question): readonly string[] {
  return moversIn(question)
    .filter(({ kind, word }) => kind !== "mover" && !anyone.has(word))
    .map(({ word }) => word);
}

/** Of those, the narrow ones: "bus", "dog", "woman". */
function narrowKinds(question: Question): readonly string[] {
  return namedKinds(question).filter((word) => !usual.has(word));
}

/** What to look for. Something that is put down or comes back did not cross the picture's edge by itself. */
export function wishOf(question: Question): EventWish {
  const { event, nouns } = question;
  if (event === undefined || event === "moves") return "visits";
  const crosses = question.sides.length === 2 && /\bfrom\b.*\bto\b|从.*[到往向]/i.test(question.text);
  if (crosses && (event === "enters" || event === "leaves")) return "visits";
  const isThing = moversIn(question).length === 0 && nouns.some(({ kind }) => kind === "thing");
  if (isThing && event === "visits") return "appears";
  return event;
}

/** Where from and where to, as far as the question says. For what enters or leaves there is one side only. */
export function waysOf(question: Question): { readonly side?: PictureSide; readonly towards?: PictureSide } {
  const [first, second] = question.sides;
  if (!first) return {};
  const isWhole = wishOf(question) === "visits" || wishOf(question) === "any";
  if (second) return isWhole ? { side: first, towards: second } : {};
  const goal = /\b(?:to|towards?)\s+(?:the\s+)?(?:left|right|top|bottom)|[往向朝到](?:画面)?[左右上下]/i.test(
    question.text,
  );
  return goal && isWhole ? { towards: first } : { side: first };
}

/**
 * Kinds that the answer must decline to confirm: narrow ones always, and any kind where the question is only
 * whether there is one ("is there a car?").
 */
export function kindsInDoubt(question: Question): readonly string[] {
  const narrow = narrowKinds(question);
  if (narrow.length > 0) return narrow;
  const bare = question.ask === "exists" && question.event === undefined && question.colours.length === 0;
  return bare ? namedKinds(question) : [];
}
