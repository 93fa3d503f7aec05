import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { buildEncoder } from "../../src/encoder/builtin/build-encoder.ts";

const shipped = resolve(import.meta.dirname, "../../assets/encoder");

test("the shipped encoder is, to the byte, what its builder makes, and smaller than 2 MB", async () => {
  const { files } = buildEncoder();
  let total = 0;
  for (const [name, bytes] of files) {
    expect(Buffer.compare(await readFile(join(shipped, name)), bytes), name).toBe(0);
    total += bytes.length;
  }
  expect(files.size).toBe(4);
  expect(total).toBeLessThan(2_000_000);
}, 180_000);
