import { expect, test } from "vitest";
import type { MediaId } from "../../src/media/media-item.ts";
import { timeSpan } from "../../src/media/span.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { tuiZh } from "../../src/messages/tui-zh.ts";
import { plainRows } from "../../src/tui/plain-rows.ts";

test.each([
  ["English", tuiEn, "Cited 1: car.mp4, 0:15.0–0:18.6, checked in the picture, /open 1"],
  ["Chinese", tuiZh, "引用 1: car.mp4, 0:15.0–0:18.6, 已在画面中核对, /open 1"],
] as const)("in %s a citation is read with its verdict, without the mark", (_, say, row) => {
  const citation = {
    handle: "e1",
    mediaId: "m" as MediaId,
    kind: "video",
    path: "/v/car.mp4",
    span: timeSpan(15_000, 18_600),
    check: "pixels",
  } as const;
  const block = { type: "citations", moments: [{ number: 1, citation }] } as const;
  expect(plainRows(block, { say, showThoughts: false, showResults: false })).toEqual([row]);
});

test("an answer is read without rules, boxes and bullets", () => {
  const text = "# Cars\n\n- one\n- two\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\n\u001b[2Jend";
  const rows = plainRows({ type: "answer", text }, { say: tuiEn, showThoughts: false, showResults: false });
  expect(rows.join("\n")).not.toMatch(/[•\u2500-\u259f]/);
  expect(rows.join("")).not.toContain("\u001b");
  expect(rows).toEqual(expect.arrayContaining(["Answer:", "Cars", "- one", "- two", "end"]));
});
