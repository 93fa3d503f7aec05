import { answerView, stepsView } from "./answer-view.ts";
import type { Question } from "./api.ts";
import type { Source } from "./api-types.ts";
import { attachmentView } from "./attachment.ts";
import { card, placeOf, placeWords, verdictOf } from "./card.ts";
import { el } from "./dom.ts";
import { bestInstant, eventWords } from "./event-words.ts";
import { feedbackButtons } from "./feedback.ts";
import { say } from "./say.ts";
import type { TurnState } from "./turn-state.ts";
import type { Viewing } from "./viewer.ts";

export interface TurnView {
  readonly element: HTMLElement;
  show(state: TurnState): void;
}

/** A question and its answer, which grows while it streams; thoughts and steps stay folded until they are wanted. */
export function openTurn(
  { question, file }: Pick<Question, "question" | "file">,
  open: (viewing: Viewing) => void,
): TurnView {
  const thoughts = el("div", { class: "thoughts" });
  const thoughtsFold = el("details", { hidden: true }, el("summary", {}, say.ask.thoughts), thoughts);
  const stepsSummary = el("summary");
  const steps = el("ol", { class: "steps" });
  const stepsFold = el("details", { hidden: true }, stepsSummary, steps);
  const working = el("p", { class: "working" }, el("span", { class: "pulse" }), say.ask.working);
  const answer = el("div", { class: "answer" });
  const warnings = el("div", { class: "warnings" });
  const sources = el("ul", { class: "grid walk sources", "aria-label": say.ask.sources });
  const element = el(
    "article",
    { class: "turn", "aria-busy": "true" },
    el("h2", { class: "question" }, el("span", { class: "hidden" }, `${say.ask.you}: `), question),
    file && el("p", { class: "attachment" }, ...attachmentView(file)),
    el("div", { class: "folds" }, thoughtsFold, stepsFold),
    answer,
    working,
    warnings,
    sources,
  );
  const openSource = (source: Source | undefined, all: readonly Source[]) => {
    if (!source) return;
    const hits = all.filter(({ id }) => id === source.id).map(hitOf);
    open({ ...placeOf(source), id: source.id, query: question, hits, play: true });
  };
  let drawn: readonly Source[] = [];
  const showSources = (all: readonly Source[]) => {
    if (all === drawn) return;
    drawn = all;
    sources.replaceChildren(
      ...all.map((source, i) => sourceCard(source, i + 1, question, () => openSource(source, all))),
    );
  };

  return {
    element,
    show: (state) => {
      const running = state.phase === "running";
      element.setAttribute("aria-busy", String(running));
      thoughtsFold.hidden = state.thoughts === "";
      thoughts.textContent = state.thoughts;
      stepsFold.hidden = state.steps.length === 0;
      stepsSummary.textContent = say.ask.steps(state.steps.length);
      steps.replaceChildren(...stepsView(state.steps));
      working.hidden = !running;
      const nameOf = (number: number) => {
        const source = state.sources[number - 1];
        return source && say.ask.source(number, source.name, placeWords(source));
      };
      answer.replaceChildren(
        answerView(state.text, nameOf, (number) => openSource(state.sources[number - 1], state.sources)),
      );
      warnings.replaceChildren(...notesOf(state));
      showSources(state.sources);
    },
  };
}

function notesOf({ phase, warnings, failure }: TurnState): readonly HTMLElement[] {
  const notes = warnings.map((warning) => el("p", { class: "warning" }, warning));
  if (phase === "stopped") notes.push(el("p", { class: "warning" }, say.ask.stopped));
  if (phase === "failed") {
    notes.push(el("p", { class: "warning" }, failure?.message ?? say.ask.failed));
    if (failure) notes.push(el("p", { class: "remedy" }, failure.remedy));
  }
  return notes;
}

function sourceCard(source: Source, number: number, question: string, open: () => void): HTMLElement {
  const { id, name, kind, quote, event, check } = source;
  const place = placeOf(source);
  const text = event ? eventWords(event) : quote;
  const stillMs = bestInstant(place, event);
  const shown = { ...place, id, name, kind, number, stillMs, ...(text ? { text } : {}) };
  return card({ ...shown, verdict: verdictOf(check), below: feedbackButtons(question, id, place) }, open);
}

function hitOf({ quote, event, ...source }: Source) {
  return { ...placeOf(source), ...(quote ? { text: quote } : {}), ...(event ? { event } : {}) };
}
