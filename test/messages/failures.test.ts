import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { failureIn } from "../../src/messages/failures.ts";
import { failuresZh } from "../../src/messages/failures-zh.ts";

const source = path.resolve(import.meta.dirname, "../../src");

/** The program's files, as their texts read once they are unquoted. */
function sources(): readonly string[] {
  const own = ["failures.ts", "failures-zh.ts"].map((name) => path.join(source, "messages", name));
  return readdirSync(source, { withFileTypes: true, recursive: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => file.endsWith(".ts") && !own.includes(file))
    .map((file) => readFileSync(file, "utf8").replace(/\\([`"'])/gu, "$1"));
}

const zh = (message: string, remedy = "") => failureIn("zh", { code: "not-found", message, remedy }).message;

test("every entry of the catalogue is what one file of the program says, word for word", () => {
  const texts = sources();
  const partsOf = (english: string) => english.split(/\{\w+\}/u);
  const lost = Object.keys(failuresZh).filter(
    (english) => !texts.some((text) => partsOf(english).every((part) => text.includes(part))),
  );
  expect(lost).toEqual([]);
});

test("a translation names the same facts as its original, save the few that Chinese leaves out", () => {
  const names = (text: string) => new Set(text.match(/\{\w+\}/gu));
  for (const [english, chinese] of Object.entries(failuresZh))
    for (const one of names(chinese)) expect(names(english), chinese).toContain(one);
});

test("facts are taken over as they are, whatever they hold, and the entry that says most is taken", () => {
  expect(zh("There is no file or folder /a {b} $& (c).txt.")).toBe("没有文件或文件夹 /a {b} $& (c).txt。");
  expect(zh("/a/b.png is damaged: bad seek.")).toBe("/a/b.png 已损坏:bad seek。");
  expect(zh("The model file /m.gguf is damaged: its header does not make sense.")).toBe(
    "模型文件 /m.gguf 已损坏:文件头不正确。",
  );
  expect(zh("No model server answers at http://a: nothing listens there (ECONNREFUSED).")).toBe(
    "http://a 没有模型服务器响应:那里没有程序在监听(ECONNREFUSED)。",
  );
  expect(zh("/a\nb.mp4 is empty (0 bytes).")).toBe("/a\nb.mp4 是空文件(0 字节)。");
});

test("what the catalogue does not know stays as it is, and English is never changed", () => {
  expect(zh("Something else went wrong.")).toBe("Something else went wrong.");
  const failure = {
    code: "corrupt",
    message: "/a is damaged.",
    remedy: "Delete it and bring it again.",
  } as const;
  expect(failureIn("en", failure)).toEqual(failure);
  expect(failureIn("zh", failure)).toEqual({
    code: "corrupt",
    message: "/a 已损坏。",
    remedy: "请删除后重新下载。",
  });
});
