import sharp, { type Sharp } from "sharp";
import { afterAll, expect, test } from "vitest";
import { characterErrorRate, hardTexts } from "../../../bench/hard-text.ts";
import { openTesseract } from "../../../src/ingest/ocr/tesseract.ts";
import { readText, rereadByVote } from "../../../src/ingest/ocr/vote.ts";
import type { OcrEngine, OcrReading } from "../../../src/ingest/ocr-engine.ts";
import type { Pixels } from "../../../src/media/pixels.ts";
import { letteringPixels } from "../../media-makers/lettering.ts";

const engine = openTesseract();
afterAll(() => engine[Symbol.asyncDispose]());
const { signal } = new AbortController();

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

for (const script of ["Latin", "Chinese"] as const)
  test(`on hard ${script} text the vote makes far fewer errors than a single plain pass`, async () => {
    const rates: { plain: number; indexed: number; voted: number }[] = [];
    for (const text of hardTexts.filter((one) => one.script === script)) {
      const pixels = await text.render();
      const plain = await engine.read(pixels, ["eng", "chi_sim"], signal);
      const indexed = await readText(engine, pixels, signal);
      const voted = await rereadByVote(engine, pixels, {}, signal);
      rates.push({
        plain: characterErrorRate(plain.text, text.truth),
        indexed: characterErrorRate(indexed.text, text.truth),
        voted: characterErrorRate(voted.text, text.truth),
      });
    }
    const plain = mean(rates.map((rate) => rate.plain));
    const indexed = mean(rates.map((rate) => rate.indexed));
    const voted = mean(rates.map((rate) => rate.voted));
    process.stderr.write(
      `${script}: ${(plain * 100).toFixed(1)} % plain, ${(indexed * 100).toFixed(1)} % indexed, ${(voted * 100).toFixed(1)} % voted\n`,
    );
    expect(plain).toBeGreaterThan(0.15);
    expect(indexed).toBeLessThan(0.04);
    expect(voted).toBeLessThan(0.03);
  });

test("a region is read alone, and what several passes agree on is verified", async () => {
  const pixels = await letteringPixels(["Ticket 4711", "Ticket 9020"], { size: 24, margin: 40 });
  const lower = { x: 0, y: 0.5, width: 1, height: 0.5 };
  const reading = await rereadByVote(engine, pixels, { region: lower }, signal);
  expect(reading.text).toBe("Ticket 9020");
  expect(reading.verified).toBe(true);
  expect(reading.agreement).toBeGreaterThan(0.9);
  expect(new Set(reading.passes.map((pass) => pass.name)).size).toBe(reading.passes.length);
  expect(reading.passes.length).toBeGreaterThanOrEqual(8);
});

test("a sign in a scene is read in both scripts, and the scene around it is not", async () => {
  const sign = await letteringPixels(["南京东路", "Nanjing Rd East"], {
    size: 40,
    colour: "#fff",
    background: "#175",
    margin: 30,
  });
  const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="350" fill="#9cf"/><rect y="350" width="900" height="250" fill="#777"/><circle cx="120" cy="300" r="90" fill="#384"/><rect x="440" y="300" width="14" height="260" fill="#555"/><rect x="700" y="380" width="120" height="60" fill="#c22"/></svg>`;
  const raw = { width: sign.width, height: sign.height, channels: 3 } as const;
  const picture = sharp(Buffer.from(scene)).composite([
    { input: Buffer.from(sign.data), raw, left: 280, top: 120 },
  ]);
  const reading = await readText(engine, await rgb(picture), signal);
  expect(reading.text).toBe("南京东路\nNanjing Rd East");
});

test("a picture without text gives no text, neither for the index nor by vote", async () => {
  const leaves = Array.from({ length: 400 }, (_, index) => {
    const [x, y] = [(index * 137) % 640, (index * 89) % 400];
    return `<ellipse cx="${x}" cy="${y}" rx="${6 + (index % 9)}" ry="${3 + (index % 5)}" transform="rotate(${index * 37} ${x} ${y})" fill="rgb(${40 + (index % 60)},${90 + (index % 90)},${30 + (index % 40)})"/>`;
  });
  const svg = (body: string) =>
    sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400">${body}</svg>`));
  const fence = Array.from(
    { length: 40 },
    (_, index) => `<rect x="${index * 16}" width="7" height="400" fill="#333"/>`,
  );
  for (const picture of [
    svg(`<rect width="640" height="400" fill="#473"/>${leaves.join("")}`),
    svg(fence.join("")),
  ]) {
    const pixels = await rgb(picture);
    expect((await readText(engine, pixels, signal)).text).toBe("");
    const vote = await rereadByVote(engine, pixels, {}, signal);
    expect(vote).toMatchObject({ text: "", confidence: 0, verified: false });
  }
});

test("a sure first reading costs one pass, a doubtful one more", async () => {
  const line = (text: string, confidence: number): OcrReading => ({
    text,
    confidence,
    lines: [[{ text, confidence, box: { x: 10, y: 10, width: 100, height: 20 } }]],
  });
  const answers = [line("Certain", 95)];
  const scripted: OcrEngine = {
    name: "scripted",
    read: async () => answers.shift() ?? line("Clearly", 93),
    [Symbol.asyncDispose]: async () => {},
  };
  const pixels = { width: 200, height: 60, data: new Uint8Array(200 * 60 * 3).fill(255) };
  expect((await readText(scripted, pixels, signal)).text).toBe("Certain");
  expect(answers).toHaveLength(0);
  answers.push(line("Cleanly", 70));
  expect((await readText(scripted, pixels, signal)).text).toBe("Clearly");
});

test("reading again stops when it is told to", async () => {
  const abort = new AbortController();
  const work = rereadByVote(engine, await letteringPixels(["Stop here"], { size: 20 }), {}, abort.signal);
  abort.abort(new Error("enough"));
  await expect(work).rejects.toThrow("enough");
});

async function rgb(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture
    .flatten({ background: "#fff" })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
