import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWebWorld, type WebWorld } from "./web-world.ts";

let world: WebWorld;
beforeAll(async () => {
  world = await openWebWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const forget = (place: string, init: RequestInit = {}) =>
  world.get(`/library?path=${encodeURIComponent(place)}`, { ...init, method: "DELETE" });

async function found(text: string): Promise<readonly string[]> {
  const { hits } = (await (await world.post("/search", { text })).json()) as { hits: { name: string }[] };
  return hits.map((hit) => hit.name);
}

test("a page of another site can forget nothing, and what is not in the library is refused with a remedy", async () => {
  expect((await forget(world.media, { headers: { origin: "https://evil.example" } })).status).toBe(403);
  const missing = await forget(path.join(world.folder, "nowhere"));
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({
    error: { code: "not-found", remedy: expect.stringContaining(world.media) },
  });
  expect((await world.get("/library", { method: "DELETE" })).status).toBe(400);
  expect(await found("boiler")).toContain("boiler.md");
});

test("what is forgotten is found no more by the server at work, and neither its pictures nor its name stay behind", async () => {
  const secret = path.join(world.media, "secret");
  await mkdir(secret);
  await writeFile(path.join(secret, "pipe.md"), "# Pipe\n\nThe pipe was mended in June for 77 euros.\n");
  for await (const _ of world.http.app.index({ roots: [world.media] }, new AbortController().signal));
  expect(await found("pipe mended")).toContain("pipe.md");
  const scratch = path.join(world.config.library, "scratch");
  const [pipe, room] = [await world.idOf("pipe.md"), await world.idOf("room.mp4")];
  await mkdir(scratch, { recursive: true });
  for (const id of [pipe, room]) await writeFile(path.join(scratch, `look-${id.slice(0, 24)}-p1.jpg`), "x");

  const answer = await forget(secret);
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { files: 1, moments: expect.any(Number), failures: 0, roots: [], excluded: [secret] },
  ]);
  expect(await found("pipe mended")).not.toContain("pipe.md");
  expect((await world.get(`/media/${pipe}`)).status).toBe(404);
  expect(await readdir(scratch)).toEqual([`look-${room.slice(0, 24)}-p1.jpg`]);
  expect(await readFile(path.join(world.config.library, "overview.json"), "utf8")).not.toContain("pipe.md");
  expect(await readdir(secret)).toEqual(["pipe.md"]);
});

test("a forgotten root leaves the list of indexed folders", async () => {
  expect((await forget(world.media)).status).toBe(200);
  const state = (await (await world.get("/library")).json()) as {
    roots: string[];
    counts: { items: number };
  };
  expect([state.roots, state.counts.items]).toEqual([[], 0]);
  expect(world.errors).toEqual([]);
});
