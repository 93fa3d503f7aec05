import { expect, test } from "vitest";
import type { MediaId, MediaItem } from "../../src/media/media-item.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { accept, isWritten, suggest } from "../../src/tui/complete.ts";
import { editorOf, textOf } from "../../src/tui/editor.ts";
import { indexingText } from "../../src/tui/indexing-text.ts";

const item = {
  id: "m" as MediaId,
  kind: "video",
  path: "/home/me/Videos/car.mp4",
  bytes: 1,
  modifiedAt: 0,
  durationMs: 30_000,
  width: 1280,
  height: 720,
} as MediaItem;

const modes = () => ["on", "off", "auto"].map((mode) => ({ label: mode, detail: "", text: mode }));

test("an argument is completed where the command knows what it can be", () => {
  const editor = editorOf("/think of");
  const popup = suggest(editor, [], tuiEn, (command) => (command === "/think" ? modes() : undefined));
  expect(popup?.suggestions.map(({ label }) => label)).toEqual(["off"]);
  expect(popup && textOf(accept(editor, popup))).toBe("/think off");
  expect(suggest(editorOf("/export a"), [], tuiEn, () => undefined)).toBeUndefined();
  expect(suggest(editorOf("see /think of"), [], tuiEn, modes)).toBeUndefined();
});

test("Enter sends a folder that is written whole, with or without the slash, and takes one that is begun or chosen", () => {
  const folders = (...names: readonly string[]) =>
    suggest(editorOf("/index /v"), [], tuiEn, () => names.map((text) => ({ label: text, detail: "", text })));
  const written = (text: string, chosen: number, ...names: readonly string[]) => {
    const popup = folders(...names);
    return popup && isWritten(editorOf(text), { ...popup, chosen });
  };
  expect(written("/index /vid", 0, "/videos/")).toBe(false);
  expect(written("/index /videos", 0, "/videos/")).toBe(true);
  expect(written("/index /videos/", 0, "/videos/old/", "/videos/new/")).toBe(true);
  expect(written("/index /videos/", 1, "/videos/old/", "/videos/new/")).toBe(false);
  const commands = suggest(editorOf("/"), [], tuiEn);
  expect(commands && isWritten(editorOf("/"), commands)).toBe(false);
});

test("a named file tells its kind, length, folder and size before it is taken", () => {
  const popup = suggest(editorOf("when in @ca"), [item], tuiEn);
  expect(popup?.suggestions[0]).toEqual({
    label: "car.mp4",
    detail: "video 0:30.0",
    text: "car.mp4 ",
    preview: "video 0:30.0 · /home/me/Videos · 1280×720",
  });
});

test("indexing tells what is done, how much and how long, as far as there is room", () => {
  const view = { fraction: 0.325, done: 412, total: 1300, etaMs: 9 * 60_000 };
  expect(indexingText(view, tuiEn, 80)).toBe("index 412/1300 ███░░░░░░ 32 % · about 9 min");
  expect(indexingText(view, tuiEn, 40)).toBe("index 412/1300");
  expect(indexingText({ fraction: 0, what: "demo files" }, tuiEn, 80)).toBe("demo files ░░░░░░░░░ 0 %");
});
