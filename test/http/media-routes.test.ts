import { readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWebWorld, type WebWorld } from "./web-world.ts";

let world: WebWorld;
beforeAll(async () => {
  world = await openWebWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test("media are listed by opaque id and name, without a path of the disk", async () => {
  const response = await world.get("/media");
  const text = await response.text();
  const { items } = JSON.parse(text) as { items: { name: string; kind: string }[] };
  expect(new Set(items.map(({ name }) => name))).toEqual(new Set(["boiler.md", "red <b>.png", "room.mp4"]));
  expect(text).not.toContain(world.folder);
  const images = (await (await world.get("/media?kind=image")).json()) as { items: unknown[] };
  expect(images.items).toHaveLength(1);
  expect((await world.get("/media?kind=music")).status).toBe(400);
});

test("one item tells its facts, segments with times, events and shots", async () => {
  const id = await world.idOf("room.mp4");
  const item = (await (await world.get(`/media/${id}`)).json()) as {
    durationMs: number;
    segments: { source: string; startMs?: number; event?: { kind: string } }[];
    shots: { startMs: number; endMs: number }[];
  };
  expect(item.durationMs).toBeGreaterThan(30_000);
  expect(item.segments.some(({ event }) => event?.kind === "enters")).toBe(true);
  expect(item.shots.length).toBeGreaterThan(0);
  expect(item.shots[0]).toMatchObject({ startMs: 0 });
});

test("a file is served whole, in ranges, and not again to who has it", async () => {
  const address = `/media/${await world.idOf("room.mp4")}/content`;
  const bytes = await readFile(path.join(world.media, "room.mp4"));
  const whole = await world.get(address);
  expect(whole.status).toBe(200);
  expect(whole.headers.get("content-type")).toBe("video/mp4");
  expect(whole.headers.get("x-content-type-options")).toBe("nosniff");
  expect(Buffer.compare(Buffer.from(await whole.arrayBuffer()), bytes)).toBe(0);

  const range = async (value: string) => world.get(address, { headers: { range: value } });
  const middle = await range("bytes=100-199");
  expect(middle.status).toBe(206);
  expect(middle.headers.get("content-range")).toBe(`bytes 100-199/${bytes.length}`);
  expect(Buffer.compare(Buffer.from(await middle.arrayBuffer()), bytes.subarray(100, 200))).toBe(0);
  const tail = await range("bytes=-50");
  expect(Buffer.compare(Buffer.from(await tail.arrayBuffer()), bytes.subarray(-50))).toBe(0);
  const beyond = await range(`bytes=${bytes.length}-`);
  expect(beyond.status).toBe(416);
  expect(beyond.headers.get("content-range")).toBe(`bytes */${bytes.length}`);
  expect((await range("bytes=5-2")).status).toBe(200);

  const etag = whole.headers.get("etag") ?? "";
  expect((await world.get(address, { headers: { "if-none-match": etag } })).status).toBe(304);
  expect((await world.get(address, { headers: { range: "bytes=0-9", "if-range": '"other"' } })).status).toBe(
    200,
  );
  const head = await world.get(address, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
  expect(await head.text()).toBe("");
});

test("a frame is the one on screen, scaled, with its exact time", async () => {
  const id = await world.idOf("room.mp4");
  const response = await world.get(`/media/${id}/frame?t=6.04&w=160`);
  expect(response.status).toBe(200);
  const exact = Number(response.headers.get("x-frame-time-ms"));
  expect(exact).toBeLessThanOrEqual(6040);
  expect(exact).toBeGreaterThan(6040 - 90);
  const picture = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
  expect(picture).toMatchObject({ format: "jpeg", width: 160, height: 90 });
  expect((await world.get(`/media/${id}/frame?t=6000`)).status).toBe(400);
  expect((await world.get(`/media/${id}/frame?t=-1`)).status).toBe(400);
  expect((await world.get(`/media/${id}/frame?t=1&w=99999`)).status).toBe(400);
  expect((await world.get(`/media/${await world.idOf("boiler.md")}/frame?t=1`)).status).toBe(400);
});

test("an image comes upright and scaled; a page that is not there is named", async () => {
  const picture = await world.get(`/media/${await world.idOf("red <b>.png")}/picture?w=64`);
  expect((await sharp(Buffer.from(await picture.arrayBuffer())).metadata()).width).toBe(64);
  expect((await world.get(`/media/${await world.idOf("boiler.md")}/page/9`)).status).toBe(404);
});

test("a clip is cut to its times, and refused when empty or long", async () => {
  const id = await world.idOf("room.mp4");
  const clip = await world.get(`/media/${id}/clip?t=2,4`);
  expect(clip.headers.get("content-type")).toBe("video/mp4");
  expect(Buffer.from(await clip.arrayBuffer()).toString("latin1", 4, 8)).toBe("ftyp");
  for (const wrong of ["4,2", "0,500000", "a,b", "5"]) {
    const { status } = await world.get(`/media/${id}/clip?t=${wrong}`);
    expect(status, wrong).toBe(wrong === "0,500000" ? 200 : 400);
  }
});

test("what is said and written comes as a transcript", async () => {
  const response = await world.get(`/media/${await world.idOf("boiler.md")}/transcript`);
  expect(JSON.stringify(await response.json())).toContain("serviced in May");
});

test("nothing but media of the library can be reached, whatever the address", async () => {
  await writeFile(path.join(world.folder, "secret.txt"), "secret");
  await symlink(path.join(world.folder, "secret.txt"), path.join(world.media, "link.txt"));
  for (const id of [
    "..%2Fsecret.txt",
    "..%2f..%2fetc%2fpasswd",
    "%2Fetc%2Fpasswd",
    "link.txt",
    "'%20OR%201%3D1",
    "x",
  ]) {
    for (const part of ["", "/content", "/frame?t=1", "/picture"]) {
      const response = await world.get(`/media/${id}${part}`);
      expect(response.status, id + part).toBe(404);
      expect(await response.text()).not.toContain("secret\n");
    }
  }
});
