import type { Encoder } from "../encoder/encoder.ts";
import { asksForEvents, type EventWish, eventWishOf } from "./event-words.ts";
import { contentWords } from "./query-words.ts";

/** How the words of a query are searched. */
export interface QueryPlan {
  /** Content words, folded. */
  readonly words: readonly string[];
  /** Words that go to the encoder as a description of a picture; empty unless it knows all that are looked for. */
  readonly pictureWords: readonly string[];
  /** Words that a text must contain. */
  readonly textWords: readonly string[];
  /** What events must be like; undefined when the query does not ask for any. */
  readonly events?: EventWish;
  /** Words that neither the encoder nor the events understand: only text is searched for them. */
  readonly unknownWords: readonly string[];
}

/** Splits a query into what is looked for in pictures, in text and in events. */
export function planQuery(text: string, encoder: Pick<Encoder, "accepts" | "vocabularyOf">): QueryPlan {
  const words = contentWords(text);
  const wish = eventWishOf(words);
  const happening = wish.kinds.length > 0;
  const ofEvents = (word: string) => wish.words.includes(word);
  const vocabularyOf = (part: string) =>
    encoder.accepts.has("text") ? encoder.vocabularyOf(part) : { known: [], unknown: [part] };
  const alone = new Map(words.map((word) => [word, vocabularyOf(word)]));
  const noneKnown = vocabularyOf(words.join(" ")).known.length === 0;
  const known = noneKnown ? [] : words.filter((word) => alone.get(word)?.known.length !== 0);
  const hasUnknownPart = (word: string) => alone.get(word)?.unknown.length !== 0;
  // "Enters from the top" describes what happens, not a picture with something at its top.
  const eventOnly = happening ? eventOnlyWords(words) : new Set<string>();
  const pictureWords = known.filter((word) => !eventOnly.has(word));
  const events = asksForEvents(wish, words) ? wish : undefined;
  const beyondPictures = words.filter((word) => !known.includes(word) && !(events && ofEvents(word)));
  return {
    words,
    // Pictures that are red are no red cars: without a picture word for each there is nothing to find by likeness.
    pictureWords: beyondPictures.length > 0 ? [] : pictureWords,
    textWords: beyondPictures.length > 0 || happening ? beyondPictures : words,
    unknownWords: words.filter((word) => !ofEvents(word) && hasUnknownPart(word)),
    ...(events === undefined ? {} : { events }),
  };
}

function eventOnlyWords(words: readonly string[]): ReadonlySet<string> {
  const colourless = (word: string) => {
    const wish = eventWishOf([word]);
    return wish.colours.length === 0 && wish.kinds.length + wish.sides.length + wish.sizes.length > 0;
  };
  return new Set(words.filter(colourless));
}
