import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import exifReader from "exif-reader";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoPaths, renderDemoLibrary } from "../../src/demo/library.ts";
import { planDemo } from "../../src/demo/plan.ts";
import { seededRandom } from "../../src/demo/random.ts";
import { renderFiles } from "../../src/demo/render-files.ts";
import type { DemoTruth } from "../../src/demo/truth.ts";
import { probeMedia } from "../../src/ingest/ffmpeg/probe.ts";

const seed = 7;
const { signal } = new AbortController();
let temporary: string;
let folder: string;
let truth: DemoTruth;
const progress: number[] = [];
const media = (file: string) => path.join(demoPaths(folder).media, file);

beforeAll(async () => {
  temporary = await mkdtemp(path.join(os.tmpdir(), "sightline-demo-"));
  folder = path.join(temporary, "demo");
  truth = await renderDemoLibrary(folder, { seed, signal, report: (fraction) => progress.push(fraction) });
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

test("progress only grows, and ends at one", () => {
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
});

test("the truth lies beside the media, not among them", async () => {
  expect(JSON.parse(await readFile(demoPaths(folder).truth, "utf8"))).toEqual(truth);
  const names = await readdir(demoPaths(folder).media, { recursive: true });
  expect(names.filter((name) => name.endsWith(".json"))).toEqual([]);
  expect((await readdir(temporary)).filter((name) => name.includes("partial"))).toEqual([]);
});

test("the videos last as long as the truth says", async () => {
  for (const clip of [truth.street, truth.room, truth.talk, truth.screen, truth.memo]) {
    const { facts } = await probeMedia(media(clip.file), signal);
    expect(Math.abs((facts.durationMs ?? 0) - clip.durationMs), clip.file).toBeLessThanOrEqual(100);
  }
});

test("photos carry date, place and camera, and lie right when their orientation is applied", async () => {
  const plan = planDemo(seed);
  for (const photo of truth.photos) {
    const { exif, orientation, xmpAsString = "" } = await sharp(media(photo.file)).metadata();
    const tags = exifReader(exif ?? Buffer.alloc(0));
    expect(tags.Photo?.DateTimeOriginal?.toISOString()).toBe(`${photo.takenAt}.000Z`);
    expect(`${tags.Image?.Make} ${tags.Image?.Model}`).toBe(photo.camera);
    const { GPSLatitude: [degrees = 0, minutes = 0, seconds = 0] = [], GPSLatitudeRef } = tags.GPSInfo ?? {};
    const latitude = (degrees + minutes / 60 + seconds / 3600) * (GPSLatitudeRef === "S" ? -1 : 1);
    expect(latitude).toBeCloseTo(photo.latitude, 4);
    expect(xmpAsString).toContain(`<photoshop:City>${photo.city}<`);
    const sideways = plan.album.photos.find(({ file }) => file === photo.file)?.sideways;
    expect(orientation).toBe(sideways ? 6 : 1);
    const { info } = await sharp(media(photo.file)).autoOrient().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([1440, 1080]);
  }
});

test("the PDF has three pages: two with text, and a scan without", async () => {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(await readFile(media(truth.invoices.file)));
  try {
    expect(document.getPageCount()).toBe(3);
    for (const { page, total, month, currency, scanned } of truth.invoices.pages) {
      const text = document.getPage(page - 1).getText();
      if (scanned) expect(text.trim()).toBe("");
      else {
        expect(text).toContain(`Total ${currency} ${total}`);
        expect(text).toContain(month);
      }
    }
  } finally {
    document.destroy();
    library.destroy();
  }
});

test("the subtitles name the fact at its time, in both languages", async () => {
  const stamp = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace(".", ",");
  const { fact, file } = truth.talk;
  for (const ending of [".srt", ".zh.srt"]) {
    const text = await readFile(media(file.replace(".mp4", ending)), "utf8");
    const blocks = text.trim().split("\n\n");
    expect(blocks.map((block) => Number(block.split("\n")[0]))).toEqual(blocks.map((_, index) => index + 1));
    const block = blocks.find((one) => one.includes(`${stamp(fact.startMs)} --> ${stamp(fact.endMs)}`));
    expect(block).toContain(fact.answer);
  }
});

test("the same seed draws the same bytes, another seed others", async () => {
  const plan = planDemo(seed);
  const again = path.join(temporary, "again");
  for (const part of ["photos", "documents", "audio", "videos"])
    await mkdir(path.join(again, part), { recursive: true });
  await renderFiles(plan, again, signal, () => undefined);
  const entries = await readdir(again, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(18);
  for (const { parentPath, name } of files) {
    const relative = path.relative(again, path.join(parentPath, name));
    const [first, second] = [await readFile(media(relative)), await readFile(path.join(again, relative))];
    expect(first.equals(second), relative).toBe(true);
  }
  for (const { subject, draw } of plan.album.photos)
    expect(draw(seededRandom(seed)) === draw(seededRandom(seed + 1)), subject).toBe(false);
});

test("a whole folder is used again, a damaged one is rendered again, another's is left alone", async () => {
  const video = media(truth.street.file);
  const before = await stat(video);
  await renderDemoLibrary(folder, { seed, signal });
  expect((await stat(video)).mtimeMs).toBe(before.mtimeMs);

  const note = media(truth.note.file);
  const text = await readFile(note, "utf8");
  await writeFile(note, "something else");
  const stop = new AbortController();
  stop.abort();
  await expect(renderDemoLibrary(folder, { seed, signal: stop.signal })).rejects.toThrow();
  expect(await readFile(note, "utf8")).toBe("something else");
  await writeFile(note, text);

  const foreign = path.join(temporary, "holiday");
  await mkdir(foreign);
  await writeFile(path.join(foreign, "mine.txt"), "mine");
  await expect(renderDemoLibrary(foreign, { seed, signal })).rejects.toMatchObject({ code: "invalid-input" });
  expect(await readdir(foreign)).toEqual(["mine.txt"]);
});
