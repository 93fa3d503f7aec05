import { localeOf } from "./messages.ts";
import { type TuiMessages, tuiEn } from "./tui-en.ts";
import { tuiZh } from "./tui-zh.ts";

export type { TuiMessages } from "./tui-en.ts";

/** In the language of the locale. */
export function tuiMessages(environment: NodeJS.ProcessEnv): TuiMessages {
  return localeOf(environment) === "zh" ? tuiZh : tuiEn;
}
