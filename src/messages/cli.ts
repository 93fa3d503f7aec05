import { type CliMessages, cliEn } from "./cli-en.ts";
import { cliZh } from "./cli-zh.ts";
import { type Language, languageOf, languageOfLocale } from "./messages.ts";

export type { CliMessages } from "./cli-en.ts";

const byLanguage: Readonly<Record<Language, CliMessages>> = { en: cliEn, zh: cliZh };

/** In the language of what was asked; where nothing was, in that of the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`). */
export function cliMessages(question: string, environment: NodeJS.ProcessEnv): CliMessages {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return byLanguage[languageOf(question, languageOfLocale(LC_ALL || LC_MESSAGES || LANG))];
}
