import { expect, test } from "vitest";
import * as edit from "../../src/tui/editor.ts";
import { openKeyReader } from "../../src/tui/keys.ts";

test("Enter in the same chunk as text is still Enter", () => {
  expect(openKeyReader().push("hello\r")).toEqual([
    { type: "text", text: "hello" },
    { type: "named", name: "enter" },
  ]);
});

test("a paste comes whole, with its line breaks, however it is cut into chunks", () => {
  const reader = openKeyReader();
  expect(reader.push("\u001b[200~one\r\n")).toEqual([]);
  expect(reader.isWaiting()).toBe(false);
  expect(reader.push("two\u001b[20")).toEqual([]);
  expect(reader.push("1~x")).toEqual([
    { type: "paste", text: "one\ntwo" },
    { type: "text", text: "x" },
  ]);
});

test("a lone escape is Esc only when nothing follows", () => {
  const reader = openKeyReader();
  expect(reader.push("\u001b")).toEqual([]);
  expect(reader.isWaiting()).toBe(true);
  expect(reader.flush()).toEqual([{ type: "named", name: "escape" }]);
  expect(reader.push("\u001b")).toEqual([]);
  expect(reader.push("[A")).toEqual([{ type: "named", name: "up" }]);
});

test("Esc and a control key that come as one are two keys; Alt with Enter or Backspace is one", () => {
  const names = (chunk: string) =>
    openKeyReader()
      .push(chunk)
      .map((key) => key.type === "named" && key.name);
  expect(names("\u001b\u0003")).toEqual(["escape", "interrupt"]);
  expect(names("\u001b\u0004")).toEqual(["escape", "end-of-input"]);
  expect(names("\u001b\r\u001b\u007f\u001b\b")).toEqual(["newline", "erase-word", "erase-word"]);
});

test("a terminal's reply or an unknown sequence is no text", () => {
  expect(openKeyReader().push("\u001b[?62;4c\u001b[99~a")).toEqual([
    { type: "reply", text: "\u001b[?62;4c" },
    { type: "text", text: "a" },
  ]);
});

test("Chinese and emoji are erased as people see them", () => {
  const written = edit.editorOf("红车👍🏽👨‍👩‍👧é");
  const once = edit.eraseBefore(written);
  const twice = edit.eraseBefore(once);
  expect(edit.textOf(once)).toBe("红车👍🏽👨‍👩‍👧");
  expect(edit.textOf(twice)).toBe("红车👍🏽");
  expect(edit.textOf(edit.eraseBefore(edit.eraseBefore(twice)))).toBe("红");
});

test("up and down keep the distance from the line's start", () => {
  const editor = edit.editorOf("abcdef\nxy\nlast");
  const up = edit.vertical(editor, -1);
  expect(up?.at).toBe(9);
  expect(edit.vertical(edit.vertical(up!, -1)!, -1)).toBeUndefined();
});

test("words are erased and passed as one", () => {
  expect(edit.textOf(edit.eraseWord(edit.editorOf("when does it  ")))).toBe("when does ");
  expect(edit.wordLeft(edit.editorOf("a red car")).at).toBe(6);
});
