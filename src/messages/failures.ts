import type { FailureDetail } from "../media/failure.ts";
import { failuresZh } from "./failures-zh.ts";
import type { Language } from "./messages.ts";

/** Longer than anything that a person is told. */
const longest = 4000;

/**
 * A failure as it is told in a language. Failures are written in English where they arise, for logs, models and JSON;
 * the catalogue knows those that people commonly meet, and its keys are their English. What it does not know stays as
 * it is.
 */
export function failureIn(language: Language, { code, message, remedy }: FailureDetail): FailureDetail {
  if (language === "en") return { code, message, remedy };
  return { code, message: translated(message), remedy: translated(remedy) };
}

interface Entry {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly told: string;
}

const name = /\{(\w+)\}/gu;
let compiled: readonly Entry[] | undefined;

function translated(text: string): string {
  if (text.length > longest) return text;
  compiled ??= compile();
  for (const { pattern, names, told } of compiled) {
    const facts = pattern.exec(text)?.slice(1);
    if (facts) return told.replace(name, (_, key: string) => reason(facts[names.indexOf(key)] ?? ""));
  }
  return text;
}

/** What differs from one failure to the next may be a clause that the catalogue holds; a path or a number is none. */
function reason(fact: string): string {
  return failuresZh[fact] ?? fact;
}

/** The one that says most comes first: "{path} is damaged." also fits what says why. */
function compile(): readonly Entry[] {
  const literal = (english: string) => english.replace(name, "").length;
  return Object.entries(failuresZh)
    .sort(([a], [b]) => literal(b) - literal(a))
    .map(([english, told]) => {
      const parts = english.split(/\{\w+\}/u).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      return {
        pattern: new RegExp(`^${parts.join("(.*?)")}$`, "su"),
        names: [...english.matchAll(name)].map(([, key = ""]) => key),
        told,
      };
    });
}
