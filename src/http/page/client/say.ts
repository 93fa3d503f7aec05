import { type PageMessages, pageEn } from "../../../messages/page-en.ts";
import { pageZh } from "../../../messages/page-zh.ts";

/** The words of the page, in the language in which the server rendered it. */
export const say: PageMessages = document.documentElement.lang.startsWith("zh") ? pageZh : pageEn;
