import { expect, test } from "vitest";
import { plainText } from "../../src/media/plain-text.ts";

test.each([
  ["\u001b[31mred\u001b[0m", "red"],
  ["\u009b2Jgone", "gone"],
  ["\u001b]0;title\u0007text", "text"],
  ["\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\", "link"],
  ["a\u0000b\u0008c\u007f", "abc"],
  ["abc\u202etxt.exe", "abctxt.exe"],
  ["in\u200bvi\u2060si\ufeffble", "invisible"],
  ["tag\u{e0041}\u{e0042}s", "tags"],
  ["  two\n\n lines\t and\u00a0more ", "two lines and more"],
  ["half \ud800 pair", "half pair"],
  ["家庭 👨‍👩‍👧 été", "家庭 👨‍👩‍👧 été"],
])("%j becomes %j", (text, expected) => {
  expect(plainText(text, 100)).toBe(expected);
});

test("a long text ends in an ellipsis, within its limit, and no character is halved", () => {
  expect(plainText("abcdef", 6)).toBe("abcdef");
  expect(plainText("abcdef", 4)).toBe("abc…");
  expect(plainText("😀😀😀😀", 3)).toBe("😀😀…");
});
