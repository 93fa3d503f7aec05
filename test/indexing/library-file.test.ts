import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { libraryReader, writeLibrary } from "../../src/indexing/library-file.ts";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), "sightline-library-file-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const failure = (name: string) => ({ path: name, code: "corrupt" as const, message: "m", remedy: "r" });

test("a reader parses the file once, and again after every writing", async () => {
  const read = libraryReader(directory);
  expect((await read()).failures).toEqual([]);
  // Texts of one length, written at once: neither size nor a coarse clock tells them apart.
  for (const name of ["/a", "/b", "/c", "/d"]) {
    await writeLibrary(directory, { roots: [], failures: [failure(name)], costs: {} });
    const record = await read();
    expect(record.failures).toEqual([failure(name)]);
    expect(await read()).toBe(record);
  }
  await rm(path.join(directory, "library.json"));
  expect((await read()).failures).toEqual([]);
});

test("a reader that met a damaged file reads it again when it is mended", async () => {
  const read = libraryReader(directory);
  await writeFile(path.join(directory, "library.json"), "{");
  await expect(read()).rejects.toMatchObject({ code: "corrupt" });
  await expect(read()).rejects.toMatchObject({ code: "corrupt" });
  await writeLibrary(directory, { roots: ["/media"], failures: [], costs: {} });
  expect((await read()).roots).toEqual(["/media"]);
});
