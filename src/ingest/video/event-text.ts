import type { ActivityEvent } from "../../media/activity-event.ts";

/** An event in plain English, for search by words: "large red object enters from the bottom". */
export function eventText(event: ActivityEvent): string {
  if (event.kind === "camera-moves") return "camera moves";
  const object = `${event.size} ${event.colour} object`;
  const from = event.side === undefined ? "" : ` from the ${event.side}`;
  const to = (side: ActivityEvent["side"]) => (side === undefined ? "" : ` to the ${side}`);
  switch (event.kind) {
    case "enters":
      return `${object} enters${from}`;
    case "leaves":
      return `${object} leaves${to(event.side ?? event.towards)}`;
    case "moves":
      if (event.side !== undefined && event.side === event.towards) {
        return `${object} comes from the ${event.side} and goes back to the ${event.side}`;
      }
      return `${object} moves${from}${to(event.towards)}`;
    case "appears":
      return `${object} appears`;
    case "disappears":
      return `${object} disappears`;
  }
}
