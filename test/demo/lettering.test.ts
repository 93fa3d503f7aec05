import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { buildLettering } from "../../src/demo/build-lettering.ts";
import { letteringPath, measure } from "../../src/demo/lettering.ts";

const shipped = path.resolve(import.meta.dirname, "../../assets/lettering");

async function inkColumns(text: string): Promise<number[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60"><rect width="400" height="60" fill="#fff"/><path d="${letteringPath(text, { x: 10, y: 45, size: 40 })}"/></svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const columns = [];
  for (let x = 0; x < info.width; x++) {
    let ink = 0;
    for (let y = 0; y < info.height; y++) ink += 255 - (data[(y * info.width + x) * info.channels] ?? 255);
    if (ink > 255) columns.push(x);
  }
  return columns;
}

test("text is drawn without a font, as wide as it measures", async () => {
  for (const text of ["Invoice 4,318.20", "人民路"]) {
    const columns = await inkColumns(text);
    const width = (columns.at(-1) ?? 0) - (columns[0] ?? 0);
    expect(Math.abs(width - measure(text, 40))).toBeLessThan(10);
  }
});

test("an end anchor puts the last pixel before x, a middle anchor spreads both ways", () => {
  const xs = (d: string) => [...d.matchAll(/M(-?[\d.]+)/g)].map((match) => Number(match[1]));
  expect(Math.max(...xs(letteringPath("Total", { x: 100, y: 0, size: 20, anchor: "end" })))).toBeLessThan(
    100,
  );
  const middle = xs(letteringPath("HH", { x: 0, y: 0, size: 20, anchor: "middle" }));
  expect(Math.min(...middle)).toBeLessThan(0);
  expect(Math.max(...middle)).toBeGreaterThan(0);
});

test("a character without an outline is named, not dropped", () => {
  expect(() => letteringPath("龘", { x: 0, y: 0, size: 20 })).toThrow(/龘/);
});

test("the shipped outlines are what the builder makes from the fonts", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sightline-lettering-"));
  try {
    await buildLettering(folder);
    let bytes = 0;
    for (const name of await readdir(folder)) {
      const built = await readFile(path.join(folder, name));
      bytes += built.length;
      expect(built.equals(await readFile(path.join(shipped, name))), name).toBe(true);
    }
    expect(bytes).toBeLessThan(400_000);
  } finally {
    await rm(folder, { recursive: true });
  }
});
