import { type SearchQuery, search } from "./api.ts";
import type { Hit, SearchAnswer, Why } from "./api-types.ts";
import { card, placeOf } from "./card.ts";
import { announce, button, el, icon } from "./dom.ts";
import { bestInstant, eventWords } from "./event-words.ts";
import { feedbackButtons } from "./feedback.ts";
import { failureView } from "./notice.ts";
import { say } from "./say.ts";
import { openVerdicts, type Verdicts } from "./verdicts.ts";
import type { Viewing } from "./viewer.ts";
import type { FindSimilar } from "./viewer-actions.ts";

export interface ResultsView {
  readonly element: HTMLElement;
  /** `label`: what was searched for, in words for a person. */
  find(query: SearchQuery, label: string, signal: AbortSignal): Promise<void>;
}

export interface ResultsActions {
  readonly open: (viewing: Viewing) => void;
  readonly findSimilar: FindSimilar;
}

interface HitActions extends ResultsActions {
  readonly verdicts: Verdicts;
}

/** The moments that a search found, best first; or what was examined in vain. */
export function openResults(actions: ResultsActions): ResultsView {
  const element = el("section", { class: "results", "aria-label": say.results.title });
  const verdicts = openVerdicts();
  return {
    element,
    find: async (query, label, signal) => {
      verdicts.startOver(query.text ?? "");
      element.replaceChildren(headOf(label, say.results.searching), waiting());
      element.setAttribute("aria-busy", "true");
      announce(say.results.searching);
      try {
        const answer = await search(query, signal);
        element.replaceChildren(...found(answer, label, { ...actions, verdicts }));
        announce(answer.hits.length > 0 ? say.results.count(answer.hits.length) : say.results.none);
      } catch (error) {
        const failure = failureView(error);
        element.replaceChildren(...(failure ? [failure] : []));
      } finally {
        element.setAttribute("aria-busy", "false");
      }
    },
  };
}

function headOf(label: string, count: string): HTMLElement {
  return el("div", { class: "section-head" }, el("h2", {}, label), el("p", { class: "quiet-text" }, count));
}

function waiting(): HTMLElement {
  const cards = Array.from({ length: 6 }, () =>
    el("li", { class: "card" }, el("span", { class: "still loading" })),
  );
  return el("ul", { class: "grid", "aria-hidden": "true" }, ...cards);
}

function found({ hits, coverage }: SearchAnswer, label: string, actions: HitActions): readonly Node[] {
  const { unknownWords } = coverage;
  const examined = el("p", { class: "quiet-text" }, say.results.examined(coverage));
  const unknown = el(
    "p",
    { class: "quiet-text" },
    unknownWords.length > 0 && say.results.unknownWords(unknownWords),
  );
  if (hits.length === 0) {
    const nothing = el(
      "div",
      { class: "nothing" },
      icon("search"),
      el("h2", {}, say.results.none),
      el("p", { class: "searched" }, label),
      examined,
      unknown,
      el("p", {}, say.results.noneHint),
    );
    return [nothing];
  }
  const cards = hits.map((hit) => hitCard(hit, hits, label, actions));
  const grid = el("ul", { class: "grid walk" }, ...cards);
  return [
    headOf(label, say.results.count(hits.length)),
    grid,
    el("div", { class: "coverage" }, examined, unknown),
  ];
}

function hitCard(hit: Hit, all: readonly Hit[], label: string, actions: HitActions): HTMLElement {
  const { verdicts } = actions;
  const { id, name, kind, startMs, endMs, event, text, why } = hit;
  const open = () =>
    actions.open({ ...hit, query: label, hits: all.filter((other) => other.id === id), play: true });
  const timeMs = startMs === undefined ? undefined : Math.round((startMs + (endMs ?? startMs)) / 2);
  const similar = () =>
    actions.findSimilar(
      { image: { id, ...(timeMs === undefined ? {} : { timeMs }) } },
      say.results.likeFrame(name, ""),
    );
  const more =
    kind === "video" || kind === "image"
      ? button(
          { class: "corner", "aria-label": likeWords(kind), title: likeWords(kind) },
          similar,
          icon("similar"),
        )
      : undefined;
  const below = feedbackButtons(label, id, hit);
  const said = event ? eventWords(event) : (markedText(why) ?? text);
  const verdict = verdicts.view(hit);
  const stillMs = bestInstant(hit, event);
  const shown = {
    ...placeOf(hit),
    id,
    name,
    kind,
    stillMs,
    why: whyWords(why),
    verdict,
    below,
    corner: more,
  };
  return card({ ...shown, ...(said ? { text: said } : {}) }, open);
}

/** "written in the picture · looks like it" */
function whyWords({ sources }: Why): string {
  return sources.map((source) => say.sources[source]).join(" · ");
}

/** The piece of text that holds the words, with the words marked. */
function markedText({ snippet }: Why): Node | undefined {
  if (!snippet) return undefined;
  const { text, marks } = snippet;
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(end, from), el("mark", {}, text.slice(from, to)));
    end = to;
  }
  return el("span", {}, ...parts, text.slice(end));
}

function likeWords(kind: Hit["kind"]): string {
  return kind === "video" ? say.viewer.similarFrame : say.viewer.similarPicture;
}
