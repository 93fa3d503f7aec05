import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, sightline } from "../cli/sightline.ts";
import { openTestPlace, secret, type TestPlace } from "./test-place.ts";

let folder = "";
let place: TestPlace;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-object-store-"));
  place = await openTestPlace();
});

afterAll(async () => {
  await place[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("one machine indexes, another one searches and asks, and each keeps its own folder", {
  timeout: 120_000,
}, async () => {
  const media = path.join(folder, "note.md");
  await writeFile(media, "# Boiler\n\nThe boiler was serviced on 3 March by Anna.\n");
  const aws = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("AWS_")));
  const environment = { ...aws, SIGHTLINE_INDEX: place.fresh(), SIGHTLINE_MODEL: "builtin" };
  const on = (machine: string, ...args: string[]) =>
    sightline(["--library", path.join(folder, machine), ...args], environment);

  const early = await on("b", "search", "boiler");
  expect(early.status).toBe(1);
  expect(early.stderr).toContain(`Nothing is indexed yet in the library ${environment.SIGHTLINE_INDEX}.`);

  const indexed = await on("a", "index", media, "--json");
  expect(jsonLines(indexed.stdout).at(-1)).toMatchObject({ type: "index-end", added: 1, failed: [] });
  const searched = await on("b", "search", "boiler", "--json");
  expect(JSON.parse(searched.stdout).hits[0]).toMatchObject({ path: media });
  const asked = await on("b", "ask", "who serviced the boiler?", "--json");
  expect(JSON.parse(asked.stdout)).toMatchObject({ reason: "answered" });
  expect(JSON.parse(asked.stdout).citations[0]).toMatchObject({ path: media });
  const again = await on("b", "index", media, "--json");
  expect(jsonLines(again.stdout).at(-1)).toMatchObject({ added: 0, unchanged: 1 });
  const doctor = await on("b", "doctor");
  expect(doctor.stdout).toContain(environment.SIGHTLINE_INDEX);

  expect(await readdir(path.join(folder, "a"))).toEqual(
    expect.arrayContaining(["library.json", "overview.json"]),
  );
  expect(await readdir(path.join(folder, "a"))).not.toContain("index");
  for (const { stdout, stderr } of [early, indexed, searched, asked, again, doctor])
    expect(stdout + stderr).not.toContain(secret);
});

test("what one machine forgets leaves the index on the object store, and stays out on that machine", {
  timeout: 120_000,
}, async () => {
  const media = path.join(folder, "shared media");
  await mkdir(path.join(media, "private"), { recursive: true });
  await writeFile(path.join(media, "a.md"), "# Garden\n\nTulips by the shed.\n");
  await writeFile(path.join(media, "private", "b.md"), "# Boiler\n\nServiced by Anna.\n");
  const aws = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("AWS_")));
  const environment = { ...aws, SIGHTLINE_INDEX: place.fresh(), SIGHTLINE_MODEL: "builtin" };
  const on = (machine: string, ...args: string[]) =>
    sightline(["--library", path.join(folder, machine), ...args], environment);
  await on("c", "index", media, "--json");
  const forgotten = await on("c", "forget", path.join(media, "private"), "--json");
  expect(jsonLines(forgotten.stdout)).toMatchObject([{ type: "forget-end", files: 1, dryRun: false }]);
  expect(JSON.parse((await on("d", "search", "boiler", "--json")).stdout)).toMatchObject({ hits: [] });
  const again = await on("c", "index", media, "--json");
  expect(jsonLines(again.stdout).at(-1)).toMatchObject({ added: 0, unchanged: 1 });
});
