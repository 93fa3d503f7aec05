import type { ItemEvent, Place } from "./api-types.ts";
import { say } from "./say.ts";

/** A coming or going lasts so long at most; longer stretches are whole stays. */
const longestCrossing = 3_000;

/** When an event is best seen: at its end who comes is wholly there, at its start who goes still is. */
export function bestInstant({ startMs, endMs }: Place, event: ItemEvent | undefined): number | undefined {
  if (startMs === undefined || endMs === undefined || !event) return undefined;
  if (endMs - startMs > longestCrossing) return undefined;
  if (event.kind === "enters" || event.kind === "appears") return endMs;
  return event.kind === "leaves" || event.kind === "disappears" ? startMs : undefined;
}

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
