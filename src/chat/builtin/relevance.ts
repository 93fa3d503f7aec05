import { basename } from "node:path";
import { holdsChinese } from "../../media/chinese-word.ts";
import type { Evidence } from "../../media/citation.ts";
import type { DateWish } from "./calendar.ts";
import type { Question } from "./question.ts";
import { wordForms } from "./spelling.ts";

/** Words that name the carrier of a text and seldom stand in it: "sign", "dialog", "slide". */
const carriers = new Set(
  (
    "sign street sign road sign signpost dialog dialogue dialog box popup pop-up slide slides screen screenshot text word words line " +
    "window title heading caption message label poster banner board whiteboard button menu notice " +
    "标志 路牌 招牌 牌子 标牌 指示牌 对话框 弹窗 提示框 幻灯片 屏幕 截图 标签 海报 白板 窗口 文字 字 消息 标题"
  ).split(" "),
);

/** Words of the question that an answering text can be expected to hold, in both languages. */
export function topicWords(question: Question): readonly string[] {
  const nouns = new Map(question.nouns.map((noun) => [noun.word, noun]));
  return question.terms.filter((term) => {
    const kind = nouns.get(term)?.kind;
    return kind !== "speech" && kind !== "being" && kind !== "place" && !carriers.has(term);
  });
}

/** How many of the words the text, or the file's name, holds. */
export function overlap(evidence: Pick<Evidence, "text" | "path">, words: readonly string[]): number {
  const text = `${evidence.text ?? ""} ${basename(evidence.path)}`.normalize("NFKC").toLowerCase();
  const unspaced = text.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, "");
  const own = new Set((text.match(/[\p{Letter}\p{Number}]+/gu) ?? []).flatMap((word) => wordForms(word)));
  const holds = (word: string) =>
    /\p{Script=Han}/u.test(word)
      ? holdsChinese(unspaced, word)
      : word.split(" ").every((part) => wordForms(part).some((form) => own.has(form)));
  return words.filter((word) => holds(word.toLowerCase())).length;
}

/** The evidence with the most of the words first; the tool's own order among equals. */
export function byOverlap(evidence: readonly Evidence[], words: readonly string[]): readonly Evidence[] {
  const scored = evidence.map((one, index) => ({ one, index, score: overlap(one, words) }));
  return scored.sort((a, b) => b.score - a.score || a.index - b.index).map(({ one }) => one);
}

/** True when a text names the month or year that is asked for, in words or in figures. */
export function namesDate(text: string, date: DateWish): boolean {
  const lower = text.toLowerCase();
  if (date.words.some((word) => word !== "" && !/^\d+$/.test(word) && lower.includes(word))) return true;
  const year = date.yearGuessed ? "\\d{2,4}" : date.from.slice(0, 4);
  const isYear = date.to.slice(5) === "12-31" && date.from.slice(5) === "01-01";
  if (isYear) return lower.includes(date.from.slice(0, 4));
  const month = Number(date.from.slice(5, 7));
  const figures = `0?${month}`;
  return new RegExp(
    `\\b${year}[-/.]${figures}\\b|\\b${figures}[-/.](?:\\d{1,2}[-/.])?${year}\\b|(?<!\\d)${figures}\\s*月`,
  ).test(lower);
}
