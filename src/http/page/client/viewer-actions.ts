import { formatSpan, formatTimeCode } from "../../../media/time-code.ts";
import { mediaAddress } from "./api.ts";
import type { ItemDetail, Likeness, Place } from "./api-types.ts";
import type { DocumentView } from "./document-view.ts";
import { button, el, icon } from "./dom.ts";
import { feedbackButtons } from "./feedback.ts";
import type { Player } from "./player-view.ts";
import { say } from "./say.ts";

export type FindSimilar = (query: Likeness, label: string) => void;

/** The file in the viewer. */
export interface Shown {
  readonly id: string;
  readonly query: string;
  readonly player?: Player;
  readonly document?: DocumentView;
  /** What the buttons below the picture are about. */
  readonly place: Place;
}

/** What can be done with the moment that is shown. */
export function actionsOf(item: ItemDetail, shown: Shown, findSimilar: FindSimilar): HTMLElement {
  const { id, name } = item;
  const parts: Node[] = [];
  if (item.kind === "video") {
    const frame = () => {
      const timeMs = shown.player?.currentMs ?? 0;
      findSimilar({ image: { id, timeMs } }, say.results.likeFrame(name, formatTimeCode(timeMs)));
    };
    parts.push(button({}, frame, icon("similar"), say.viewer.similarFrame));
    parts.push(...clipActions(item, shown.place, findSimilar));
  }
  if (item.kind === "image") {
    const picture = () => findSimilar({ image: { id } }, say.results.likeFrame(name, ""));
    parts.push(button({}, picture, icon("similar"), say.viewer.similarPicture));
  }
  if (shown.query !== "") parts.push(feedbackButtons(shown.query, id, shown.place));
  return el("div", { class: "acts" }, ...parts);
}

function clipActions({ id, name }: ItemDetail, place: Place, findSimilar: FindSimilar): readonly Node[] {
  const { startMs } = place;
  if (startMs === undefined) return [];
  const endMs = Math.max(place.endMs ?? startMs, startMs + 500);
  const similar = () => {
    const span = formatSpan({ kind: "time", startMs, endMs });
    findSimilar({ clip: { id, startMs, endMs } }, say.results.likeFrame(name, span));
  };
  const address = mediaAddress(id, `/clip?t=${startMs / 1000},${endMs / 1000}`);
  return [
    button({}, similar, icon("similar"), say.viewer.similarClip),
    el("a", { class: "button", href: address, download: true }, icon("save"), say.viewer.save),
  ];
}
