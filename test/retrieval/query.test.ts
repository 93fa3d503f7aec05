import { describe, expect, test } from "vitest";
import { parseClipReference } from "../../src/retrieval/clip-reference.ts";
import { planQuery } from "../../src/retrieval/query-plan.ts";
import { contentWords, wordsIn } from "../../src/retrieval/query-words.ts";
import { openColourEncoder } from "./colour-world.ts";

const plan = (text: string) => planQuery(text, openColourEncoder());

describe("the words of a query", () => {
  test("are those that say what is looked for", () => {
    expect(contentWords("How much was the invoice from March?")).toEqual(["invoice", "march"]);
    expect(contentWords("what does the error dialog say")).toEqual(["error", "dialog"]);
  });

  test("are cut in Chinese, and a run of single characters stays one word", () => {
    expect(contentWords("三月的发票是多少钱?")).toEqual(["三月", "发票"]);
    expect(contentWords("有公交车吗")).toEqual(["公交车"]);
  });

  test("are found in other forms, and only as whole words", () => {
    expect(wordsIn("Invoices were parked here", ["invoice", "parking", "voice"])).toEqual([
      "invoice",
      "parking",
    ]);
    expect(wordsIn("CAFÉ Ｍenu", ["cafe", "menu"])).toEqual(["cafe", "menu"]);
    expect(wordsIn("停 车 场 入口", ["停车场", "出口"])).toEqual(["停车场"]);
  });

  test("are found as a single Chinese character only where it is a word", () => {
    expect(wordsIn("中 山 东 路", ["山", "东路"])).toEqual(["东路"]);
    expect(wordsIn("前面有一座山。", ["山"])).toEqual(["山"]);
    expect(wordsIn("绿茶需要86度的水。", ["水"])).toEqual(["水"]);
  });
});

describe("a month", () => {
  test.each([
    "14 March 2026",
    "due 2026-03-14",
    "14.03.2026",
    "03/14/2026",
    "2026年3月14日",
    "三月十四日",
    "Mar. 14",
  ])("is found as %s", (text) => {
    expect(wordsIn(text, ["march"])).toEqual(["march"]);
    expect(wordsIn(text, ["三月"])).toEqual(["三月"]);
  });

  test.each(["2026-04-13", "13 marches", "十三月", "1.3.4", "No. 2030"])("is not found in %s", (text) => {
    expect(wordsIn(text, ["三月"])).toEqual([]);
  });
});

describe("a plan", () => {
  test("looks for a red car among red objects that move, not among red pictures, and names the word it cannot see", () => {
    const { pictureWords, events, unknownWords } = plan("when does the red car pass?");
    expect(pictureWords).toEqual([]);
    expect(plan("red car").pictureWords).toEqual([]);
    expect(plan("red").pictureWords).toEqual(["red"]);
    expect(events).toMatchObject({ colours: ["red"], kinds: ["moves"] });
    expect(unknownWords).toEqual(["car"]);
  });

  test("reads colour and entry out of Chinese, also without a space between them", () => {
    expect(plan("红色的车什么时候出现?").events).toMatchObject({
      colours: ["red"],
      kinds: ["enters", "appears"],
    });
    expect(plan("红车").events?.colours).toEqual(["red"]);
    expect(plan("黑板").events).toBeUndefined();
    expect(plan("a blue door").events).toBeUndefined();
  });

  test("searches a query of unknown words as text alone", () => {
    expect(plan("is there a bus?")).toEqual({
      words: ["bus"],
      pictureWords: [],
      textWords: ["bus"],
      unknownWords: ["bus"],
    });
  });

  test("takes a side as part of what happens, not of the picture", () => {
    const { events, pictureWords, textWords } = plan("when does something enter from the top?");
    expect(events).toMatchObject({ kinds: ["enters"], sides: ["top"] });
    expect(pictureWords).toEqual([]);
    expect(textWords).toEqual([]);
  });

  test("asks no events for a coloured thing that does not move and that pictures can show", () => {
    const encoder = {
      ...openColourEncoder(),
      vocabularyOf: (text: string) => ({ known: text.split(" "), unknown: [] }),
    };
    expect(planQuery("red sunset", encoder).events).toBeUndefined();
    expect(planQuery("red car", encoder).events).toBeDefined();
  });
});

describe("a clip reference", () => {
  test.each([
    ["party.mp4#t=12,18", { path: "party.mp4", startMs: 12_000, endMs: 18_000 }],
    ["a #t=3 b #1.mp4#t=1:02.5,1:10", { path: "a #t=3 b #1.mp4", startMs: 62_500, endMs: 70_000 }],
    ["party.mp4#t=,18", { path: "party.mp4", startMs: 0, endMs: 18_000 }],
    ["party.mp4#t=12", { path: "party.mp4", startMs: 12_000 }],
    ["take #2.mp4", { path: "take #2.mp4", startMs: 0 }],
  ])("%s", (text, expected) => {
    expect(parseClipReference(text)).toEqual(expected);
  });

  test.each(["", "party.mp4#t=18,12", "party.mp4#t=a,b", "party.mp4#t=5,5"])("%j is refused", (text) => {
    expect(() => parseClipReference(text)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });
});
