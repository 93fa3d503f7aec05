import type { PictureSide } from "../../media/activity-event.ts";
import type { Evidence } from "../../media/citation.ts";
import type { EventWish } from "./lexicon.ts";
import { wishOf } from "./movers.ts";
import type { Situation } from "./situation.ts";
import { place } from "./wording.ts";

/** Where something happened, and what the question leaves open about it. */
export function momentLine(one: Evidence, situation: Situation): string {
  return `${place(one)}${details(one, situation)}`;
}

/** A way from one side to another stands behind each place; it is no choice of sides. */
export function sidesOf(question: Situation["question"]): readonly PictureSide[] {
  return question.sides.length > 1 && wishOf(question) === "visits" ? [] : question.sides;
}

/** What a line says behind the place: colour, way, and how long, where the question leaves it open. */
function details(one: Evidence, { question, words }: Situation): string {
  const { event } = one;
  if (!event || event.kind === "camera-moves") return "";
  const what: EventWish = wishOf(question);
  if (what === "any")
    return `${words.colon}${words.event(event.kind, event.colour, event.side, event.towards)}`;
  const lasts =
    question.ask === "how-long" ? words.lasts(((event.endMs - event.startMs) / 1000).toFixed(1)) : "";
  const way = words.way(event.kind === "leaves" ? undefined : event.side, event.towards);
  const parts = [words.colour(event.colour), way, lasts].filter(Boolean);
  return words.details(parts);
}
