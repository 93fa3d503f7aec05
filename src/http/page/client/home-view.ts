import { listMedia } from "./api.ts";
import { button, el, icon } from "./dom.ts";
import { fileGrid } from "./file-grid.ts";
import { mostFiles, refreshCount } from "./library-view.ts";
import { failureView } from "./notice.ts";
import { say } from "./say.ts";
import type { Viewing } from "./viewer.ts";

const mostRecent = 12;

export interface HomeView {
  readonly element: HTMLElement;
  enter(): Promise<void>;
}

/** What a person sees first: some things to try, and the newest of their own files. */
export function openHome(open: (viewing: Viewing) => void, attempt: (words: string) => void): HomeView {
  const examples = say.examples.list.map((words) =>
    el(
      "li",
      {},
      button({ class: "example" }, () => attempt(words), words),
    ),
  );
  const trying = el(
    "div",
    { class: "examples", hidden: true },
    el("span", { class: "quiet-text" }, say.examples.title),
    el("ul", {}, ...examples),
  );
  const recent = el("div", { class: "recent" });
  const element = el("section", { class: "home", "aria-label": say.recent }, trying, recent);
  return {
    element,
    enter: async () => {
      try {
        const items = await listMedia(mostFiles);
        void refreshCount();
        trying.hidden = items.length === 0;
        if (items.length === 0) return recent.replaceChildren(nothingYet());
        const newest = [...items].sort((a, b) => shownFirst(b) - shownFirst(a)).slice(0, mostRecent);
        recent.replaceChildren(el("h2", { class: "small-head" }, say.recent), fileGrid(newest, open));
      } catch (error) {
        const failure = failureView(error);
        if (failure) recent.replaceChildren(failure);
      }
    },
  };
}

/** Videos first, as they tell the most; then by date. */
function shownFirst({
  kind,
  takenAt,
  modifiedAt,
}: {
  kind: string;
  takenAt?: number;
  modifiedAt: number;
}): number {
  return (takenAt ?? modifiedAt) + (kind === "video" ? 1e15 : 0);
}

function nothingYet(): HTMLElement {
  return el(
    "div",
    { class: "nothing" },
    icon("folder"),
    el("h2", {}, say.errors.empty),
    el("p", {}, say.errors.emptyRemedy),
    el("a", { class: "button primary", href: "#library" }, say.library.indexTitle),
  );
}
