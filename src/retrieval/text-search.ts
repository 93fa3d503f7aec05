import { spanKey } from "../media/span.ts";
import type { Filter, MediaStore, SearchHit } from "../store/media-store.ts";
import { everything } from "./coverage.ts";
import { type EventWish, fitsWish, isColourWord } from "./event-words.ts";
import type { Moment } from "./moment.ts";
import { groupHits } from "./moments.ts";
import { wordsIn } from "./query-words.ts";
import { reallyContaining } from "./threshold.ts";

/** A longer question is no better described by its ninth word. */
const mostWords = 8;
const hitsPerWord = 50;

/** Moments whose text (OCR, subtitles, captions, pages, file facts) holds the words, best first. */
export async function textsWith(
  store: MediaStore,
  words: readonly string[],
  filter: Filter,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  const asked = words.slice(0, mostWords);
  if (asked.length === 0) return [];
  const ask = (text: string) => store.matching(text, { ...filter, limit: hitsPerWord });
  const lists = await Promise.all(asked.map(ask));
  signal.throwIfAborted();
  // All words at once bring up what holds most of them, where the lists of single words are cut.
  const cut = asked.length > 1 && lists.some((list) => list.length === hitsPerWord);
  const together = cut ? await ask(asked.join(" ")) : [];
  signal.throwIfAborted();
  const unique = new Map([together, ...lists].flat().map((hit) => [segmentKey(hit), hit]));
  const texts = [...unique.values()].filter((hit) => hit.segment.event === undefined);
  // A text about green tea says nothing of a green forest.
  const telling = asked.filter((word) => !isColourWord(word));
  const about = telling.length === 0 ? texts : texts.filter(({ segment }) => holdsAny(segment, telling));
  return groupHits(reallyContaining(about, asked));
}

function holdsAny({ text = "" }: SearchHit["segment"], words: readonly string[]): boolean {
  return wordsIn(text, words).length > 0;
}

function segmentKey({ item, segment }: SearchHit): string {
  return `${item.id} ${segment.source} ${spanKey(segment.span)} ${segment.text ?? ""}`;
}

/**
 * Moments in which something happened as wished, the largest object first. A wish that names an entry or an exit
 * gets the event itself; one that only describes an object gets its whole stay.
 */
export async function eventsLike(
  store: MediaStore,
  wish: EventWish,
  filter: Filter,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  if (filter.sources !== undefined && !filter.sources.includes("event")) return [];
  const hits = await store.scan({ ...filter, sources: ["event"], limit: everything });
  signal.throwIfAborted();
  const fitting = hits.flatMap((hit) => {
    const { event } = hit.segment;
    return event !== undefined && fitsWish(event, wish) ? [{ ...hit, score: event.area }] : [];
  });
  const momentary = wish.kinds.some((kind) => kind !== "moves");
  return groupHits(fitting, momentary ? "event" : "presence");
}
