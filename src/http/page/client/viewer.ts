import { mediaDetail } from "./api.ts";
import type { ItemDetail, Place } from "./api-types.ts";
import { placeOf } from "./card.ts";
import { openDocument } from "./document-view.ts";
import { el } from "./dom.ts";
import { eventWords } from "./event-words.ts";
import { type Mark, type MarkedHit, marksOf } from "./marks.ts";
import { openMomentList } from "./moment-list.ts";
import { failureView } from "./notice.ts";
import { pictureView } from "./picture-view.ts";
import { openPlayer } from "./player-view.ts";
import { say } from "./say.ts";
import { openTimeline } from "./timeline.ts";
import { actionsOf, type FindSimilar, type Shown } from "./viewer-actions.ts";
import { closeButton, headOf } from "./viewer-head.ts";

/** What to show: a file, the place in it, and the hits in it that the timeline marks. */
export interface Viewing extends Place {
  readonly id: string;
  readonly query: string;
  readonly hits: readonly MarkedHit[];
  readonly play: boolean;
}

export interface Viewer {
  readonly isOpen: boolean;
  open(viewing: Viewing): Promise<void>;
  close(): void;
  togglePlay(): boolean;
}

/** The pane that shows one file: it plays, or it opens at its page, with everything that is known of it. */
export function openViewer(pane: HTMLElement, findSimilar: FindSimilar): Viewer {
  let shown: Shown | undefined;
  let item: ItemDetail | undefined;
  let acts: HTMLElement = el("div");
  /** Counts the openings, so that an answer that comes late does not replace a newer one. */
  let opening = 0;

  const close = () => {
    opening += 1;
    shown?.player?.release();
    shown = undefined;
    item = undefined;
    pane.hidden = true;
    pane.replaceChildren();
    document.body.classList.remove("viewing");
  };

  const build = (found: ItemDetail, viewing: Viewing) => {
    item = found;
    const common = { id: found.id, query: viewing.query, place: placeOf(viewing) };
    const body = bodyOf(found, viewing);
    shown = { ...common, ...body.parts };
    acts = actionsOf(found, shown, findSimilar);
    pane.replaceChildren(headOf(found, close), body.element, acts, ...body.below);
    pane.setAttribute("aria-busy", "false");
    bringUp();
  };
  /** Beside the results it stays in sight; above them, on a narrow page, it has to be brought there. */
  const bringUp = () => {
    if (!matchMedia("(min-width: 1100px)").matches) pane.scrollIntoView({ block: "start" });
  };

  const load = async (viewing: Viewing) => {
    close();
    const mine = opening;
    pane.hidden = false;
    document.body.classList.add("viewing");
    pane.setAttribute("aria-busy", "true");
    pane.replaceChildren(el("div", { class: "loading player" }));
    bringUp();
    try {
      const found = await mediaDetail(viewing.id);
      if (mine === opening) build(found, viewing);
    } catch (error) {
      const failure = failureView(error);
      if (mine === opening && failure) pane.replaceChildren(closeButton(close), failure);
    }
  };

  return {
    get isOpen() {
      return !pane.hidden;
    },
    open: async (viewing) => {
      if (!shown || !item || shown.id !== viewing.id || shown.query !== viewing.query) return load(viewing);
      shown = { ...shown, place: placeOf(viewing) };
      shown.player?.seek(viewing.startMs ?? 0, viewing.play);
      if (viewing.page !== undefined) shown.document?.show(viewing.page);
      const fresh = actionsOf(item, shown, findSimilar);
      acts.replaceWith(fresh);
      acts = fresh;
      bringUp();
    },
    close,
    togglePlay: () => {
      shown?.player?.toggle();
      return shown?.player !== undefined;
    },
  };
}

interface Body {
  readonly element: HTMLElement;
  readonly parts: Pick<Shown, "player" | "document">;
  readonly below: readonly HTMLElement[];
}

function bodyOf(item: ItemDetail, viewing: Viewing): Body {
  if (item.kind === "image") return { element: pictureView(item), parts: {}, below: [] };
  if (item.kind === "document") {
    const view = openDocument(item, viewing.page ?? 1);
    return { element: view.element, parts: { document: view }, below: [] };
  }
  return playing(item, viewing);
}

function playing(item: ItemDetail, viewing: Viewing): Body {
  const marks = marksFor(item, viewing);
  const known = marks.length > 0;
  const seek = (ms: number) => player.seek(ms, true);
  const timeline = known ? openTimeline(marks, item.durationMs ?? 0, seek) : undefined;
  const list = known ? openMomentList(marks, seek) : undefined;
  const onTime = (ms: number) => {
    timeline?.show(ms);
    list?.show(ms);
  };
  const player = openPlayer(item, onTime);
  player.seek(viewing.startMs ?? 0, viewing.play);
  onTime(viewing.startMs ?? 0);
  const nothing = el("p", { class: "quiet-text" }, say.viewer.nothingInside);
  return {
    element: player.element,
    parts: { player },
    below: timeline && list ? [timeline.element, list.element] : [nothing],
  };
}

function marksFor(item: ItemDetail, { hits, query }: Viewing): readonly Mark[] {
  return marksOf(item, hits, {
    event: eventWords,
    hit: ({ event, text }) => (event ? eventWords(event) : (text ?? query)),
    shot: say.viewer.shot,
  });
}
