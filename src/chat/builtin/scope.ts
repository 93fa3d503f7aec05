import { basename, dirname } from "node:path";
import type { Evidence } from "../../media/citation.ts";
import type { Question } from "./question.ts";
import { wordForms } from "./spelling.ts";

/** Names of scenes in which one would not look for a vehicle, or for a person. */
const indoors = [
  "room",
  "office",
  "kitchen",
  "hall",
  "desk",
  "table",
  "lobby",
  "bedroom",
  "房",
  "室",
  "厅",
  "厨",
  "桌",
];
const traffic = ["car", "cars", "traffic", "street", "road", "parking", "highway", "车", "街", "路"];

/** The picture itself is in every file. */
const anyFrame = new Set(["frame", "scene", "画面"]);

/** Recordings of a screen: windows and slides that come and go are neither. */
const recorded = ["screen", "screencast", "desktop", "slide", "talk", "lecture", "屏", "幻灯"];

export interface Scoped {
  readonly kept: readonly Evidence[];
  readonly leftOut: number;
  /** Places that the question names and no file with such a moment is named after. */
  readonly noPlace: readonly string[];
}

/**
 * Without a model that sees, a file's name is the only hint at its scene: "enter the room" keeps to files named after
 * a room where there are any, and a question about cars leaves out files named after one.
 */
export function scopeByName(evidence: readonly Evidence[], question: Question): Scoped {
  const asked = question.nouns.filter((noun) => noun.kind === "place" && !anyFrame.has(noun.word));
  const places = asked.flatMap((noun) => [noun.word, ...noun.also]);
  const inPlace = places.length > 0 ? evidence.filter((one) => isNamedAfter(one, places)) : [];
  if (inPlace.length > 0) return { kept: inPlace, leftOut: evidence.length - inPlace.length, noPlace: [] };
  const strangers = strangersTo(question);
  const real = strangers.length > 0 ? evidence.filter((one) => !isNamedAfter(one, recorded)) : evidence;
  const own = real.filter((one) => !isNamedAfter(one, strangers));
  const kept = own.length > 0 ? own : real;
  // Where cars drive is a road, whatever the file is called.
  const isClear = question.fileNames.length > 0 || question.nouns.some(({ kind }) => kind === "vehicle");
  const noPlace = isClear ? [] : asked.map(({ word }) => word);
  return { kept, leftOut: evidence.length - kept.length, noPlace };
}

function strangersTo({ nouns }: Question): readonly string[] {
  const kinds = new Set(nouns.map((noun) => noun.kind));
  if (kinds.has("vehicle") && !kinds.has("being")) return indoors;
  return kinds.has("being") && !kinds.has("vehicle") ? traffic : [];
}

/** The file's name, or the name of the folder it lies in, holds one of the words. */
function isNamedAfter({ path }: Pick<Evidence, "path">, words: readonly string[]): boolean {
  const name = `${basename(dirname(path))} ${basename(path)}`.toLowerCase();
  const parts = (name.match(/\p{Script=Han}+|[\p{Letter}]+/gu) ?? []).flatMap((part) => wordForms(part));
  return words.some((word) => (/\p{Script=Han}/u.test(word) ? name.includes(word) : parts.includes(word)));
}
