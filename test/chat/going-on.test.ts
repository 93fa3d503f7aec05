import { expect, test } from "vitest";
import { roundsOf } from "../../src/chat/builtin/history.ts";
import { asksToGoOn } from "../../src/chat/going-on.ts";

test.each([
  ["continue", true],
  ["Please go on.", true],
  ["继续", true],
  ["请继续。", true],
  ["continue with the red car", false],
  ["what goes on in the street?", false],
])("%s asks to go on: %s", (text, asks) => {
  expect(asksToGoOn(text)).toBe(asks);
});

test("without a language model, continue asks the question before once more", () => {
  const rounds = roundsOf([
    { role: "user", text: "when does the red car pass?" },
    { role: "assistant", text: "(interrupted)" },
    { role: "user", text: "continue" },
  ]);
  expect(rounds.map(({ question }) => question)).toEqual([
    "when does the red car pass?",
    "when does the red car pass?",
  ]);
});
