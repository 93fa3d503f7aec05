import sharp from "sharp";
import { expect, test } from "vitest";
import { kindOfFile, supportedExtensions } from "../../src/ingest/sniff.ts";

const bytes = (...parts: readonly (string | number)[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from([part]))),
  );
const nothing = new Uint8Array(0);

test("content decides over a wrong extension", async () => {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } });
  for (const format of ["jpeg", "png", "webp", "gif", "tiff", "avif"] as const) {
    const file = await picture.clone().toFormat(format).toBuffer();
    expect(kindOfFile("holiday.mp4", file), format).toBe("image");
  }
  expect(kindOfFile("a.jpg", bytes(0, 0, 0, 0x20, "ftypisom", 0, 0, 2, 0))).toBe("video");
  expect(kindOfFile("a.jpg", bytes("%PDF-1.7\n"))).toBe("document");
  expect(kindOfFile("a.txt", bytes("RIFF", 1, 0, 0, 0, "WAVEfmt "))).toBe("audio");
  expect(kindOfFile("no-extension", bytes(0x1a, 0x45, 0xdf, 0xa3))).toBe("video");
});

test("a container that can hold either is audio where its name says so", () => {
  const matroska = bytes(0x1a, 0x45, 0xdf, 0xa3);
  expect(kindOfFile("song.mka", matroska)).toBe("audio");
  expect(kindOfFile("film.mkv", matroska)).toBe("video");
  expect(kindOfFile("x.m4a", bytes(0, 0, 0, 0x20, "ftypM4A "))).toBe("audio");
  expect(kindOfFile("x.bin", bytes("OggS", 0, 2, "....OpusHead"))).toBe("audio");
  expect(kindOfFile("x.ogg", bytes("OggS", 0, 2, "...\x80theora"))).toBe("audio");
});

test("an empty or unknown file is what its extension says, so that its failure is reported", () => {
  expect(kindOfFile("empty.mp4", nothing)).toBe("video");
  expect(kindOfFile("EMPTY.JPG", nothing)).toBe("image");
  expect(kindOfFile("notes.md", bytes("# Notes"))).toBe("document");
});

test("a program is no media: TypeScript, SVG and files without a known extension", () => {
  expect(kindOfFile("main.ts", bytes("export const a = 1;"))).toBeUndefined();
  expect(kindOfFile("logo.svg", bytes("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toBeUndefined();
  expect(kindOfFile("archive.zip", bytes("PK\x03\x04"))).toBeUndefined();
  expect(supportedExtensions.has("svg")).toBe(false);
});

test("a transport stream is known by its packets", () => {
  const stream = Buffer.alloc(188 * 6);
  for (let packet = 0; packet < 6; packet++) stream[packet * 188] = 0x47;
  expect(kindOfFile("clip.ts", stream)).toBe("video");
});

test("text in UTF-16 is not taken for MPEG audio, and a text about PDF is not taken for one", () => {
  expect(kindOfFile("notes.txt", bytes(0xff, 0xfe, "h", 0, "i", 0))).toBe("document");
  expect(kindOfFile("pdf.md", bytes("A file starts with %PDF-1.7"))).toBe("document");
  expect(kindOfFile("song", bytes(0xff, 0xfb, 0x90, 0x64))).toBe("audio");
});
