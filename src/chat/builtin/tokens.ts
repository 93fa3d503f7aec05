import type { Language } from "../../messages/messages.ts";
import type { Lexicon, Meaning } from "./lexicon.ts";
import { lexiconEn } from "./lexicon-en.ts";
import { lexiconZh } from "./lexicon-zh.ts";
import { nearestWord, wordForms } from "./spelling.ts";

/** One word or phrase of a question. Without a meaning it is a content word that only a search can judge. */
export interface Token {
  /** As it stands in the lexicon, or as it was written, in lower case. */
  readonly word: string;
  readonly meaning?: Meaning;
  readonly language: Language;
}

const longestPhrase = 5;
const longestChinesePhrase = 7;

/** Cuts a question into the longest phrases that the two lexicons know, and what lies between. */
export function tokenise(text: string): readonly Token[] {
  const runs = text.normalize("NFKC").match(/\p{Script=Han}+|[\p{Letter}\p{Number}'’-]+|[^\s]/gu) ?? [];
  const tokens: Token[] = [];
  let words: string[] = [];
  const flush = () => {
    tokens.push(...lexWords(words));
    words = [];
  };
  for (const run of runs) {
    if (/^\p{Script=Han}/u.test(run)) {
      flush();
      tokens.push(...lexCharacters(run));
    } else if (/^[\p{Letter}\p{Number}]/u.test(run)) {
      words.push(run.toLowerCase().replace(/[’']s$|[’']/g, ""));
    }
  }
  flush();
  return tokens;
}

function lexWords(words: readonly string[]): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = longestMatch(words, at);
    if (phrase) {
      tokens.push({ word: phrase.word, meaning: phrase.meaning, language: "en" });
      at += phrase.length;
    } else {
      tokens.push(singleWord(words[at] ?? ""));
      at += 1;
    }
  }
  return tokens;
}

function longestMatch(words: readonly string[], at: number) {
  for (let length = Math.min(longestPhrase, words.length - at); length >= 1; length--) {
    const word = words.slice(at, at + length).join(" ");
    const meaning = lexiconEn.get(word);
    if (meaning) return { word, meaning, length };
  }
  return undefined;
}

/** An inflected or mistyped word takes the meaning of the one it stands for. */
function singleWord(written: string): Token {
  for (const form of wordForms(written)) {
    const meaning = lexiconEn.get(form);
    if (meaning) return { word: form, meaning, language: "en" };
  }
  const word = nearestWord(written, lexiconEn);
  const meaning = word === undefined ? undefined : lexiconEn.get(word);
  return { word: word ?? written, language: "en", ...(meaning ? { meaning } : {}) };
}

function lexCharacters(run: string): readonly Token[] {
  const tokens: Token[] = [];
  let unknown = "";
  const flush = () => {
    if (unknown !== "") tokens.push({ word: unknown, language: "zh" });
    unknown = "";
  };
  for (let at = 0; at < run.length; ) {
    const word = longestPrefix(run, at, lexiconZh);
    const meaning = word === undefined ? undefined : lexiconZh.get(word);
    if (word === undefined || !meaning) {
      unknown += run[at];
      at += 1;
      continue;
    }
    flush();
    tokens.push({ word, meaning, language: "zh" });
    at += word.length;
  }
  flush();
  return tokens;
}

function longestPrefix(run: string, at: number, lexicon: Lexicon): string | undefined {
  for (let length = Math.min(longestChinesePhrase, run.length - at); length >= 1; length--) {
    const word = run.slice(at, at + length);
    if (lexicon.has(word)) return word;
  }
  return undefined;
}
