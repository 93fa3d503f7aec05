import { openTesseract } from "../src/ingest/ocr/tesseract.ts";
import { readText, rereadByVote } from "../src/ingest/ocr/vote.ts";
import { characterErrorRate, type HardText, hardTexts } from "./hard-text.ts";
import { elapsedMs } from "./measure.ts";

type Rates = readonly [plain: number, indexed: number, voted: number];

/** Character error rates of one plain pass, of the reading for the index and of the vote, with what each costs. */
export async function run(): Promise<string> {
  await using engine = openTesseract();
  const { signal } = new AbortController();
  const times = [0, 0, 0];
  const rows: { readonly text: HardText; readonly rates: Rates }[] = [];
  for (const text of hardTexts) {
    const pixels = await text.render();
    const read = [
      async () => (await engine.read(pixels, ["eng", "chi_sim"], signal)).text,
      async () => (await readText(engine, pixels, signal)).text,
      async () => (await rereadByVote(engine, pixels, {}, signal)).text,
    ];
    const rates = [0, 0, 0];
    for (const [index, way] of read.entries()) {
      const ms = await elapsedMs(async () => {
        rates[index] = characterErrorRate(await way(), text.truth);
      });
      times[index] = (times[index] ?? 0) + ms;
    }
    rows.push({ text, rates: rates as unknown as Rates });
  }
  const lines = rows.map(({ text, rates }) => line(`${text.script}, ${text.condition}`, rates));
  const means = (["Latin", "Chinese"] as const).map((script) => {
    const own = rows.filter(({ text }) => text.script === script).map(({ rates }) => rates);
    return line(
      `${script}, mean`,
      [0, 1, 2].map((column) => mean(own.map((rates) => rates[column] ?? 0))),
    );
  });
  const seconds = times.map((ms) => `${(ms / rows.length / 1000).toFixed(1)} s`.padStart(8)).join("");
  return [
    `${"character error rate".padEnd(30)}   plain   index    vote`,
    ...lines,
    ...means,
    `${"a picture takes".padEnd(30)}${seconds}`,
  ].join("\n");
}

function line(name: string, rates: readonly number[]): string {
  return name.padEnd(30) + rates.map((rate) => `${(rate * 100).toFixed(1)} %`.padStart(8)).join("");
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
