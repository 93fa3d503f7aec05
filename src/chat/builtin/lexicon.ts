import type { PictureSide } from "../../media/activity-event.ts";
import type { ColourName } from "../../media/colour-name.ts";
import type { MediaKind } from "../../media/media-item.ts";

/** What a question wants to know. */
export type Ask =
  | "when"
  | "where"
  | "what"
  | "find"
  | "how-many"
  | "how-much"
  | "how-long"
  | "read"
  | "say"
  | "about"
  | "list"
  | "which"
  | "exists"
  | "compare"
  | "colour"
  | "clip"
  | "help"
  | "greeting";

/** What happened, in the words of the tool `find_moments`. */
export type EventWish =
  | "visits"
  | "enters"
  | "leaves"
  | "appears"
  | "disappears"
  | "moves"
  | "camera-moves"
  | "any";

/**
 * What a noun stands for, as far as it matters without a model that sees:
 * - `mover`: anything that moves ("someone", "object"); `being` and `vehicle`: a kind of mover that cannot be told apart;
 * - `writing`: something on which text stands (sign, dialog, slide); `paper`: a document by what it is (invoice);
 * - `speech`: something that is said (talk, speaker); `place`: where a scene is; `thing`: any other known word.
 */
export type NounKind = "mover" | "being" | "vehicle" | "writing" | "paper" | "speech" | "place" | "thing";

export type Rank = "longest" | "shortest" | "largest" | "smallest" | "newest" | "oldest";

export type Meaning =
  | { readonly role: "ask"; readonly value: Ask }
  | { readonly role: "event"; readonly value: EventWish }
  | { readonly role: "colour"; readonly value: ColourName }
  | { readonly role: "side"; readonly value: PictureSide }
  | { readonly role: "noun"; readonly value: NounKind; readonly also: readonly string[] }
  | { readonly role: "kind"; readonly value: MediaKind }
  | { readonly role: "ordinal"; readonly value: number }
  | { readonly role: "refer"; readonly value: "it" | "them" | "there" }
  | { readonly role: "relation"; readonly value: "before" | "after" }
  | { readonly role: "rank"; readonly value: Rank }
  | { readonly role: "amount" }
  | { readonly role: "stop" };

export type Lexicon = ReadonlyMap<string, Meaning>;

/** The tables of one language: phrases separated by "|", as people write them. */
export interface LexiconTables {
  readonly asks: Readonly<Partial<Record<Ask, string>>>;
  readonly events: Readonly<Partial<Record<EventWish, string>>>;
  readonly colours: Readonly<Record<ColourName, string>>;
  readonly sides: Readonly<Record<PictureSide, string>>;
  /** Each phrase may name its translation for the search: "invoice=发票". */
  readonly nouns: Readonly<Record<NounKind, string>>;
  readonly kinds: Readonly<Record<MediaKind, string>>;
  readonly ordinals: Readonly<Record<string, string>>;
  readonly refers: Readonly<Record<"it" | "them" | "there", string>>;
  readonly relations: Readonly<Record<"before" | "after", string>>;
  readonly ranks: Readonly<Record<Rank, string>>;
  readonly amounts: string;
  readonly stops: string;
}

export function buildLexicon(tables: LexiconTables): Lexicon {
  const lexicon = new Map<string, Meaning>();
  const addAll = <Value extends string>(
    table: Readonly<Partial<Record<Value, string>>>,
    toMeaning: (value: Value) => Meaning,
  ) => {
    for (const [value, phrases] of Object.entries(table) as [Value, string][]) {
      for (const phrase of split(phrases)) lexicon.set(phrase, toMeaning(value));
    }
  };
  for (const phrase of split(tables.stops)) lexicon.set(phrase, { role: "stop" });
  for (const phrase of split(tables.amounts)) lexicon.set(phrase, { role: "amount" });
  for (const [kind, phrases] of Object.entries(tables.nouns) as [NounKind, string][]) {
    for (const entry of split(phrases)) {
      const [phrase = "", also] = entry.split("=");
      lexicon.set(phrase, { role: "noun", value: kind, also: also ? also.split("/") : [] });
    }
  }
  addAll(tables.kinds, (value) => ({ role: "kind", value }));
  addAll(tables.colours, (value) => ({ role: "colour", value }));
  addAll(tables.sides, (value) => ({ role: "side", value }));
  addAll(tables.ordinals, (value) => ({ role: "ordinal", value: Number(value) }));
  addAll(tables.refers, (value) => ({ role: "refer", value }));
  addAll(tables.relations, (value) => ({ role: "relation", value }));
  addAll(tables.ranks, (value) => ({ role: "rank", value }));
  addAll(tables.events, (value) => ({ role: "event", value }));
  addAll(tables.asks, (value) => ({ role: "ask", value }));
  return lexicon;
}

function split(phrases: string): readonly string[] {
  return phrases
    .split("|")
    .map((phrase) => phrase.trim())
    .filter(Boolean);
}
