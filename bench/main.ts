import { existsSync } from "node:fs";

/** Each measures one thing against its limit and says it in a line or a table. */
const benches = ["startup", "indexing", "search", "encoder", "ocr", "activity", "chat"];

/** `npm run bench` runs all; `npm run bench -- search ocr` these. */
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benches.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`No bench named ${unknown.join(", ")}; there are: ${benches.join(", ")}\n`);
  process.exitCode = 2;
} else {
  for (const name of asked.length > 0 ? asked : benches) await runBench(name);
}

async function runBench(name: string): Promise<void> {
  const file = new URL(`./${name}.js`, import.meta.url);
  if (!existsSync(file)) throw new Error(`bench/${name}.ts is missing`);
  const { run } = (await import(file.href)) as { run: () => Promise<string> };
  process.stdout.write(`== ${name}\n${await run()}\n\n`);
}
