import { languageOfLocale } from "./messages.ts";
import { type TuiMessages, tuiEn } from "./tui-en.ts";
import { tuiZh } from "./tui-zh.ts";

export type { TuiMessages } from "./tui-en.ts";

/** In the language of the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`). */
export function tuiMessages({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): TuiMessages {
  return languageOfLocale(LC_ALL || LC_MESSAGES || LANG) === "zh" ? tuiZh : tuiEn;
}
