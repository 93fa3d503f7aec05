import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "../../src/app.ts";
import { Failure } from "../../src/media/failure.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { tuiZh } from "../../src/messages/tui-zh.ts";
import { runCommand } from "../../src/tui/commands.ts";
import { textOf } from "../../src/tui/editor.ts";
import { openHistory } from "../../src/tui/history.ts";
import type { Key } from "../../src/tui/keys.ts";
import { press } from "../../src/tui/press.ts";
import { startChat } from "../../src/tui/start.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sightline-press-"));
  await writeFile(path.join(folder, "car.jpg"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function chatOf(say = tuiEn) {
  const app = {
    openLibrary: async () => {
      throw new Failure({ code: "not-found", message: "Nothing.", remedy: "None." });
    },
    state: async () => ({ roots: [], failures: [], counts: undefined }),
    [Symbol.asyncDispose]: async () => {},
  } as unknown as App;
  const libraryFolder = path.join(folder, "library");
  const chat = startChat({ libraryFolder, openApp: async () => app, say });
  const history = openHistory(libraryFolder);
  history.add({ text: "who enters?", attachments: [] });
  const key = (name: string) => press(chat, history, { type: "named", name });
  const type = (text: string, how: "text" | "paste" = "text") =>
    press(chat, history, { type: how, text } as Key);
  return { chat, key, type, written: () => textOf(chat.store.get().editor), libraryFolder };
}

test("Esc gives back what was being written when Ctrl+R began to look, with what is attached to it", () => {
  const { chat, key, type, written } = chatOf();
  type(path.join(folder, "car.jpg"), "paste");
  type("like this");
  key("search-history");
  type("who");
  expect(written()).toBe("who enters?");
  key("escape");
  expect(written()).toBe("[Image #1] like this");
  expect(chat.store.get().inserts.attachments).toHaveLength(1);
});

test("Tab completes a command and then offers what its argument can be; Enter still only completes", () => {
  const { chat, key, type, written } = chatOf();
  const offered = () => chat.store.get().popup?.suggestions.map(({ label }) => label);
  type("/thi");
  key("tab");
  expect(written()).toBe("/think ");
  expect(offered()).toEqual(["on", "off", "auto"]);
  key("down");
  key("tab");
  expect(written()).toBe("/think off");
  expect(offered()).toBeUndefined();
  key("interrupt");
  type("/thi");
  key("enter");
  expect(written()).toBe("/think ");
  expect(offered()).toBeUndefined();
});

test("Ctrl+C puts away the text with all that belongs to it: what is attached next is the first again", () => {
  const { key, type, written } = chatOf();
  type(path.join(folder, "car.jpg"), "paste");
  key("interrupt");
  expect(written()).toBe("");
  type(path.join(folder, "car.jpg"), "paste");
  expect(written()).toBe("[Image #1] ");
});

test("a command stands on the screen above what it says, and is not saved", async () => {
  const { chat, libraryFolder } = chatOf();
  await runCommand(chat, "/think maybe");
  expect(chat.store.get().blocks).toEqual([
    { type: "command", text: "/think maybe" },
    { type: "note", text: "Usage: /think on|off|auto" },
  ]);
  chat.ask({ text: "when?", attachments: [] });
  await chat.rest();
  const { listSessions } = await import("../../src/tui/sessions.ts");
  const saved = (await listSessions(libraryFolder)).flatMap(({ blocks }) => blocks.map(({ type }) => type));
  expect(saved).not.toContain("command");
  expect(saved).toContain("question");
});

test("a place that is not there is not indexed, and a chat in Chinese says so in Chinese", async () => {
  const { chat } = chatOf(tuiZh);
  await runCommand(chat, `/index ${folder}/no such`);
  expect(chat.store.get().blocks.at(-1)).toMatchObject({
    type: "failure",
    failure: {
      message: `没有文件或文件夹 ${folder}/no such。`,
      remedy: expect.stringContaining("请检查拼写"),
    },
  });
  await runCommand(chat, "/index --everything");
  expect(chat.store.get().blocks.at(-1)).toMatchObject({
    type: "note",
    text: expect.stringContaining("/index"),
  });
  expect(await readdir(folder)).toEqual(expect.arrayContaining(["car.jpg"]));
  await chat[Symbol.asyncDispose]();
});
