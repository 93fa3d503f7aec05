import { expect, test } from "vitest";
import { languageOf, languageOfLocale, messagesFor, messagesIn } from "../../src/messages/messages.ts";

function keysOf(value: object, prefix = ""): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    inner !== null && typeof inner === "object" ? keysOf(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

test("both languages have the same messages", () => {
  expect(keysOf(messagesIn("zh"))).toEqual(expect.arrayContaining(keysOf(messagesIn("en"))));
  expect(keysOf(messagesIn("zh"))).toHaveLength(keysOf(messagesIn("en")).length);
});

test("the language is that of the question", () => {
  expect(languageOf("红色的车什么时候出现?")).toBe("zh");
  expect(languageOf("when does the red car pass?")).toBe("en");
  expect(languageOf("street.mp4 里有什么?")).toBe("zh");
  expect(languageOf("???", "zh")).toBe("zh");
  expect(messagesFor("有车吗?").answer.yes).toBe("有");
});

test("a locale names the language of the interface", () => {
  expect(["zh_CN.UTF-8", "zh-Hans", "zh", "en_GB", "C", undefined].map(languageOfLocale)).toEqual([
    "zh",
    "zh",
    "zh",
    "en",
    "en",
    "en",
  ]);
});

test("one thing and several things are told apart in English", () => {
  const words = messagesIn("en").answer;
  expect(words.objects(1, ["red"])).toBe("1 red moving object");
  expect(words.objects(3, [])).toBe("3 moving objects");
  expect(words.list(["a", "b", "c"])).toBe("a, b and c");
});

test("in Chinese, numbers and file names stand off from the words between them", () => {
  const { answer } = messagesIn("zh");
  expect(answer.examined([answer.files(2), answer.pages(7)])).toBe("已检查:2 个文件和 7 页。");
  expect(answer.list(["a.mp4", "b.mp4"])).toBe("a.mp4 和 b.mp4");
  expect(answer.list(["红色", "蓝色"])).toBe("红色和蓝色");
});

test("what leaves where it came from went back", () => {
  const [en, zh] = [messagesIn("en").answer, messagesIn("zh").answer];
  expect(en.way("left", "left")).toBe("from the left and back");
  expect(en.way("left", "right")).toBe("from the left to the right");
  expect(en.event("moves", "red", "left", "left")).toMatch(/from the left and back$/);
  expect(zh.way("left", "left")).toBe("从左边又回到左边");
});
