import type { CitationCheck } from "../../../media/citation.ts";
import type { MediaKind } from "../../../media/media-item.ts";
import { formatTimeCode } from "../../../media/time-code.ts";
import { stillAddress } from "./api.ts";
import type { Place } from "./api-types.ts";
import { button, el, icon } from "./dom.ts";
import { hasPagePictures, iconOfKind } from "./kind.ts";
import { say } from "./say.ts";

export interface CardFacts extends Place {
  readonly id: string;
  readonly name: string;
  readonly kind: MediaKind;
  /** Of a source of an answer. */
  readonly number?: number;
  /** What the still shows of a stretch of time; its middle unless told. */
  readonly stillMs?: number | undefined;
  readonly why?: string;
  readonly text?: string | Node;
  readonly verdict?: Node;
  readonly below?: Node;
  /** A button on the still itself. */
  readonly corner?: Node | undefined;
}

/** "0:15.0–0:18.9", "Page 3", or nothing for a whole file. */
export function placeWords({ startMs, endMs, page }: Place): string {
  if (page !== undefined) return say.viewer.page(page, undefined);
  if (startMs === undefined) return "";
  const start = formatTimeCode(startMs);
  return endMs === undefined || endMs === startMs ? start : `${start}–${formatTimeCode(endMs)}`;
}

/** The place alone, out of a hit or a source. */
export function placeOf({ startMs, endMs, page }: Place): Place {
  return {
    ...(startMs === undefined ? {} : { startMs }),
    ...(endMs === undefined ? {} : { endMs }),
    ...(page === undefined ? {} : { page }),
  };
}

/** A moment as a picture with its file, its time and why it is here. */
export function card(facts: CardFacts, open: () => void): HTMLLIElement {
  const { name, why, text, verdict, below, corner } = facts;
  const place = placeWords(facts);
  const opener = button({ class: "open" }, open, stillOf(facts, place), el("span", { class: "name" }, name));
  const reason = el(
    "p",
    { class: "why" },
    why !== undefined && el("span", { class: "tag" }, why),
    text !== undefined && el("span", { class: "quote" }, text),
  );
  const foot = el("div", { class: "foot" }, verdict, below);
  return el(
    "li",
    { class: "card" },
    opener,
    corner,
    (why ?? text) !== undefined && reason,
    (verdict ?? below) !== undefined && foot,
  );
}

function stillOf(facts: CardFacts, place: string): HTMLElement {
  const still = el("span", { class: `still ${facts.kind}` }, icon(iconOfKind(facts.kind)));
  const { stillMs } = facts;
  const shownAt = stillMs === undefined ? facts : { startMs: stillMs };
  const source = stillAddress(facts.kind, facts.id, shownAt, 480);
  const drawn = facts.kind !== "document" || hasPagePictures(facts.name);
  if (source !== undefined && drawn) {
    const picture = el("img", { alt: "", loading: "lazy", decoding: "async" });
    picture.addEventListener("load", () => still.classList.add("shown"));
    picture.addEventListener("error", () => picture.remove());
    picture.src = source;
    still.append(picture);
  }
  if (facts.number !== undefined) still.append(el("span", { class: "number" }, String(facts.number), " "));
  if (place !== "") still.append(el("span", { class: "time" }, place, " "));
  return still;
}

/** What came of testing a moment in its file. */
export function verdictOf(check: CitationCheck, words = say.checks[check]): HTMLElement {
  const sure = check === "pixels" || check === "text";
  return el("span", { class: `verdict ${check}` }, icon(sure ? "check" : "doubt"), words);
}
