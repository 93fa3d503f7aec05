import type { PictureSide } from "../../media/activity-event.ts";
import type { ColourName } from "../../media/colour-name.ts";
import type { MediaKind } from "../../media/media-item.ts";
import { type Language, languageOf } from "../../messages/messages.ts";
import { anyone } from "./anyone.ts";
import { askOf, asksWho, eventOf } from "./intent.ts";
import type { Ask, EventWish, NounKind, Rank } from "./lexicon.ts";
import { type Literals, takeLiterals } from "./literals.ts";
import { type Token, tokenise } from "./tokens.ts";

export interface Noun {
  readonly word: string;
  readonly kind: NounKind;
  /** The same in the other language, for the search. */
  readonly also: readonly string[];
}

/** What a question says, without looking at anything that was found. */
export interface Question extends Literals {
  readonly text: string;
  readonly language: Language;
  readonly ask: Ask;
  /** Every ask word in order: "what … say" holds both. */
  readonly asks: readonly Ask[];
  readonly event?: EventWish;
  readonly colours: readonly ColourName[];
  readonly sides: readonly PictureSide[];
  readonly nouns: readonly Noun[];
  readonly kind?: MediaKind;
  readonly kinds: readonly MediaKind[];
  /** 1 for the first, -1 for the last. */
  readonly ordinal?: number;
  readonly refers?: "it" | "them" | "there";
  readonly relation?: "before" | "after";
  readonly rank?: Rank;
  /** "Who is there?", "谁": nobody can be named. */
  readonly asksWho: boolean;
  /** "When is the room empty?", "没人": when nothing is there. */
  readonly asksNobody: boolean;
  /** "At the same time", "同时". */
  readonly atOnce: boolean;
  readonly asksAmount: boolean;
  /** A word of money stands there ("pay", "total", "多少钱"), not only "how much". */
  readonly asksPrice: boolean;
  /** Content words for a search, in order: known nouns, colours of things, and words that only a search can judge. */
  readonly terms: readonly string[];
  /** The same as a query; Chinese words that stand together stay together, for the search cuts them by itself. */
  readonly query: string;
  /** Content words that the lexicons do not know. */
  readonly unknown: readonly string[];
  /** For a question about before or after: what stands behind the relation, read by itself. */
  readonly anchor?: Question;
}

const nobody = /\b(?:nobody|no one|empty|deserted|vacant)\b|没有?人|无人|空着|是空的/iu;
const together = /\b(?:at the same time|at once|simultaneously|together)\b|同时|一起出现/iu;
/** What stands for something attached: `[Image #1]`. */
const mark = /\[(?:Image|Clip) #\d[^\]]*\]/gu;

/** Reads a question. `now` gives "last summer" its meaning; `fallback` is the language of a question without letters. */
export function readQuestion(text: string, now: Date, fallback: Language = "en"): Question {
  const { literals, rest } = takeLiterals(text, now);
  const tokens = tokenise(rest);
  const { own, anchor } = splitRelation(tokens);
  const question = describe(
    text,
    own.length > 0 ? own : tokens,
    literals,
    languageOf(rest.replace(mark, ""), fallback),
  );
  if (anchor.length === 0) return question;
  return { ...question, anchor: describe(text, anchor, { ...literals, quoted: [] }, question.language) };
}

function describe(text: string, tokens: readonly Token[], literals: Literals, language: Language): Question {
  const asks = valuesOf(tokens, "ask");
  const nouns = tokens.flatMap(toNoun);
  const event = eventOf(tokens);
  const kinds = valuesOf(tokens, "kind");
  const ordinal = valuesOf(tokens, "ordinal")[0];
  const refers = valuesOf(tokens, "refer")[0];
  const relation = valuesOf(tokens, "relation")[0];
  const rank = valuesOf(tokens, "rank")[0];
  const asksAmount = asks.includes("how-much") || tokens.some((token) => token.meaning?.role === "amount");
  const unknown = tokens.filter((token) => !token.meaning).map((token) => token.word);
  const isContent = (token: Token) => isTerm(token) || (token.meaning?.role === "rank" && kinds.length === 0);
  return {
    ...literals,
    text,
    language,
    ask: askOf(tokens, { hasEvent: event !== undefined, asksAmount }),
    asks,
    colours: unique(valuesOf(tokens, "colour")),
    sides: unique(sidesOf(tokens)),
    nouns,
    kinds: unique(kinds),
    asksWho: asksWho(tokens),
    asksNobody: nobody.test(text),
    atOnce: together.test(text),
    asksAmount,
    asksPrice: tokens.some((token) => token.meaning?.role === "amount" || token.word.includes("钱")),
    terms: unique([...literals.quoted, ...tokens.filter(isContent).map((token) => token.word)]),
    query: [...literals.quoted, queryOf(tokens, isContent)].join(" ").trim(),
    unknown: unknown.filter((word) => !nobody.test(word) && !together.test(word)),
    ...(event ? { event } : {}),
    ...(kinds[0] ? { kind: kinds[0] } : {}),
    ...(ordinal ? { ordinal } : {}),
    ...(refers ? { refers } : {}),
    ...(relation ? { relation } : {}),
    ...(rank ? { rank } : {}),
  };
}

/**
 * "What happens after the red car leaves": own part before the relation, anchor behind it. Chinese puts the anchor
 * first: "红车离开之后发生了什么".
 */
function splitRelation(tokens: readonly Token[]): { own: readonly Token[]; anchor: readonly Token[] } {
  const at = tokens.findIndex((token) => token.meaning?.role === "relation");
  const relation = tokens[at];
  if (!relation) return { own: tokens, anchor: [] };
  const [before, behind] = [tokens.slice(0, at), tokens.slice(at + 1)];
  const anchor = relation.language === "zh" ? before : behind;
  const own = relation.language === "zh" ? [relation, ...behind] : [...before, relation];
  return anchor.some(isAnchor) ? { own, anchor } : { own: tokens, anchor: [] };
}

function isAnchor(token: Token): boolean {
  const role = token.meaning?.role;
  return role === undefined || role === "noun" || role === "colour" || role === "event" || role === "ordinal";
}

function sidesOf(tokens: readonly Token[]): readonly PictureSide[] {
  return tokens.flatMap((token) =>
    token.meaning?.role === "side" && token.word !== "left" ? [token.meaning.value] : [],
  );
}

function toNoun(token: Token): readonly Noun[] {
  if (token.meaning?.role !== "noun") return [];
  return [{ word: token.word, kind: token.meaning.value, also: token.meaning.also }];
}

function queryOf(tokens: readonly Token[], isContent: (token: Token) => boolean): string {
  const words = tokens.map((token, index) => {
    if (!isContent(token)) return " ";
    const previous = tokens[index - 1];
    const joins = token.language === "zh" && previous?.language === "zh" && isContent(previous);
    return joins ? token.word : ` ${token.word}`;
  });
  return words.join("").replace(/\s+/g, " ").trim();
}

function isTerm(token: Token): boolean {
  const { meaning } = token;
  if (!meaning) return !nobody.test(token.word) && !together.test(token.word);
  if (meaning.role === "noun") return meaning.value !== "mover" && !anyone.has(token.word);
  return meaning.role === "colour";
}

type Valued = Extract<NonNullable<Token["meaning"]>, { readonly value: unknown }>;
type ValueOf<Role extends Valued["role"]> = Extract<Valued, { readonly role: Role }>["value"];

function valuesOf<Role extends Valued["role"]>(
  tokens: readonly Token[],
  role: Role,
): readonly ValueOf<Role>[] {
  return tokens.flatMap(({ meaning }) =>
    meaning?.role === role && "value" in meaning ? [meaning.value as ValueOf<Role>] : [],
  );
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
