import { expect, test } from "vitest";
import { builtinResponderName, openBuiltinResponder } from "../../src/chat/builtin/responder.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { tuiZh } from "../../src/messages/tui-zh.ts";
import { textOfLine } from "../../src/tui/line.ts";
import { modelLine } from "../../src/tui/model-command.ts";
import { statusRow } from "../../src/tui/status-row.ts";

test("/model tells of rules no room for tokens, and of a language model how much it has", () => {
  expect(modelLine(openBuiltinResponder(), tuiEn)).toBe("built-in, no language model · answers by rules");
  expect(modelLine(openBuiltinResponder(), tuiZh)).toBe("内置,无语言模型 · 按规则回答");
  const model = { name: "m", runsOn: "CPU", contextTokens: 8192 };
  expect(modelLine(model, tuiEn)).toBe("m · CPU · room for 8192 tokens");
});

test("the status row of a Chinese chat names the built-in responder in Chinese", () => {
  const facts = {
    model: builtinResponderName,
    thinking: "auto",
    tokensPerSecond: 0,
    contextUsed: undefined,
    index: tuiZh.indexed(4),
    waiting: 0,
  } as const;
  expect(textOfLine(statusRow(facts, tuiZh, 80))).toMatch(/^内置,无语言模型 · /);
});
