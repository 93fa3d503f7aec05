/** `npm run build:encoder`: writes assets/encoder/ and prints how every word did. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildEncoder } from "./build-encoder.ts";
import { concepts } from "./concepts.ts";

async function main(): Promise<void> {
  const { files, trials, kept, thresholds } = buildEncoder();
  const root = fileURLToPath(new URL("../../../../", import.meta.url));
  const target = process.argv[2] ?? path.join(root, "assets", "encoder");
  await mkdir(target, { recursive: true });
  for (const [name, bytes] of files) await writeFile(path.join(target, name), bytes);
  for (const { concept, recallAtOne, present, absent } of trials) {
    const verdict = kept.includes(concept) ? "kept" : "left out";
    process.stderr.write(
      `${concepts[concept]!.id}: recall@1 ${recallAtOne.toFixed(2)} (${present} with, ${absent} without) ${verdict}\n`,
    );
  }
  process.stderr.write(`${JSON.stringify(thresholds)}\n`);
  for (const [name, bytes] of files)
    process.stdout.write(`${path.join(target, name)}  ${bytes.length} bytes\n`);
}

await main();
