import type { Finding } from "../media/citation.ts";
import type { SegmentSource } from "../media/segment.ts";
import { eventWishOf, fitsWish } from "../retrieval/event-words.ts";
import { contentWords } from "../retrieval/query-words.ts";
import { type Finder, finderOf, type Range } from "./find-word.ts";

/** Why a moment was found, as data; whoever shows it finds the words for it. */
export interface Why {
  /** What speaks for it: a likeness of the picture, an event, words read, said or written. The strongest first. */
  readonly sources: readonly SegmentSource[];
  /** The words of the query that its text holds or its event fits, folded. */
  readonly words: readonly string[];
  /** Where those words stand: a piece of the text, and in it their ranges, end excluded, ascending and apart. */
  readonly snippet?: Snippet;
}

export interface Snippet {
  readonly text: string;
  readonly marks: readonly Range[];
}

/** A word of a query and how it is found in a text; made once for all hits of a search. */
interface QueryWord {
  readonly word: string;
  readonly find: Finder;
}

/** Words far inside a long page are not looked for, nor more words than search asks for by far: it all takes the one thread. */
const mostText = 8_000;
const mostWords = 16;
const snippetLength = 160;
/** How much of the snippet stands before the first word. */
const lead = 48;

export function queryWordsOf(text: string | undefined): readonly QueryWord[] {
  const words = [...new Set(text === undefined ? [] : contentWords(text))];
  return words.slice(0, mostWords).map((word) => ({ word, find: finderOf(word) }));
}

/** `query`: the words that were searched for, where there were any. */
export function whyOf(
  { source, sources = [source], text, event }: Finding,
  query: readonly QueryWord[],
): Why {
  if (event) {
    const fitting = query.filter(({ word }) => fitsEvent(word, event));
    return { sources, words: fitting.map(({ word }) => word) };
  }
  const read = (text ?? "").slice(0, mostText);
  const found = query.flatMap(({ word, find }) => {
    const first = find(read);
    return first === undefined ? [] : [{ word, find, first }];
  });
  const words = found.map(({ word }) => word);
  if (found.length === 0) return { sources, words };
  const firstAt = Math.min(...found.map(({ first }) => first[0]));
  return { sources, words, snippet: snippetOf(read, firstAt, found) };
}

function fitsEvent(word: string, event: NonNullable<Finding["event"]>): boolean {
  const wish = eventWishOf([word]);
  return wish.words.length > 0 && fitsWish(event, wish);
}

function snippetOf(text: string, firstAt: number, found: readonly QueryWord[]): Snippet {
  const start = firstAt <= lead ? 0 : startOfWord(text, firstAt - lead);
  const end = Math.min(text.length, start + snippetLength);
  const piece = `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
  const marks: Range[] = [];
  for (const range of found.flatMap(({ find }) => everyRange(piece, find)).sort((a, b) => a[0] - b[0]))
    if (range[0] >= (marks.at(-1)?.[1] ?? 0)) marks.push(range);
  return { text: piece, marks };
}

function everyRange(text: string, find: Finder): readonly Range[] {
  const ranges: Range[] = [];
  for (let range = find(text); range !== undefined; range = find(text, range[1])) ranges.push(range);
  return ranges;
}

/** A cut in the middle of a word reads badly: the next one begins the piece. */
function startOfWord(text: string, from: number): number {
  const space = text.slice(from, from + 20).search(/\s/u);
  return space < 0 ? from : from + space + 1;
}
