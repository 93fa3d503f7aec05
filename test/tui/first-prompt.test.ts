import { describe, expect, test } from "vitest";
import { drawsOn, opensChat } from "../../src/cli/early-chat.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { tuiZh } from "../../src/messages/tui-zh.ts";
import { firstState } from "../../src/tui/chat-state.ts";
import { firstRows } from "../../src/tui/first-prompt.ts";
import { liveRows } from "../../src/tui/live-rows.ts";
import { paintLine } from "../../src/tui/paint.ts";

describe("the first prompt", () => {
  test.each([
    ["English", tuiEn],
    ["Chinese", tuiZh],
  ])("is what the chat draws when nothing has happened: %s", (_language, say) => {
    const paint = { colour: "256", links: false } as const;
    const painted = (rows: ReturnType<typeof firstRows>) => rows.map((row) => paintLine(row, paint));
    for (const columns of [30, 80, 160]) {
      const live = liveRows(firstState, { columns, height: 20, say, now: 0 });
      expect(painted(firstRows(say))).toEqual(painted(live.rows));
      expect(live.cursor).toEqual({ x: 2, y: 0 });
    }
  });

  test.each([[[]], [["chat"]], [["-c"]], [["--library", "/x", "--model=builtin", "chat", "--continue"]]])(
    "stands early for %j",
    (args) => {
      expect(opensChat(args)).toBe(true);
    },
  );

  test.each([
    [["--help"]],
    [["ask", "what is it?"]],
    [["-p", "what is it?"]],
    [["-r"]],
    [["--screen-reader"]],
    [["/a/folder"]],
    [["--library", "/x", "index"]],
    [["--typo"]],
  ])("waits for the command line to be read for %j", (args) => {
    expect(opensChat(args)).toBe(false);
  });

  test("is drawn on a terminal alone, not for a pipe, a dumb terminal or a build machine", () => {
    const terminal = { stdin: { isTTY: true }, stdout: { isTTY: true } };
    expect(drawsOn(terminal, { TERM: "xterm-256color" })).toBe(true);
    expect(drawsOn(terminal, { TERM: "dumb" })).toBe(false);
    expect(drawsOn(terminal, { TERM: "xterm", CI: "true" })).toBe(false);
    expect(drawsOn({ ...terminal, stdin: {} }, { TERM: "xterm" })).toBe(false);
    expect(drawsOn({ ...terminal, stdout: {} }, { TERM: "xterm" })).toBe(false);
  });
});
