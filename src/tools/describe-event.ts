import type { ActivityEvent } from "../media/activity-event.ts";

/** "large red object enters from the bottom": an event in plain words for a model. */
export function describeEvent({ kind, size, colour, side, towards }: ActivityEvent): string {
  if (kind === "camera-moves") return "the camera moves";
  const object = `${size} ${colour} object`;
  if (kind === "enters") return side ? `${object} enters from the ${side}` : `${object} enters`;
  if (kind === "leaves") return side ? `${object} leaves to the ${side}` : `${object} leaves`;
  if (kind !== "moves") return `${object} ${kind}`;
  const from = side ? ` from the ${side}` : "";
  const to = towards ? ` to the ${towards}` : "";
  return from === "" && to === "" ? `${object} moves` : `${object} passes${from}${to}`;
}
