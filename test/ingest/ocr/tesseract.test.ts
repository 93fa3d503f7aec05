import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { type Recognizer, startRecognizer } from "../../../src/ingest/ocr/recognizer.ts";
import { openTesseract } from "../../../src/ingest/ocr/tesseract.ts";
import { Failure } from "../../../src/media/failure.ts";
import { letteringPixels } from "../../media-makers/lettering.ts";

const { signal } = new AbortController();
const started: Recognizer[] = [];
const engine = openTesseract({
  workers: 1,
  start: async (languages) => {
    const recognizer = await startRecognizer(languages);
    started.push(recognizer);
    return recognizer;
  },
});
afterAll(() => engine[Symbol.asyncDispose]());

const english = () => letteringPixels(["Departure 17:45 from gate B12"], { size: 24 });

test("English and Chinese are read from one picture, with a confidence for every word", async () => {
  const pixels = await letteringPixels(["打开 Settings 页面，点击 Save 按钮"], { size: 24 });
  const reading = await engine.read(pixels, ["eng", "chi_sim"], signal);
  expect(reading.text).toBe("打开 Settings 页面，点击 Save 按钮");
  expect(reading.confidence).toBeGreaterThan(85);
  const words = reading.lines?.flat() ?? [];
  expect(words.map((word) => word.text)).toContain("Settings");
  for (const { box } of words) {
    expect(box.x + box.width).toBeLessThanOrEqual(pixels.width);
    expect(box.y + box.height).toBeLessThanOrEqual(pixels.height);
  }
});

test("light letters on a dark ground are read as well", async () => {
  const pixels = await letteringPixels(["Night train to Lisbon"], {
    size: 22,
    colour: "#eee",
    background: "#123",
  });
  expect((await engine.read(pixels, ["eng"], signal)).text).toBe("Night train to Lisbon");
});

test("a thread that dies is replaced, and the picture read all the same", async () => {
  const before = await engine.read(await english(), ["eng", "chi_sim"], signal);
  const reading = engine.read(await english(), ["eng", "chi_sim"], signal);
  const victim = started.at(-1);
  await victim?.terminate();
  expect(await reading).toEqual(before);
  expect(started.at(-1)).not.toBe(victim);
});

test("an aborted read ends at once with the signal's reason, and the next one works", async () => {
  const abort = new AbortController();
  const reading = engine.read(await english(), ["eng", "chi_sim"], abort.signal);
  const waiting = engine.read(await english(), ["eng", "chi_sim"], abort.signal);
  abort.abort(new Error("enough"));
  for (const outcome of await Promise.allSettled([reading, waiting]))
    expect(outcome).toMatchObject({ status: "rejected", reason: { message: "enough" } });
  expect((await engine.read(await english(), ["eng", "chi_sim"], signal)).text).toContain("17:45");
});

test("a pass that takes too long is a timeout, not a hang", async () => {
  await using hasty = openTesseract({ workers: 1, timeoutMs: 1 });
  await expect(hasty.read(await english(), ["eng"], signal)).rejects.toMatchObject({ code: "timeout" });
});

test("a thread that dies twice over one picture is a failure with a remedy", async () => {
  await using frail = openTesseract({
    workers: 1,
    start: () => Promise.reject(new Error("out of memory")),
  });
  const failure = await frail.read(await english(), ["eng"], signal).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code: "unavailable", remedy: expect.stringContaining("npm ci") });
});

test("a closed engine reads nothing more, and leaves no folder behind", async () => {
  const short = openTesseract({ workers: 1 });
  await short.read(await english(), ["eng"], signal);
  await short[Symbol.asyncDispose]();
  await expect(short.read(await english(), ["eng"], signal)).rejects.toMatchObject({ code: "interrupted" });
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(`sightline-ocr-${process.pid}-`));
  expect(left).toEqual([]);
});

test("a picture too small to hold a letter gives no text", async () => {
  const dot = { width: 2, height: 2, data: new Uint8Array(12) };
  expect((await engine.read(dot, ["eng"], signal)).text).toBe("");
});

test("what the engine has to say reaches neither stdout nor stderr", async () => {
  const written: string[] = [];
  const [out, err] = [process.stdout.write, process.stderr.write];
  const catcher = (chunk: unknown) => written.push(String(chunk)) > 0;
  process.stdout.write = catcher;
  process.stderr.write = catcher;
  try {
    const recognizer = await startRecognizer(["eng", "chi_sim"]);
    await recognizer.recognize(new TextEncoder().encode("no picture"), "page").catch(() => undefined);
    await setTimeout(200);
    await recognizer.terminate();
  } finally {
    process.stdout.write = out;
    process.stderr.write = err;
  }
  expect(written.filter((text) => /pix|Error|tess/iu.test(text))).toEqual([]);
});
