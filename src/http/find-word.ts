import { monthPattern } from "../retrieval/month-words.ts";
import { stemOf, wordsIn } from "../retrieval/query-words.ts";

export type Range = readonly [start: number, end: number];
/** The first place at or after `from` where the word stands in a text. */
export type Finder = (text: string, from?: number) => Range | undefined;

const hanCharacter = /\p{Script=Han}/u;

/**
 * How a folded word of a query is found in a text as search finds it there: Chinese though a reader of pictures put
 * spaces between its characters, months however a date writes them, other words up to their ending.
 */
export function finderOf(word: string): Finder {
  const month = monthPattern(word);
  if (month !== undefined) return matching(new RegExp(month.source, "giu"));
  if (hanCharacter.test(word)) return matching(new RegExp([...word].map(escaped).join("\\s*"), "gu"));
  // Whole words that begin alike are compared as search compares them: that is slow, and few are left to it.
  const stem = stemOf(word);
  const beginning = escaped(stem.slice(0, Math.max(2, stem.length - 1)));
  const plain = /^\w+$/.test(word);
  const pattern = plain
    ? new RegExp(`\\b${beginning}[\\p{L}\\p{M}\\p{N}]*`, "giu")
    : new RegExp(`(?<![\\p{L}\\p{N}])${beginning}[\\p{L}\\p{M}\\p{N}]*`, "giu");
  return matching(pattern, (piece) => wordsIn(piece, [word]).length > 0);
}

function matching(pattern: RegExp, holds: (piece: string) => boolean = () => true): Finder {
  return (text, from = 0) => {
    pattern.lastIndex = from;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      if (match[0] !== "" && holds(match[0])) return [match.index, match.index + match[0].length];
    }
    return undefined;
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
