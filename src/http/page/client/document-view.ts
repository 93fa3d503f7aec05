import { stillAddress } from "./api.ts";
import type { ItemDetail } from "./api-types.ts";
import { button, el, icon } from "./dom.ts";
import { say } from "./say.ts";

export interface DocumentView {
  readonly element: HTMLElement;
  show(page: number): void;
}

/** One page of a document as a picture, its text below; a document without pages shows its text alone. */
export function openDocument(item: ItemDetail, page: number): DocumentView {
  const pages = item.pages ?? Math.max(1, ...item.segments.map((segment) => segment.page ?? 1));
  let current = 0;
  const picture = el("img", { class: "sheet", alt: "" });
  const sheet = el("div", { class: "paper" }, picture);
  picture.addEventListener("error", () => {
    sheet.hidden = true;
  });
  picture.addEventListener("load", () => {
    sheet.hidden = false;
  });
  const text = el("div", { class: "page-text" });
  const number = el("span", { class: "page-number", "aria-live": "polite" });
  const step = (by: number) => show(Math.min(pages, Math.max(1, current + by)));
  const previous = button(
    { class: "quiet", "aria-label": say.viewer.previousPage },
    () => step(-1),
    icon("back"),
  );
  const next = button({ class: "quiet", "aria-label": say.viewer.nextPage }, () => step(1), icon("next"));

  const show = (wanted: number) => {
    if (wanted === current) return;
    current = wanted;
    picture.src = stillAddress("document", item.id, { page: wanted }, 1400) ?? "";
    picture.alt = `${item.name}, ${say.viewer.page(wanted, pages)}`;
    number.textContent = say.viewer.page(wanted, pages);
    previous.disabled = wanted <= 1;
    next.disabled = wanted >= pages;
    text.replaceChildren(...textOf(item, wanted).map((line) => el("p", {}, line)));
  };
  show(page);
  const pager = el("div", { class: "pager" }, previous, number, next);
  return { element: el("div", { class: "document" }, pages > 1 && pager, sheet, text), show };
}

function textOf(item: ItemDetail, page: number): readonly string[] {
  const inside = item.segments.filter(
    (segment) => segment.source !== "metadata" && (segment.page === undefined || segment.page === page),
  );
  return [...new Set(inside.flatMap((segment) => (segment.text?.trim() ? [segment.text.trim()] : [])))];
}
