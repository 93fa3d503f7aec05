import type { Finding } from "../media/citation.ts";
import type { SegmentSource } from "../media/segment.ts";
import { eventWishOf, fitsWish } from "../retrieval/event-words.ts";
import { contentWords, wordsIn } from "../retrieval/query-words.ts";

/** Why a moment was found, as data; whoever shows it finds the words for it. */
export interface Why {
  /** What speaks for it: a likeness of the picture, an event, words read, said or written. The strongest first. */
  readonly sources: readonly SegmentSource[];
  /** The words of the query that its text holds or its event fits, folded. */
  readonly words: readonly string[];
  /** Where those words stand: a piece of the text, and in it their ranges, end excluded. */
  readonly snippet?: Snippet;
}

export interface Snippet {
  readonly text: string;
  readonly marks: readonly (readonly [start: number, end: number])[];
}

/** Words far inside a long page are not looked for. */
const mostText = 8_000;
const snippetLength = 160;
/** How much of the snippet stands before the first word. */
const lead = 48;
const hanCharacter = /\p{Script=Han}/u;

/** `query`: the words that were searched for, where there were any. */
export function whyOf({ source, sources = [source], text, event }: Finding, query: readonly string[]): Why {
  if (event) return { sources, words: query.filter((word) => fitsEvent(word, event)) };
  const read = (text ?? "").slice(0, mostText);
  const words = read === "" ? [] : wordsIn(read, query);
  const snippet = words.length > 0 ? snippetOf(read, words) : undefined;
  return { sources, words, ...(snippet === undefined ? {} : { snippet }) };
}

export function queryWordsOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : contentWords(text);
}

function fitsEvent(word: string, event: NonNullable<Finding["event"]>): boolean {
  const wish = eventWishOf([word]);
  return wish.words.length > 0 && fitsWish(event, wish);
}

function snippetOf(text: string, words: readonly string[]): Snippet | undefined {
  const ranges = rangesIn(text, words);
  const [first] = ranges;
  if (first === undefined) return undefined;
  const start = first[0] <= lead ? 0 : startOfWord(text, first[0] - lead);
  const end = Math.min(text.length, start + snippetLength);
  const inside = ranges.filter((range) => range[1] <= end);
  return {
    text: `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`,
    marks: inside.map(([from, to]) => {
      const shift = (start > 0 ? 1 : 0) - start;
      return [from + shift, to + shift] as const;
    }),
  };
}

/** A cut in the middle of a word reads badly: the next one begins the piece. */
function startOfWord(text: string, from: number): number {
  const space = text.slice(from, from + 20).search(/\s/u);
  return space < 0 ? from : from + space + 1;
}

/** Where the words stand, in order, none over another. */
function rangesIn(text: string, words: readonly string[]): readonly (readonly [number, number])[] {
  const chinese = words.filter((word) => hanCharacter.test(word));
  const others = words.filter((word) => !chinese.includes(word));
  const ranges = chinese.flatMap((word) =>
    // OCR puts spaces between Chinese characters.
    [...text.matchAll(new RegExp([...word].join("\\s*"), "gu"))].map(rangeOf),
  );
  if (others.length > 0) {
    const pieces = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
    ranges.push(...pieces.filter(([piece]) => wordsIn(piece, others).length > 0).map(rangeOf));
  }
  ranges.sort((a, b) => a[0] - b[0]);
  return ranges.filter((range, i) => i === 0 || range[0] >= (ranges[i - 1]?.[1] ?? 0));
}

function rangeOf(match: RegExpMatchArray): readonly [number, number] {
  const start = match.index ?? 0;
  return [start, start + match[0].length];
}
