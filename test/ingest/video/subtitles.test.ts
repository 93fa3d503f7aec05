import { mkdir, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { decodeSubtitles, findSidecars, parseSubtitles, sidecarCuts } from "../../../src/ingest/subtitles.ts";
import { temporaryFolder } from "../../media-makers/clips.ts";

test("SubRip: numbers, tags, line breaks and Windows line ends", () => {
  const text =
    "\uFEFF1\r\n00:00:01,200 --> 00:00:02,500\r\n<i>Hello</i>\r\n{\\an8}you &amp; me\r\n\r\n2\r\n01:00:00,000 --> 01:00:01,000\r\nLater\r\n";
  expect(parseSubtitles(text)).toEqual([
    { startMs: 1200, endMs: 2500, text: "Hello you & me" },
    { startMs: 3_600_000, endMs: 3_601_000, text: "Later" },
  ]);
});

test("WebVTT: header, notes, settings, short times and voices", () => {
  const text =
    "WEBVTT - a title\n\nNOTE this is no cue\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.250 align:start position:0%\n<v Ann>Good <b>morning</b></v>\n\n00:03.5 --> 00:04.25\n<00:03.700><c>Yes</c>\n";
  expect(parseSubtitles(text)).toEqual([
    { startMs: 1000, endMs: 2250, text: "Good morning" },
    { startMs: 3500, endMs: 4250, text: "Yes" },
  ]);
});

test("a cue without text, one that ends before it begins, and rubbish are passed over", () => {
  const text =
    "1\n00:00:01,000 --> 00:00:02,000\n<i></i>\n\n2\n00:00:09,000 --> 00:00:08,000\nbackwards\n\nnonsense\n\n3\n00:00:05,000 --> 00:00:06,000\nkept\n";
  expect(parseSubtitles(text)).toEqual([{ startMs: 5000, endMs: 6000, text: "kept" }]);
});

test("a line that rolling captions repeat is one cue", () => {
  const text =
    "00:01.000 --> 00:02.000\nsame words\n\n00:02.010 --> 00:03.000\nsame words\n\n00:09.000 --> 00:10.000\nsame words\n";
  expect(parseSubtitles(text)).toEqual([
    { startMs: 1000, endMs: 3000, text: "same words" },
    { startMs: 9000, endMs: 10_000, text: "same words" },
  ]);
});

test("control characters cannot reach a terminal", () => {
  expect(parseSubtitles("00:01.000 --> 00:02.000\nred \u001b[31m\u202etext\n")[0]?.text).toBe(
    "red [31m text",
  );
});

test.each([
  ["UTF-8 with a mark", new TextEncoder().encode("\uFEFF字幕 é"), "字幕 é"],
  ["UTF-8", new TextEncoder().encode("1\n字幕 é"), "1\n字幕 é"],
  ["UTF-16 little endian", Buffer.from("\uFEFF1 字幕", "utf16le"), "1 字幕"],
  ["UTF-16 big endian", Buffer.from("\uFEFF1 字幕", "utf16le").swap16(), "1 字幕"],
  ["UTF-16 without a mark", Buffer.from("1\n00:00", "utf16le"), "1\n00:00"],
  ["GB 18030", Uint8Array.of(0x31, 0x0a, 0xd7, 0xd6, 0xc4, 0xbb), "1\n字幕"],
  ["Latin", Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x20, 0x6e, 0x6f, 0xeb, 0x6c), "café noël"],
])("%s is told by its bytes", (_, bytes, text) => {
  expect(decodeSubtitles(bytes)).toBe(text);
});

test("subtitles beside a file are found by its name, with or without a language", async () => {
  await using folder = await temporaryFolder();
  const names = [
    "talk.mp4",
    "talk.srt",
    "talk.en.vtt",
    "Talk.zh-Hans.SRT",
    "talk two.srt",
    "talks.srt",
    "talk.txt",
  ];
  for (const name of names) await writeFile(folder.at(name), "00:01.000 --> 00:02.000\nhello\n");
  await mkdir(folder.at("deep"));
  const found = (await findSidecars(folder.at("talk.mp4"))).map((file) => file.slice(folder.path.length + 1));
  expect(found).toEqual(["Talk.zh-Hans.SRT", "talk.en.vtt", "talk.srt"]);
  const cuts = await sidecarCuts(folder.at("talk.mp4"));
  expect(cuts[0]).toEqual({
    span: { kind: "time", startMs: 1000, endMs: 2000 },
    source: "subtitle",
    text: "hello",
  });
  expect(cuts).toHaveLength(3);
});
