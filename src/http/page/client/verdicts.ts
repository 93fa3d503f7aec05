import type { CitationCheck } from "../../../media/citation.ts";
import { checkMoment, isAbort } from "./api.ts";
import type { Hit } from "./api-types.ts";
import { placeOf, verdictOf } from "./card.ts";
import { el } from "./dom.ts";
import { say } from "./say.ts";

/** A card whose picture comes into sight asks for its verdict; so many are on their way at once. */
const atOnce = 2;

export interface Verdicts {
  /** What the card shows: "checking …", then the verdict. */
  view(hit: Hit): HTMLElement;
  /** Forgets the cards of the search before; what is on its way for them is stopped. `query`: the words of the new one. */
  startOver(query: string): void;
}

/** Verdicts on the hits that a person sees: each is decoded on the server, so none is asked for unseen or twice. */
export function openVerdicts(): Verdicts {
  const known = new Map<string, HTMLElement>();
  const hits = new Map<Element, Hit>();
  let queue: Element[] = [];
  let running = 0;
  let words = "";
  let stop = new AbortController();

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      queue = queue.filter((one) => one !== target);
      if (isIntersecting) queue.push(target);
    }
    next();
  });

  const next = () => {
    while (running < atOnce) {
      const place = queue.shift();
      if (!place) return;
      sight.unobserve(place);
      void ask(place, stop.signal);
    }
  };

  const ask = async (place: Element, signal: AbortSignal) => {
    const hit = hits.get(place);
    if (!hit) return;
    running += 1;
    try {
      const verdict = verdictView(hit, await checkMoment(hit, words, signal));
      known.set(keyOf(hit, words), verdict);
      place.replaceChildren(verdict);
    } catch (error) {
      // A verdict that did not come is none: it is not remembered.
      if (!isAbort(error)) place.replaceChildren(verdictOf("unchecked"));
    } finally {
      if (!signal.aborted) {
        running -= 1;
        next();
      }
    }
  };

  return {
    view: (hit) => {
      const place = el("span", { class: "verdict-place" });
      const waiting = el("span", { class: "verdict checking" }, say.checks.checking);
      const before = known.get(keyOf(hit, words));
      if (before) place.append(before.cloneNode(true));
      else {
        place.append(waiting);
        hits.set(place, hit);
        sight.observe(place);
      }
      return place;
    },
    startOver: (query) => {
      words = query;
      sight.disconnect();
      stop.abort();
      stop = new AbortController();
      hits.clear();
      queue = [];
      running = 0;
    },
  };
}

/** That the picture is as it was when it was found alike says nothing more than that. */
function verdictView({ source }: Hit, check: CitationCheck): HTMLElement {
  return verdictOf(check, check === "pixels" && source === "frame" ? say.checks.alike : undefined);
}

function keyOf(hit: Hit, words: string): string {
  return JSON.stringify([words, hit.id, hit.source, placeOf(hit), hit.event?.startMs, hit.text]);
}
