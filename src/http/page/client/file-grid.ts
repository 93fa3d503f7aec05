import { formatTimeCode } from "../../../media/time-code.ts";
import type { Item } from "./api-types.ts";
import { card } from "./card.ts";
import { el } from "./dom.ts";
import { hasPagePictures } from "./kind.ts";
import { say } from "./say.ts";
import type { Viewing } from "./viewer.ts";

/** Files as a grid of pictures; opening one shows it from its start. */
export function fileGrid(items: readonly Item[], open: (viewing: Viewing) => void): HTMLElement {
  const cards = items.map((item) =>
    card({ id: item.id, name: item.name, kind: item.kind, text: lengthOf(item) }, () =>
      open({ id: item.id, query: "", hits: [], play: false }),
    ),
  );
  return el("ul", { class: "grid files walk" }, ...cards);
}

function lengthOf({ name, durationMs, pages, takenAt, bytes }: Item): string {
  const { facts } = say.library;
  if (durationMs !== undefined) return formatTimeCode(durationMs);
  if (pages !== undefined && hasPagePictures(name)) return facts.pages(pages);
  if (takenAt === undefined) return facts.bytes(bytes);
  return new Date(takenAt).toLocaleDateString(navigator.language, {
    dateStyle: "medium",
    timeZone: "UTC",
  });
}
