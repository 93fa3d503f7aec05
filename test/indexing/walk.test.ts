import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { looksLikeText } from "../../src/indexing/candidate.ts";
import { walkRoots } from "../../src/indexing/walk.ts";

const never = new AbortController().signal;
const png = Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1");
const mp4 = Buffer.from("\0\0\0\x20ftypisom", "latin1");
let root = "";

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "sightline-walk-"));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function put(name: string, content: string | Buffer = "text"): Promise<string> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

async function walk(roots: readonly string[] = [root], skip: readonly string[] = []) {
  const { files, unreadable } = await walkRoots({ roots, skip }, never);
  expect(unreadable).toEqual([]);
  return files.map((file) => [path.relative(root, file.path), file.kind]);
}

test("media are found by extension in any case, other files passed over", async () => {
  for (const name of ["a.MP4", "b.jpg", "sub/c.pdf", "d.md", "code.ts", "e.js", "sub/f.srt"]) await put(name);
  await put("code.js");
  expect(await walk()).toEqual([
    ["a.MP4", "video"],
    ["b.jpg", "image"],
    ["d.md", "document"],
    ["sub/c.pdf", "document"],
  ]);
});

test("a wrong or missing extension does not hide what a file is", async () => {
  await put("really-a-video.jpg", mp4);
  await put("no-extension", png);
  await put("download.bin", mp4);
  await put("README", "no media");
  expect(await walk()).toEqual([
    ["download.bin", "video"],
    ["no-extension", "image"],
    ["really-a-video.jpg", "video"],
  ]);
});

test("odd names are names", async () => {
  const names = [
    "-rf.mp4",
    "a b.mp4",
    'it\'s "q".mp4',
    "line\nbreak.mp4",
    "back\\slash.mp4",
    "🎬 電影.mp4",
    "100%_.mp4",
  ];
  for (const name of names) await put(name);
  expect(new Set((await walk()).map(([name]) => name))).toEqual(new Set(names));
});

test("hidden files and folders are passed over, unless given by name", async () => {
  const hidden = await put(".hidden.mp4");
  await put(".cache/a.mp4");
  await put("lost+found/b.mp4");
  await put("seen.mp4");
  expect(await walk()).toEqual([["seen.mp4", "video"]]);
  expect(await walk([hidden, path.join(root, ".cache")])).toEqual([
    [".hidden.mp4", "video"],
    [".cache/a.mp4", "video"],
  ]);
});

test("a file given by name is always taken, also one that is no media", async () => {
  const [notes, blob, wrong] = [
    await put("notes.log"),
    await put("x.xyz", "\0\x01\x02"),
    await put("y.js", png),
  ];
  expect(await walk([notes, blob, wrong])).toEqual([
    ["notes.log", "document"],
    ["x.xyz", undefined],
    ["y.js", "image"],
  ]);
});

test("links in circles end, and a link into the root is no second file", async () => {
  const file = await put("real/a.mp4");
  await symlink(root, path.join(root, "real", "loop"));
  await symlink(file, path.join(root, "again.mp4"));
  await symlink(path.join(root, "nowhere"), path.join(root, "broken.mp4"));
  expect(await walk()).toEqual([["real/a.mp4", "video"]]);
});

test("a link out of the root is followed, and circles out there end too", async () => {
  const outside = await mkdtemp(path.join(os.tmpdir(), "sightline-outside-"));
  await writeFile(path.join(outside, "b.mp4"), "x");
  await symlink(outside, path.join(outside, "self"));
  await symlink(root, path.join(outside, "back"));
  await symlink(outside, path.join(root, "linked"));
  await put("a.mp4");
  expect(await walk()).toEqual([
    ["a.mp4", "video"],
    ["linked/b.mp4", "video"],
  ]);
  await rm(outside, { recursive: true });
});

test("overlapping roots give each file once, and the library's own folder none", async () => {
  const file = await put("sub/a.mp4");
  await put("library/preview.jpg");
  const roots = [root, path.join(root, "sub"), file];
  expect(await walk(roots, [path.join(root, "library")])).toEqual([["sub/a.mp4", "video"]]);
});

test("a video's newest subtitle file is noticed, another video's is not", async () => {
  await put("a.mp4");
  await put("b.mp4");
  await put("a.en.srt");
  await put("bb.srt");
  const { files } = await walkRoots({ roots: [root] }, never);
  expect(files.map((file) => file.sidecarsAt !== undefined)).toEqual([true, false]);
});

test("text is known by its bytes, also where the end cuts a letter", () => {
  expect(looksLikeText(Buffer.from("Grüße 你好"))).toBe(true);
  expect(looksLikeText(Buffer.from("Grüße 你好").subarray(0, -1))).toBe(true);
  expect(looksLikeText(Buffer.from([0xff, 0xfe]))).toBe(false);
  expect(looksLikeText(Buffer.from("a\0b"))).toBe(false);
});
