import { ApiFailure, isRecord, type SearchQuery } from "./api.ts";
import type { Likeness } from "./api-types.ts";
import { openAsk } from "./ask-view.ts";
import { openBox, type Wanted } from "./box.ts";
import { button, byId, el } from "./dom.ts";
import { takeDroppedFiles } from "./drop.ts";
import { openHome } from "./home-view.ts";
import { openLibraryView, refreshCount } from "./library-view.ts";
import { clearNotice, showFailure } from "./notice.ts";
import { isQuestionLike } from "./question-like.ts";
import { openResults } from "./results-view.ts";
import {
  likeHash,
  likenessOf,
  parseRoute,
  placeOfRoute,
  type Route,
  searchHash,
  type ViewName,
} from "./route.ts";
import { say } from "./say.ts";
import { listenForShortcuts } from "./shortcuts.ts";
import { openViewer, type Viewing } from "./viewer.ts";

/** A person looks at the first few closely: their bounds are made exact. */
const asked = { limit: 24, refine: 3 } as const;
const wide = matchMedia("(min-width: 1100px)");

/** The work at hand: a search or a question; a new one stops the old. */
let work: AbortController | undefined;

const findSimilar = (query: Likeness, label: string) => {
  if (!wide.matches) viewer.close();
  // The words for it stay with the entry of the history, over a reload too.
  history.pushState({ label }, "", likeHash(query));
  follow();
};
const viewer = openViewer(byId("viewer", HTMLElement), findSimilar);
const open = (viewing: Viewing) => {
  for (const old of document.querySelectorAll(".open.current")) old.classList.remove("current");
  if (document.activeElement?.matches(".card .open")) document.activeElement.classList.add("current");
  void viewer.open(viewing);
};
const results = openResults({ open, findSimilar });
const conversation = openAsk(open);
const fresh = button({ class: "fresh" }, () => startOver(), say.ask.fresh);
const asking = el("div", {}, conversation.element, el("div", { class: "after" }, fresh));
const library = openLibraryView(open);
const home = openHome(open, (words) => {
  box.setWords(words);
  if (isQuestionLike(words)) ask({ words, thinking: "off" });
  else location.hash = searchHash(words, undefined);
});
const views: Readonly<Record<ViewName, HTMLElement>> = {
  home: home.element,
  search: results.element,
  ask: asking,
  library: library.element,
};

const box = openBox({
  search: (wanted) => searchFor(wanted),
  ask: (wanted) => ask(wanted),
  stop: () => work?.abort(),
  kindChanged: () => {
    const route = parseRoute(location.hash);
    const kind = new FormData(byId("box", HTMLFormElement)).get("kind");
    if (route.words) location.hash = searchHash(route.words, kind === "all" ? undefined : String(kind));
  },
});

/** `about`: what the page shows, for tabs, bookmarks and the history. */
function show(view: ViewName, about = view === "library" ? say.library.title : ""): void {
  clearNotice();
  document.title = about ? `${about} – ${say.title}` : say.title;
  document.body.dataset.view = view;
  for (const [name, element] of Object.entries(views)) element.hidden = name !== view;
  byId("library-link", HTMLElement).setAttribute("aria-current", view === "library" ? "page" : "false");
  box.setFollowUp(view === "ask" && conversation.isOngoing);
  if (view !== "library") library.leave();
}

function startWork(): AbortController {
  work?.abort();
  work = new AbortController();
  return work;
}

function runSearch(query: SearchQuery, label: string): void {
  const { signal } = startWork();
  if (location.hash !== "#results" && !parseRoute(location.hash).words)
    history.pushState(null, "", "#results");
  show("search", label);
  void results.find(query, label, signal);
}

function searchFor({ words, kind, file }: Wanted): void {
  viewer.close();
  const hash = searchHash(words, kind);
  if (!file && location.hash !== hash) {
    location.hash = hash;
    return;
  }
  const label = [words, file?.name].filter(Boolean).join(" + ");
  runSearch(
    {
      ...asked,
      ...(words ? { text: words } : {}),
      ...(kind ? { kind } : {}),
      ...(file ? { file } : {}),
    },
    label,
  );
}

function ask({ words, thinking, file }: Wanted): void {
  const { signal } = startWork();
  if (!wide.matches) viewer.close();
  if (location.hash !== "#ask") history.pushState(null, "", "#ask");
  show("ask", words);
  box.setWords("");
  box.detach();
  box.setRunning(true);
  fresh.hidden = true;
  void conversation.ask({ question: words, thinking, ...(file ? { file } : {}) }, signal).finally(() => {
    if (work?.signal !== signal) return;
    box.setRunning(false);
    fresh.hidden = false;
    box.setFollowUp(document.body.dataset.view === "ask" && conversation.isOngoing);
  });
}

function startOver(): void {
  work?.abort();
  conversation.clear();
  viewer.close();
  location.hash = "";
  box.setWords("");
  box.detach();
  box.focus();
}

/** Shows what the address says: at the start, on the back button, and when a part of the page changed it. */
function follow(): void {
  const route = routeHere();
  const alike = likenessOf(route);
  const label = route.words ?? (alike && labelOf(alike));
  show(route.view, label);
  if (route.view === "library") {
    viewer.close();
    void library.enter();
  }
  if (route.view === "home") {
    viewer.close();
    void home.enter();
  }
  if (label !== undefined) findAgain(route, label);
  if (route.media) {
    const place = placeOfRoute(route);
    const hits = place.endMs === undefined ? [] : [{ ...place, text: say.viewer.linked }];
    open({ id: route.media, ...place, query: "", hits, play: false });
  }
}

/** Results of a person's own file and answers live in this window alone: after a reload the start is shown for them. */
function routeHere(): Route {
  const wanted = parseRoute(location.hash);
  const { view, words, like } = wanted;
  const isFound = view !== "search" || words !== undefined || like !== undefined;
  const isHere = view === "ask" ? conversation.isOngoing : isFound;
  if (isHere || work !== undefined) return wanted;
  history.replaceState(null, "", "/");
  return parseRoute("");
}

function findAgain(route: Route, label: string): void {
  const { words, kind } = route;
  if (words) {
    viewer.close();
    box.setKind(kind);
  }
  box.setWords(words ?? "");
  const { signal } = startWork();
  box.setRunning(false);
  const query = words ? { text: words, ...(kind ? { kind } : {}) } : likenessOf(route);
  void results.find({ ...query, ...asked }, label, signal);
}

/** What the person chose by its name; of an address from elsewhere, what it asks for. */
function labelOf({ image, clip }: Likeness): string {
  const state: unknown = history.state;
  if (isRecord(state) && typeof state.label === "string") return state.label;
  if (clip) return say.viewer.similarClip;
  return image?.timeMs === undefined ? say.viewer.similarPicture : say.viewer.similarFrame;
}

takeDroppedFiles((file) => {
  if (!box.attach(file)) return showFailure(new ApiFailure("unsupported", say.box.notMedia, say.box.attach));
  const words = byId("words", HTMLInputElement).value.trim();
  // In a conversation, or beside words, it waits for what the person wants of it.
  if (words === "" && document.body.dataset.view !== "ask") searchFor({ words, file, thinking: "off" });
  else box.focus();
});
listenForShortcuts({
  focusBox: () => box.focus(),
  togglePlay: () => viewer.togglePlay(),
  escape: () => {
    const running = !byId("stop", HTMLElement).hidden;
    if (running) work?.abort();
    else if (viewer.isOpen) {
      viewer.close();
      document.querySelector<HTMLElement>(".open.current")?.focus();
    } else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  },
});
byId("stream", HTMLElement).append(...Object.values(views));
addEventListener("hashchange", follow);
addEventListener("popstate", () => {
  if (location.hash === "#results" || location.hash === "#ask") follow();
});
follow();
if (document.body.dataset.view === "search") void refreshCount();
