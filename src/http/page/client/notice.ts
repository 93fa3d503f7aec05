import { ApiFailure, isAbort } from "./api.ts";
import { button, byId, el, icon } from "./dom.ts";
import { say } from "./say.ts";

/** What went wrong and what can be done, in place; nothing for work that the person stopped. */
export function failureView(error: unknown): HTMLElement | undefined {
  if (isAbort(error)) return undefined;
  const known = error instanceof ApiFailure;
  const message = known ? error.message : say.errors.generic;
  const remedy = known ? error.remedy : say.errors.genericRemedy;
  return el(
    "div",
    { class: "failure", role: "alert" },
    icon("doubt"),
    el("div", {}, el("p", { class: "what" }, message), el("p", { class: "remedy" }, remedy)),
  );
}

/** The same at the top of the page, for what has no place of its own; it can be closed. */
export function showFailure(error: unknown): void {
  const view = failureView(error);
  const place = byId("notice", HTMLElement);
  if (!view) return;
  view.append(
    button({ class: "quiet", "aria-label": say.viewer.close }, () => place.replaceChildren(), icon("close")),
  );
  place.replaceChildren(view);
}

export function clearNotice(): void {
  byId("notice", HTMLElement).replaceChildren();
}
