import { describe, expect, test } from "vitest";
import { amountIn } from "../../src/chat/builtin/amount.ts";
import { readDate } from "../../src/chat/builtin/dates.ts";
import { lexiconEn } from "../../src/chat/builtin/lexicon-en.ts";
import { type Question, readQuestion } from "../../src/chat/builtin/question.ts";
import { nearestWord } from "../../src/chat/builtin/spelling.ts";

const now = new Date("2026-11-24T12:00:00Z");
const read = (text: string) => readQuestion(text, now);

const table: readonly (readonly [string, Partial<Question>])[] = [
  ["when does the red car pass?", { ask: "when", event: "visits", colours: ["red"] }],
  ["wehn does the yelow car pass", { ask: "when", event: "visits", colours: ["yellow"] }],
  ["At what time did a bleu van drive by", { ask: "when", event: "visits" }],
  ["how many cars pass?", { ask: "how-many", event: "visits" }],
  ["when does something enter from the top?", { ask: "when", event: "enters", sides: ["top"] }],
  ["when was it that he left", { ask: "when", event: "leaves" }],
  ["who comes in from the left side", { ask: "when", event: "enters", sides: ["left"] }],
  ["is there a bus?", { ask: "exists", terms: ["bus"] }],
  ["does anyone leave", { ask: "exists", event: "leaves" }],
  ["find the blue car", { ask: "find", colours: ["blue"] }],
  ["a grey van", { ask: "find", colours: ["grey"] }],
  ["which of them is red?", { ask: "which", refers: "them", colours: ["red"] }],
  ["the second one", { ordinal: 2 }],
  ["what happens after that?", { relation: "after", event: "any" }],
  ["what is in the library?", { ask: "list", unknown: [] }],
  ["what do you have?", { ask: "list", unknown: [] }],
  ["资料库里有什么?", { ask: "list", unknown: [] }],
  ["read the sign there", { ask: "read", refers: "there" }],
  ["what does the error dialog say?", { ask: "say", terms: ["error", "dialog"] }],
  ["what is on page 3 of report.pdf", { page: 3, fileNames: ["report.pdf"] }],
  ['find "disk full"', { ask: "find", quoted: ["disk full"] }],
  ["what happens at 0:15 in car.mp4", { atMs: 15_000, fileNames: ["car.mp4"], event: "any" }],
  ["how much was the invoice?", { ask: "how-much", asksAmount: true, terms: ["invoice"] }],
  ["which video is the longest", { rank: "longest", kind: "video" }],
  ["when does the camera move?", { event: "camera-moves" }],
  ["what colour is the car", { ask: "colour" }],
  ["红色的车什么时候出现?", { language: "zh", ask: "when", event: "visits", colours: ["red"] }],
  ["有多少辆车经过?", { ask: "how-many", event: "visits" }],
  ["什么时候有人进来?", { ask: "when", event: "enters" }],
  ["谁离开了房间", { ask: "when", event: "leaves" }],
  ["有没有公交车", { ask: "exists", terms: ["公交车"] }],
  ["有红色的车吗?", { ask: "exists", colours: ["red"] }],
  ["错误对话框写了什么?", { ask: "read", terms: ["错误", "对话框"], query: "错误对话框" }],
  ["三月的发票多少钱?", { ask: "how-much", terms: ["发票"] }],
  ["第二个呢?", { ordinal: 2 }],
  ["那之后呢?", { relation: "after" }],
  ["瓶子什么时候被拿走?", { ask: "when", event: "disappears" }],
  ["海滩的照片在哪里拍的?", { ask: "where", kind: "image" }],
  ["第15秒发生了什么?", { atMs: 15_000, event: "any" }],
];

test.each(table)("it reads: %s", (text, expected) => {
  expect(read(text)).toMatchObject(expected);
});

test("what lies behind “after” is the anchor, in both word orders", () => {
  for (const text of ["what happens after the red car leaves?", "红色的车离开之后发生了什么?"]) {
    const question = read(text);
    expect(question.anchor).toMatchObject({ colours: ["red"], event: "leaves" });
    expect(question).toMatchObject({ relation: "after", event: "any", colours: [] });
  }
});

describe("dates", () => {
  test.each([
    ["photos from 2024", "2024-01-01", "2024-12-31"],
    ["in March 2025", "2025-03-01", "2025-03-31"],
    ["the invoice from march", "2026-03-01", "2026-03-31"],
    ["since December", "2025-12-01", "2025-12-31"],
    ["on 5 March 2025", "2025-03-05", "2025-03-05"],
    ["March 5th, 2025", "2025-03-05", "2025-03-05"],
    ["on 2025-03-05", "2025-03-05", "2025-03-05"],
    ["last summer", "2026-06-01", "2026-08-31"],
    ["last winter", "2025-12-01", "2026-02-28"],
    ["yesterday", "2026-11-23", "2026-11-23"],
    ["last week", "2026-11-16", "2026-11-22"],
    ["last month", "2026-10-01", "2026-10-31"],
    ["last year", "2025-01-01", "2025-12-31"],
    ["三月的发票", "2026-03-01", "2026-03-31"],
    ["2024年3月5日", "2024-03-05", "2024-03-05"],
    ["2024年的照片", "2024-01-01", "2024-12-31"],
    ["去年夏天", "2025-06-01", "2025-08-31"],
    ["去年十二月", "2025-12-01", "2025-12-31"],
    ["昨天拍的", "2026-11-23", "2026-11-23"],
  ])("%s is from %s to %s", (text, from, to) => {
    expect(readDate(text, now).date).toMatchObject({ from, to });
  });

  test.each(["a car may pass", "people march by", "at 0:15.0", "12 cars", "in a while"])(
    "“%s” names no date",
    (text) => {
      expect(readDate(text, now).date).toBeUndefined();
    },
  );
});

describe("amounts", () => {
  test.each([
    ["Subtotal 1,000.00 VAT 20 % 200.00 Total EUR 1,200.00 Payment within 30 days.", "EUR 1,200.00"],
    ["Amount 40.00 80.00 Total due: $ 1234.50 by 2026-03-14", "$ 1234.50"],
    ["Total 12 items. Amount due 99,90 €", "99,90 €"],
    ["Summe 5.00 Posters Grand total: GBP 2.345,10", "GBP 2.345,10"],
    ["数量 3 合计:¥1,280.00 谢谢", "¥1,280.00"],
    ["应付金额 560.00元", "560.00元"],
    ["Coffee €3.20 cake €4.80", "€4.80"],
  ])("in “%s” it is %s", (text, amount) => {
    expect(amountIn(text)?.text).toBe(amount);
  });

  test("a page without an amount has none", () => {
    expect(amountIn("Chapter 3, page 12, 2026-03-14, phone 555-1234")).toBeUndefined();
  });
});

test("a slip of the pen is forgiven, an ordinary word is left alone", () => {
  expect(nearestWord("invioce", lexiconEn)).toBe("invoice");
  expect(nearestWord("yelow", lexiconEn)).toBe("yellow");
  expect(["track", "there", "beach", "match", "house"].map((word) => nearestWord(word, lexiconEn))).toEqual(
    Array(5).fill(undefined),
  );
});
