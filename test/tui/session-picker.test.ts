import { expect, test } from "vitest";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { columnsOfLine, textOfLine } from "../../src/tui/line.ts";
import { offered, openPicker, type Picker, pickerRows, pressInPicker } from "../../src/tui/session-picker.ts";
import type { SavedSession } from "../../src/tui/sessions.ts";

const session = (title: string, questions = 1): SavedSession => ({
  id: title.replaceAll(" ", "-"),
  title,
  messages: [],
  blocks: [],
  at: new Date(2026, 10, 24, 21, 14).getTime(),
  questions,
  mended: [],
  rows: [],
  bytes: 0,
});

const picker = openPicker("/home/me/library", [
  session("when does the red car pass?", 3),
  session("红色的车什么时候出现?"),
  session("who enters the room?"),
]);

function pressed(start: Picker, ...names: readonly string[]): Picker {
  return names.reduce((now, name) => {
    const picked = pressInPicker(now, { type: "named", name });
    if (picked.type !== "looking") throw new Error(`${name} ended the choice`);
    return picked.picker;
  }, start);
}

test("arrows move within the list, Enter takes, Esc leaves", () => {
  expect(pressed(picker, "up").chosen).toBe(0);
  expect(pressed(picker, "down", "down", "down").chosen).toBe(2);
  const enter = pressInPicker(pressed(picker, "down"), { type: "named", name: "enter" });
  expect(enter).toMatchObject({ type: "taken", session: { title: "红色的车什么时候出现?" } });
  expect(pressInPicker(picker, { type: "named", name: "escape" }).type).toBe("left");
});

test("typing filters, erasing widens again, and Enter on nothing takes nothing", () => {
  const typed = pressInPicker(pressed(picker, "down"), { type: "text", text: "room" });
  if (typed.type !== "looking") throw new Error("left");
  expect(offered(typed.picker).map(({ title }) => title)).toEqual(["who enters the room?"]);
  expect(typed.picker.chosen).toBe(0);
  expect(offered(pressed(typed.picker, "backspace", "backspace", "backspace", "backspace"))).toHaveLength(3);
  const none = { ...picker, filter: "zebra" };
  expect(pressInPicker(none, { type: "named", name: "enter" }).type).toBe("looking");
});

test.each([40, 80, 160])("rows fit %i columns and tell title, questions, time and library", (columns) => {
  const rows = pickerRows(picker, tuiEn, columns, 8);
  expect(rows.filter((row) => columnsOfLine(row) > columns)).toEqual([]);
  const text = rows.map(textOfLine).join("\n");
  expect(text).toContain("2026-11-24 21:14");
  if (columns >= 80) {
    expect(text).toContain("3 questions");
    expect(text).toContain("/home/me/library");
  }
});
