import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { droppedFiles } from "../../src/tui/attach.ts";
import { expand, noInserts, takePaste, takeTypedFiles } from "../../src/tui/inserts.ts";
import { textOfLine } from "../../src/tui/line.ts";
import { markdownRows } from "../../src/tui/markdown.ts";

const folder = mkdtempSync(path.join(tmpdir(), "sightline-drop-"));
const picture = path.join(folder, "red car.jpg");
const video = path.join(folder, "street.mp4");
writeFileSync(picture, "");
writeFileSync(video, "");

test("dropped paths are read in every way that terminals write them", () => {
  const image = { kind: "image", path: picture };
  expect(droppedFiles(`'${picture}'`)).toEqual([image]);
  expect(droppedFiles(picture.replaceAll(" ", "\\ "))).toEqual([image]);
  expect(droppedFiles(pathToFileURL(picture).href)).toEqual([image]);
  expect(droppedFiles(`"${picture}" ${video}#t=12,18`)).toEqual([
    image,
    { kind: "clip", path: video, startMs: 12_000, endMs: 18_000 },
  ]);
});

test("text that merely mentions a file is text", () => {
  expect(droppedFiles(`look at ${video}`)).toBeUndefined();
  expect(droppedFiles("/no/such/file.jpg")).toBeUndefined();
  expect(droppedFiles("")).toBeUndefined();
});

test("attachments that were erased from the text are not asked about, the others are numbered anew", () => {
  const first = takePaste(noInserts, `"${picture}"`);
  const second = takePaste(first.inserts, `${video}#t=12,18`);
  expect(second.text).toBe("[Clip #2 0:12.0–0:18.0] ");
  expect(expand(`when? ${second.text}`, second.inserts)).toEqual({
    text: "when? [Clip #1 0:12.0–0:18.0]",
    attachments: [{ kind: "clip", path: video, startMs: 12_000, endMs: 18_000 }],
  });
});

test("a file that the text begins with was dropped, one that is named in it is spoken of", () => {
  const asked = (text: string) => {
    const taken = takeTypedFiles(noInserts, text);
    return expand(taken.text, taken.inserts);
  };
  expect(asked(`'${picture}' ${video}#t=12,18 where is this?`)).toEqual({
    text: "[Image #1] [Clip #2 0:12.0–0:18.0] where is this?",
    attachments: [
      { kind: "image", path: picture },
      { kind: "clip", path: video, startMs: 12_000, endMs: 18_000 },
    ],
  });
  for (const text of [`when does it stop in ${video}?`, "/no/such.jpg where?", "is there a dog?"])
    expect(asked(text)).toEqual({ text, attachments: [] });
});

test("a long paste stands as one mark and is asked in full", () => {
  const long = Array.from({ length: 30 }, (_, at) => `line ${at}`).join("\n");
  const { text, inserts } = takePaste(noInserts, long);
  expect(text).toBe("[Paste #1 30 lines]");
  expect(expand(`sum up ${text}`, inserts).text).toBe(`sum up ${long}`);
});

test("terminal control sequences in an answer are not drawn", () => {
  const rows = markdownRows("a\u001b[2Jb\u001b]0;title\u0007\n\n```\nx\u001b[31my\n```", 40).map(textOfLine);
  expect(rows.join("\n")).toBe("ab\n\n  xy");
});

test("no row of markdown is wider than it may be, Chinese and tables included", () => {
  const text = `# 标题\n\n${"红色的车进入画面".repeat(8)}\n\n| a | b |\n|---|---|\n| ${"x".repeat(60)} | y |\n\n- one\n- two\nafter`;
  const rows = markdownRows(text, 30).map(textOfLine);
  expect(rows.filter((row) => [...row].reduce((sum, one) => sum + (one > "\u2e80" ? 2 : 1), 0) > 30)).toEqual(
    [],
  );
  expect(rows.slice(-4)).toEqual(["• one", "• two", "", "after"]);
});
