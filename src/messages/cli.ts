import { type CliMessages, cliEn } from "./cli-en.ts";
import { cliZh } from "./cli-zh.ts";
import { type Language, languageOf, localeOf } from "./messages.ts";

export type { CliMessages } from "./cli-en.ts";

const byLanguage: Readonly<Record<Language, CliMessages>> = { en: cliEn, zh: cliZh };

/** In the language of what was asked; where nothing was, in that of the locale. */
export function cliMessages(question: string, environment: NodeJS.ProcessEnv): CliMessages {
  return byLanguage[languageOf(question, localeOf(environment))];
}
