import { stillAddress } from "./api.ts";
import type { ItemDetail, ItemSegment } from "./api-types.ts";
import { button, el, icon } from "./dom.ts";
import { hasPagePictures } from "./kind.ts";
import { say } from "./say.ts";

export interface DocumentView {
  readonly element: HTMLElement;
  show(page: number): void;
}

/** A document at a page: as a picture with its text below, or, where it has no pictures, as its whole text. */
export function openDocument(item: ItemDetail, page: number): DocumentView {
  return hasPagePictures(item.name) ? pagedView(item, page) : textView(item, page);
}

function pagedView(item: ItemDetail, page: number): DocumentView {
  const pages = item.pages ?? Math.max(1, ...item.segments.map((segment) => segment.page ?? 1));
  let current = 0;
  const picture = el("img", { class: "sheet", alt: "" });
  const text = el("div", {
    class: "page-text",
    tabindex: 0,
    role: "group",
    "aria-label": say.viewer.pageText,
  });
  const number = el("span", { class: "page-number", "aria-live": "polite" });
  const step = (by: number) => show(Math.min(pages, Math.max(1, current + by)));
  const turn = (by: number, label: string) => button({ class: "quiet", "aria-label": label }, () => step(by));
  const previous = turn(-1, say.viewer.previousPage);
  const next = turn(1, say.viewer.nextPage);
  previous.append(icon("back"));
  next.append(icon("next"));

  const show = (wanted: number) => {
    if (wanted === current) return;
    current = wanted;
    picture.src = stillAddress("document", item.id, { page: wanted }, 1400) ?? "";
    picture.alt = `${item.name}, ${say.viewer.page(wanted, pages)}`;
    number.textContent = say.viewer.page(wanted, pages);
    previous.disabled = wanted <= 1;
    next.disabled = wanted >= pages;
    const said = readable(item).filter((segment) => segment.page === wanted);
    text.replaceChildren(...new Set(said.map((segment) => segment.text.trim())));
    text.hidden = said.length === 0;
  };
  show(page);
  const pager = el("div", { class: "pager" }, previous, number, next);
  const paper = el("div", { class: "paper" }, picture);
  return { element: el("div", { class: "document" }, pages > 1 && pager, paper, text), show };
}

function textView(item: ItemDetail, page: number): DocumentView {
  const parts = readable(item).map((segment) => ({
    page: segment.page ?? 1,
    element: el("p", {}, segment.text.trim()),
  }));
  const show = (wanted: number) => {
    for (const part of parts) part.element.classList.toggle("here", part.page === wanted && parts.length > 1);
  };
  show(page);
  const text = el(
    "div",
    { class: "page-text whole", tabindex: 0, role: "group", "aria-label": item.name },
    ...parts.map(({ element }) => element),
  );
  return { element: el("div", { class: "document" }, text), show };
}

function readable({ segments }: ItemDetail): readonly (ItemSegment & { readonly text: string })[] {
  return segments.flatMap((segment) =>
    segment.source !== "metadata" && segment.text?.trim() ? [{ ...segment, text: segment.text }] : [],
  );
}
