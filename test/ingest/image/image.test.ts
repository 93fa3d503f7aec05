import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cut } from "../../../src/ingest/extractor.ts";
import { openImageExtractor, readImage } from "../../../src/ingest/image.ts";
import type { MediaId, MediaItem } from "../../../src/media/media-item.ts";
import type { Pixels } from "../../../src/media/pixels.ts";
import { tiffOfColours } from "../../media-makers/tiff.ts";

const { signal } = new AbortController();
const extractor = openImageExtractor({
  readText: async () => ({ text: "GATE B12", confidence: 91.4 }),
});
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sightline-image-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Red on the left, blue on the right, 600 × 300. */
const halves = () =>
  sharp({ create: { width: 600, height: 300, channels: 3, background: "#0000ff" } }).composite([
    { input: { create: { width: 300, height: 300, channels: 3, background: "#ff0000" } }, left: 0, top: 0 },
  ]);

async function written(name: string, bytes: Promise<Buffer> | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, await bytes);
  return path;
}

async function cuts(path: string, from = extractor): Promise<readonly Cut[]> {
  const facts = await from.probe(path, signal);
  const item: MediaItem = {
    id: "picture" as MediaId,
    kind: "image",
    path,
    bytes: 1,
    modifiedAt: 0,
    ...facts,
  };
  const found: Cut[] = [];
  for await (const cut of from.extract(item, signal)) found.push(cut);
  return found;
}

function colourAt(pixels: Pixels | undefined, x: number, y: number): "red" | "blue" | "other" {
  if (!pixels) return "other";
  const at = (Math.floor(y * pixels.height) * pixels.width + Math.floor(x * pixels.width)) * 3;
  const [red = 0, , blue = 0] = pixels.data.subarray(at, at + 3);
  if (red > 180 && blue < 80) return "red";
  return blue > 180 && red < 80 ? "blue" : "other";
}

test.each(["jpeg", "png", "webp", "avif", "gif", "tiff"] as const)(
  "a %s becomes a small picture, its text and its facts",
  async (format) => {
    const path = await written(`summer-party_2.${format}`, halves().toFormat(format).toBuffer());
    expect(await extractor.probe(path, signal)).toMatchObject({ width: 600, height: 300, codec: format });
    const [frame, ocr, metadata, ...more] = await cuts(path);
    expect(more).toEqual([]);
    expect(frame).toMatchObject({
      source: "frame",
      span: { kind: "whole" },
      pixels: { width: 384, height: 192 },
    });
    expect(colourAt(frame?.pixels, 0.1, 0.5)).toBe("red");
    expect(colourAt(frame?.pixels, 0.9, 0.5)).toBe("blue");
    expect(ocr).toMatchObject({ source: "ocr", text: "GATE B12", confidence: 91 });
    expect(metadata).toMatchObject({ source: "metadata", text: "summer party 2" });
  },
);

test("every EXIF orientation comes out upright, in the facts and in the pixels", async () => {
  const upright = await halves().removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const raw = { width: 600, height: 300, channels: 3 } as const;
  // How the camera lay, undone by the orientation that the file states.
  const turned = { 1: 0, 3: 180, 6: 270, 8: 90 } as const;
  for (const [orientation, degrees] of Object.entries(turned)) {
    const stored = sharp(upright.data, { raw }).rotate(degrees);
    const path = await written(
      `turned-${orientation}.jpg`,
      stored
        .withMetadata({ orientation: Number(orientation) })
        .jpeg()
        .toBuffer(),
    );
    expect(await extractor.probe(path, signal)).toMatchObject({ width: 600, height: 300 });
    const pixels = await readImage(path, { longestSide: 100 }, signal);
    expect([pixels.width, pixels.height]).toEqual([100, 50]);
    expect([colourAt(pixels, 0.1, 0.5), colourAt(pixels, 0.9, 0.5)]).toEqual(["red", "blue"]);
  }
});

test("date, place and camera are facts, and words of both languages to search", async () => {
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" photoshop:City="S&#227;o Paulo"><photoshop:Country>Brazil</photoshop:Country><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Rain &amp; light</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`;
  const path = await written(
    "DSC_0042.jpg",
    halves()
      .withExif({
        IFD0: { Make: "Canon", Model: "Canon EOS R5" },
        IFD2: { DateTimeOriginal: "2026:03:05 14:03:22", OffsetTimeOriginal: "-03:00" },
        IFD3: {
          GPSLatitudeRef: "S",
          GPSLatitude: "23/1 33/1 180/100",
          GPSLongitudeRef: "W",
          GPSLongitude: "46/1 38/1 0/1",
        },
      })
      .withXmp(xmp)
      .jpeg()
      .toBuffer(),
  );
  const facts = await extractor.probe(path, signal);
  expect(facts).toMatchObject({
    takenAt: Date.UTC(2026, 2, 5, 17, 3, 22),
    camera: "Canon EOS R5",
    placeName: "São Paulo, Brazil",
    title: "Rain & light",
  });
  expect(facts.place?.latitude).toBeCloseTo(-23.5505, 3);
  expect(facts.place?.longitude).toBeCloseTo(-46.6333, 3);
  const text = (await cuts(path)).find((cut) => cut.source === "metadata")?.text ?? "";
  for (const words of [
    "Thursday 5 March 2026",
    "2026-03-05 14:03",
    "2026年3月5日",
    "Canon EOS R5",
    "São Paulo",
  ])
    expect(text).toContain(words);
});

test("tags without a fix, without a zone or without sense are left out", async () => {
  const path = await written(
    "odd.jpg",
    halves()
      .withExif({
        IFD0: { DateTime: "2025:12:31 23:59:59" },
        IFD3: {
          GPSLatitudeRef: "N",
          GPSLatitude: "0/1 0/1 0/1",
          GPSLongitudeRef: "E",
          GPSLongitude: "0/1 0/1 0/1",
        },
      })
      .jpeg()
      .toBuffer(),
  );
  const facts = await extractor.probe(path, signal);
  expect(facts.takenAt).toBe(Date.UTC(2025, 11, 31, 23, 59, 59));
  expect(facts).not.toHaveProperty("place");
  expect(facts).not.toHaveProperty("camera");
});

test("an animation is cut by the second of play, still stretches are one segment", async () => {
  const frame = (colour: string) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: colour } })
      .png()
      .toBuffer();
  const colours = ["red", "red", "red", "red", "blue", "blue", "blue", "blue"];
  const bytes = await sharp(await Promise.all(colours.map(frame)), { join: { animated: true } })
    .gif({ delay: colours.map(() => 500) })
    .toBuffer();
  const path = await written("blink.gif", bytes);
  expect(await extractor.probe(path, signal)).toMatchObject({ durationMs: 4000, width: 40, height: 30 });
  const frames = (await cuts(path)).filter((cut) => cut.source === "frame");
  expect(frames.map((cut) => cut.span)).toEqual([
    { kind: "time", startMs: 0, endMs: 2000 },
    { kind: "time", startMs: 2000, endMs: 4000 },
  ]);
  expect(frames.map((cut) => colourAt(cut.pixels, 0.5, 0.5))).toEqual(["red", "blue"]);
  expect(colourAt(await readImage(path, { timeMs: 2600 }, signal), 0.5, 0.5)).toBe("blue");
  expect(colourAt(await readImage(path, {}, signal), 0.5, 0.5)).toBe("red");
});

test("a TIFF of several pages is cut by page", async () => {
  const path = await written("fax.tiff", tiffOfColours([255, 0, 0], [0, 0, 255]));
  expect(await extractor.probe(path, signal)).toMatchObject({ pages: 2 });
  const frames = (await cuts(path)).filter((cut) => cut.source === "frame");
  expect(frames.map((cut) => cut.span)).toEqual([
    { kind: "page", page: 1 },
    { kind: "page", page: 2 },
  ]);
  expect(frames.map((cut) => colourAt(cut.pixels, 0.5, 0.5))).toEqual(["red", "blue"]);
  expect(colourAt(await readImage(path, { page: 2 }, signal), 0.5, 0.5)).toBe("blue");
});

test("transparent is white, grey and 16 bits are RGB, small stays small", async () => {
  const clear = sharp({
    create: { width: 20, height: 10, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  });
  const white = await readImage(
    await written("clear.png", clear.png().toBuffer()),
    { longestSide: 100 },
    signal,
  );
  expect(white).toMatchObject({ width: 20, height: 10 });
  expect(new Set(white.data)).toEqual(new Set([255]));
  const grey = halves().greyscale().toColourspace("grey16").png().toBuffer();
  const pixels = await readImage(await written("grey.png", grey), {}, signal);
  expect(pixels.data).toHaveLength(pixels.width * pixels.height * 3);
});

test("what a name says does not matter, what a file holds does", async () => {
  const path = await written("really-a-png.jpg", halves().png().toBuffer());
  expect(await extractor.probe(path, signal)).toMatchObject({ codec: "png" });
});

test("files that cannot be read are failures that name the file and the way out", async () => {
  const jpeg = await halves().jpeg().toBuffer();
  const failures = [
    ["missing.jpg", undefined, "not-found"],
    ["empty.jpg", Buffer.alloc(0), "corrupt"],
    ["cut.jpg", jpeg.subarray(0, jpeg.length / 2), "corrupt"],
    ["garbage.jpg", Buffer.concat([jpeg.subarray(0, 4), Buffer.alloc(2000, 7)]), "corrupt"],
    ["letter.jpg", Buffer.from("Dear Anna, this is no picture."), "corrupt"],
    [
      "drawing.png",
      Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
      "unsupported",
    ],
    ["old.bmp", Buffer.concat([Buffer.from("BM"), Buffer.alloc(100)]), "unsupported"],
  ] as const;
  for (const [name, bytes, code] of failures) {
    const path = bytes ? await written(name, bytes) : join(folder, name);
    const failure = await cuts(path).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure, name).toMatchObject({ name: "Failure", code, message: expect.stringContaining(name) });
    expect((failure as { remedy: string }).remedy.length, name).toBeGreaterThan(20);
  }
});

test("a picture that unpacks to a billion pixels is refused from its header", async () => {
  const bomb = await sharp({ create: { width: 10, height: 10, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  const { crc32 } = await import("node:zlib");
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  await expect(cuts(await written("bomb.png", bomb))).rejects.toMatchObject({ code: "unsupported" });
});

test("without a reader of text a picture is still a picture; an aborted one stops", async () => {
  const path = await written("plain.png", halves().png().toBuffer());
  expect((await cuts(path, openImageExtractor({}))).map((cut) => cut.source)).toEqual(["frame", "metadata"]);
  const abort = new AbortController();
  abort.abort(new Error("enough"));
  await expect(readImage(path, {}, abort.signal)).rejects.toThrow("enough");
});
