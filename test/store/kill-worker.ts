import { openLanceStore } from "../../src/store/lance.ts";
import { contractDimensions, itemNamed, numberedSegments } from "../contracts/store-items.ts";

/** `kill-worker LIBRARY FIRST`: replaces one item by the next version of itself for ever, with a compaction now and then. */
const [library = "", first = "0"] = process.argv.slice(2);
await using store = await openLanceStore(library, { space: "kill", dimensions: contractDimensions });
for (let version = Number(first); ; version++) {
  const item = itemNamed("one", { bytes: version });
  await store.put(item, numberedSegments(item, version));
  process.stdout.write(`${version}\n`);
  if (version % 7 === 0) await store.optimize();
}
