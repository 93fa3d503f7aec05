import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, sightline } from "./sightline.ts";

let folder: string;
let media: string;
const run = (...args: string[]) => sightline(["--library", path.join(folder, "library"), ...args]);
const inChinese = (...args: string[]) =>
  sightline(["--library", path.join(folder, "library"), ...args], { LANG: "zh_CN.UTF-8" });

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-forget-"));
  media = path.join(folder, "my media");
  await mkdir(path.join(media, "private"), { recursive: true });
  await writeFile(path.join(media, "garden.md"), "# Garden\n\nTulips by the shed.\n");
  await writeFile(path.join(media, "private", "boiler.md"), "# Boiler\n\nServiced for 240 euros.\n");
  await run("index", media);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("a forgotten folder is named, found no more, and kept out; a killed run is finished by the next indexing", async () => {
  const place = path.join(media, "private");
  const would = await run("forget", place, "--dry-run");
  expect([would.status, would.stdout]).toEqual([
    0,
    expect.stringMatching(/^Would be forgotten: 1 file, \d+ moments?\. Nothing was changed\.\n$/),
  ]);
  expect((await inChinese("forget", place, "--dry-run")).stdout).toContain("将忘记：1 个文件");
  expect(JSON.parse((await run("search", "boiler", "--json")).stdout).hits[0].path).toContain("boiler.md");

  const done = await run("forget", `${place}${path.sep}`, "--json");
  expect(done.status).toBe(0);
  expect(jsonLines(done.stdout)).toEqual([
    {
      type: "forget-end",
      files: 1,
      moments: expect.any(Number),
      failures: 0,
      roots: [],
      excluded: [place],
      dryRun: false,
    },
  ]);
  expect(JSON.parse((await run("search", "boiler", "--json")).stdout).hits).toEqual([]);
  expect(jsonLines((await run("index", "--json")).stdout).at(-1)).toMatchObject({ added: 0, unchanged: 1 });

  const file = path.join(folder, "library", "library.json");
  const record = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...record, roots: [], forgetting: [media] }));
  await run("index", place);
  expect(JSON.parse((await run("search", "tulips", "--json")).stdout).hits).toEqual([]);
  expect(JSON.parse(await readFile(file, "utf8"))).not.toHaveProperty("forgetting");
});

test("wrong usage is 2, a path that the library does not hold is 1 with a remedy, as is a library without an index", async () => {
  expect((await run("forget")).status).toBe(2);
  expect((await run("forget", "")).status).toBe(2);
  const nowhere = await run("forget", path.join(folder, "nowhere"));
  expect([nowhere.status, nowhere.stdout]).toEqual([1, ""]);
  expect(nowhere.stderr).toMatch(/Nothing in the library lies at .*nowhere or below it\.\n {2}→ /);
  const none = await sightline(["--library", path.join(folder, "none"), "forget", media]);
  expect([none.status, none.stderr]).toEqual([1, expect.stringContaining("Nothing is indexed")]);
});
