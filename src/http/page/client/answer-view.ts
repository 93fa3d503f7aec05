import { type Block, type Inline, parseAnswer } from "./answer-text.ts";
import { button, el } from "./dom.ts";
import { say } from "./say.ts";

/** An answer as text with the numbers of its sources as buttons. `nameOf` is what a number is called aloud. */
export function answerView(
  answer: string,
  nameOf: (number: number) => string | undefined,
  openSource: (number: number) => void,
): DocumentFragment {
  const inlineOf = (part: Inline): Node | string => {
    if (part.kind === "text") return part.text;
    if (part.kind !== "source") return el(part.kind, {}, part.text);
    const label = nameOf(part.number);
    if (label === undefined) return `[${part.number}]`;
    return button(
      { class: "cite", "aria-label": label, title: label },
      () => openSource(part.number),
      String(part.number),
    );
  };
  const blockOf = ({ kind, lines }: Block): Node => {
    if (kind === "paragraph") {
      const parts = lines.flatMap((line, i) => [...(i > 0 ? [el("br")] : []), ...line.map(inlineOf)]);
      return el("p", {}, ...parts);
    }
    return el(
      kind === "bullets" ? "ul" : "ol",
      {},
      ...lines.map((line) => el("li", {}, ...line.map(inlineOf))),
    );
  };
  const fragment = document.createDocumentFragment();
  fragment.append(...parseAnswer(answer).map(blockOf));
  return fragment;
}

/** What the answer's tools did, one line each. */
export function stepsView(
  steps: readonly {
    readonly name: string;
    readonly note: string;
    readonly state: string;
    readonly ms?: number;
    readonly input: unknown;
  }[],
): readonly HTMLElement[] {
  return steps.map(({ name, note, state, ms, input }) =>
    el(
      "li",
      { class: `step ${state}` },
      el("code", {}, name),
      el("span", { class: "input" }, inputWords(input)),
      ms !== undefined && el("span", { class: "took" }, say.ask.took(ms)),
      el("span", { class: "note" }, note),
    ),
  );
}

function inputWords(input: unknown): string {
  if (typeof input !== "object" || input === null) return "";
  return Object.entries(input)
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
