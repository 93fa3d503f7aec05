import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp } from "../../src/app.ts";
import { openWebWorld, type WebWorld } from "./web-world.ts";

let world: WebWorld;
beforeAll(async () => {
  world = await openWebWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

interface Found {
  readonly hits: readonly { readonly name: string }[];
  readonly coverage: { readonly items: number; readonly unreadable: number };
}

async function search(text: string): Promise<{ names: string[]; items: number; unreadable: number }> {
  const response = await world.post("/search", { text });
  const { hits, coverage } = (await response.json()) as Found;
  const { items, unreadable } = coverage;
  return { names: [...new Set(hits.map(({ name }) => name))], items, unreadable };
}

/** Another store handle over the same library, as another process has. */
async function indexElsewhere(): Promise<void> {
  await using other = openApp(world.config);
  for await (const _ of other.index({ roots: [world.media] }, new AbortController().signal));
}

test("a server that answers from memory follows what others index, change, fail to read and delete", async () => {
  const note = path.join(world.media, "timetable.md");
  const broken = path.join(world.media, "broken.png");
  for (let i = 0; i < 10; i++) expect(await search("ferry")).toEqual({ names: [], items: 3, unreadable: 0 });

  await writeFile(note, "# Ferry\n\nThe ferry leaves at nine.\n");
  await indexElsewhere();
  for (let i = 0; i < 10; i++)
    expect(await search("ferry")).toEqual({ names: ["timetable.md"], items: 4, unreadable: 0 });

  await writeFile(note, "# Train\n\nThe train leaves at ten.\n");
  await writeFile(broken, "\x89PNG\r\n\x1a\n, and then nothing of the kind");
  await indexElsewhere();
  for (let i = 0; i < 10; i++)
    expect(await search("train")).toEqual({ names: ["timetable.md"], items: 5, unreadable: 1 });

  await rm(note);
  await rm(broken);
  await indexElsewhere();
  expect(await search("train")).toEqual({ names: [], items: 3, unreadable: 0 });
});
