/**
 * Words that say nothing about what is looked for. Given to the full-text index instead of its own list, which
 * holds the words of every language at once under the ICU tokenizer and so drops English nouns ("dog").
 */
export const stopWords: readonly string[] = [
  ..."a an the and or of in on at to is are was were be been do does did has have had it its this that".split(
    " ",
  ),
  ..."these those there what when where which who how why i me my you your we our with for from by as".split(
    " ",
  ),
  ..."的 了 是 在 有 和 吗 呢 吧 啊 我 你 他 她 它 这 那 个 就 都 也 很 到 说 着 把 被".split(" "),
  ..."什么 时候 什么时候 哪里 哪儿 怎么 多少 几 谁 哪个 哪些 请 请问 一个 这个 那个".split(" "),
];

const cjkRun = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;

const cjkStopWords = stopWords.filter((word) => /\p{Script=Han}/u.test(word));
const longestFirst = [...cjkStopWords].sort((a, b) => b.length - a.length);
const stopPattern = new RegExp(longestFirst.join("|"), "gu");

/**
 * The pieces of a query to look for as plain substrings: Chinese, Japanese and Korean are written without
 * spaces, and a dictionary cuts "停车场入口" where a person may not. A single character says too little beside
 * longer pieces. "红色的车在哪里" → ["红色的车在哪里", "红色"]; "车" → ["车"].
 */
export function substringsOf(query: string): string[] {
  const runs = query.match(cjkRun) ?? [];
  const pieces = new Set(runs.flatMap((run) => [run, ...run.split(stopPattern)]));
  const telling = [...pieces].filter((piece) => piece !== "" && !stopWords.includes(piece));
  const long = telling.filter((piece) => piece.length > 1);
  return long.length > 0 ? long : telling;
}

/** Share of the pieces' letters that the text holds, 0..1. */
export function substringScore(text: string, pieces: readonly string[]): number {
  const all = pieces.join("").length;
  const found = pieces.filter((piece) => text.includes(piece)).join("").length;
  return all === 0 ? 0 : found / all;
}
