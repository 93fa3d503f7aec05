import { formatTimeCode } from "../../../media/time-code.ts";
import { button, el } from "./dom.ts";
import { type LaneName, laneNames, type Mark } from "./marks.ts";
import { say } from "./say.ts";

export interface MomentList {
  readonly element: HTMLElement;
  /** Points out what is going on at this time. */
  show(ms: number): void;
}

/** The marks of a timeline as a list of buttons, narrowed to one kind at wish. */
export function openMomentList(marks: readonly Mark[], seek: (ms: number) => void): MomentList {
  const rows = marks.filter(({ told }) => !told).map((mark) => ({ mark, row: rowOf(mark, seek) }));
  const list = el("ol", { class: "moments" }, ...rows.map(({ row }) => row));
  const present = laneNames.filter((name) => rows.some(({ mark }) => mark.lane === name));
  const choose = (chosen: LaneName | undefined) => {
    for (const { mark, row } of rows) row.hidden = chosen !== undefined && mark.lane !== chosen;
  };
  const element = el("section", { class: "inside", "aria-label": say.viewer.timeline });
  if (present.length > 1) element.append(filterOf(present, choose));
  element.append(list);
  return {
    element,
    show: (ms) => {
      for (const { mark, row } of rows) {
        const now = ms >= mark.startMs && ms <= Math.max(mark.endMs, mark.startMs + 500);
        row.classList.toggle("now", now);
      }
    },
  };
}

function filterOf(present: readonly LaneName[], choose: (lane: LaneName | undefined) => void): HTMLElement {
  const options = [undefined, ...present].map((lane) => {
    const input = el("input", { type: "radio", name: "lane", checked: lane === undefined });
    input.addEventListener("change", () => choose(lane));
    return el("label", {}, input, el("span", {}, lane ? say.viewer.lanes[lane] : say.viewer.everything));
  });
  const legend = el("legend", { class: "hidden" }, say.viewer.timeline);
  return el("fieldset", { class: "kinds small" }, legend, ...options);
}

function rowOf(mark: Mark, seek: (ms: number) => void): HTMLLIElement {
  const dot = el("i", { class: `dot ${mark.lane}`, "data-colour": mark.colour });
  return el(
    "li",
    {},
    button(
      { class: "moment" },
      () => seek(mark.startMs),
      el("span", { class: "at" }, formatTimeCode(mark.startMs)),
      dot,
      el("span", { class: "said" }, mark.text),
    ),
  );
}
