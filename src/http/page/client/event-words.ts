import type { ItemEvent } from "./api-types.ts";
import { say } from "./say.ts";

/** "Something red enters from the left". */
export function eventWords({ kind, colour, side, from, towards }: ItemEvent): string {
  const words = say.events;
  const thing = words.thing(words.colours[colour] ?? "");
  const sideOf = (name: string | undefined) => (name === undefined ? "" : (words.sides[name] ?? name));
  if (kind === "enters") return words.enters(thing, sideOf(from ?? side));
  if (kind === "leaves") return words.leaves(thing, sideOf(towards ?? side));
  if (kind === "camera-moves") return words["camera-moves"]();
  return words[kind](thing);
}
