import { formatTimeCode } from "../../../media/time-code.ts";
import { el } from "./dom.ts";
import { extentOf, type LaneName, laneNames, type Mark } from "./marks.ts";
import { say } from "./say.ts";

export interface Timeline {
  readonly element: HTMLElement;
  /** Moves the line that shows where the player is. */
  show(ms: number): void;
}

/**
 * The whole file as lines, one a kind of thing, to be clicked with a pointer. The list of moments below it holds
 * the same for the keyboard and for listeners, so the lines are hidden from the latter.
 */
export function openTimeline(
  marks: readonly Mark[],
  durationMs: number,
  seek: (ms: number) => void,
): Timeline {
  const lanes = laneNames
    .filter((name) => marks.some(({ lane }) => lane === name))
    .map((name) => laneOf(name, marks, durationMs));
  const clock = el(
    "div",
    { class: "clock" },
    el("span", {}, "0:00"),
    el("span", {}, formatTimeCode(durationMs)),
  );
  const ruler = el(
    "div",
    { class: "lane ruler" },
    el("span", { class: "lane-name" }),
    el("div", { class: "track" }, clock),
  );
  const element = el("div", { class: "timeline", "aria-hidden": "true" }, ...lanes, ruler);
  element.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const mark = target?.closest<HTMLElement>(".mark");
    if (mark) return seek(Number(mark.dataset.startMs));
    const track = target?.closest(".track");
    if (!track) return;
    const { left, width } = track.getBoundingClientRect();
    seek(Math.round(((event.clientX - left) / width) * durationMs));
  });
  return {
    element,
    show: (ms) => element.style.setProperty("--now", String(Math.min(1, ms / Math.max(1, durationMs)))),
  };
}

function laneOf(name: LaneName, marks: readonly Mark[], durationMs: number): HTMLElement {
  const own = marks.filter(({ lane }) => lane === name).map((mark) => markOf(mark, durationMs));
  return el(
    "div",
    { class: `lane ${name}` },
    el("span", { class: "lane-name" }, say.viewer.lanes[name]),
    el("div", { class: "track" }, ...own),
  );
}

function markOf(mark: Mark, durationMs: number): HTMLElement {
  const { from, width } = extentOf(mark, durationMs);
  const element = el("i", {
    class: mark.wide ? "mark wide" : "mark",
    title: `${formatTimeCode(mark.startMs)}  ${mark.text}`,
    "data-start-ms": mark.startMs,
    "data-colour": mark.colour,
  });
  element.style.setProperty("--from", String(from));
  element.style.setProperty("--width", String(width));
  return element;
}
