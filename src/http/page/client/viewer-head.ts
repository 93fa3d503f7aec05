import { formatTimeCode } from "../../../media/time-code.ts";
import type { ItemDetail } from "./api-types.ts";
import { button, el, icon } from "./dom.ts";
import { hasPagePictures } from "./kind.ts";
import { say } from "./say.ts";

export function closeButton(close: () => void): HTMLElement {
  return button(
    { class: "quiet close", "aria-label": say.viewer.close, title: `${say.viewer.close} (Esc)` },
    close,
    icon("close"),
  );
}

/** The name of a file and what it says about itself. */
export function headOf(item: ItemDetail, close: () => void): HTMLElement {
  const heading = el("h2", { tabindex: -1 }, item.name);
  return el(
    "div",
    { class: "head" },
    el("div", {}, heading, el("p", { class: "facts" }, factsOf(item))),
    closeButton(close),
  );
}

function factsOf(item: ItemDetail): string {
  const { facts } = say.library;
  const taken =
    item.takenAt === undefined
      ? undefined
      : new Date(item.takenAt).toLocaleDateString(navigator.language, {
          dateStyle: "medium",
          timeZone: "UTC",
        });
  return [
    item.title === item.name ? undefined : item.title,
    item.durationMs === undefined ? undefined : formatTimeCode(item.durationMs),
    item.pages === undefined || !hasPagePictures(item.name) ? undefined : facts.pages(item.pages),
    item.width === undefined ? undefined : `${item.width} × ${item.height}`,
    facts.bytes(item.bytes),
    taken === undefined ? undefined : say.viewer.taken(taken),
    item.placeName,
  ]
    .filter((fact) => fact !== undefined && fact !== "")
    .join(" · ");
}
