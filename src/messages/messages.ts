import { en, type Messages } from "./en.ts";
import { zh } from "./zh.ts";

export type { Messages } from "./en.ts";
export type Language = "en" | "zh";

const byLanguage: Readonly<Record<Language, Messages>> = { en, zh };

/** Chinese where the text holds a Chinese character, else English; a text without a letter gives `fallback`. */
export function languageOf(text: string, fallback: Language = "en"): Language {
  if (/\p{Script=Han}/u.test(text)) return "zh";
  return /\p{Letter}/u.test(text) ? "en" : fallback;
}

/** "zh_CN.UTF-8", "zh-Hans" → "zh"; all else, and none, → "en". */
export function languageOfLocale(locale: string | undefined): Language {
  return /^zh\b|^zh_/i.test(locale ?? "") ? "zh" : "en";
}

/** Of the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`). */
export function localeOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  return languageOfLocale(LC_ALL || LC_MESSAGES || LANG);
}

export function messagesIn(language: Language): Messages {
  return byLanguage[language];
}

/** The messages in the language of a question. */
export function messagesFor(question: string, fallback: Language = "en"): Messages {
  return byLanguage[languageOf(question, fallback)];
}
