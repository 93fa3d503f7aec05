import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clipFolder, writeFolder } from "../encoder/published-models.ts";
import { openHubServer, type PublishedFile } from "../models/hub-server.ts";
import { jsonLines, sightline } from "./sightline.ts";

let folder: string;
let library: string;
let encoder: string;
let red: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-encoder-cli-"));
  library = path.join(folder, "library");
  encoder = path.join(folder, "clip folder");
  const media = path.join(folder, "media");
  red = path.join(media, "red.png");
  await mkdir(media);
  await writeFolder(encoder, clipFolder());
  for (const [name, background] of [
    ["red", "#d01818"],
    ["blue", "#1818d0"],
  ] as const) {
    await sharp({ create: { width: 60, height: 40, channels: 3, background } })
      .png()
      .toFile(path.join(media, `${name}.png`));
  }
  await sightline(["--library", library, "index", media]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const withClip = (...args: string[]) => sightline(["--library", library, "--encoder", encoder, ...args]);
const bestHit = (stdout: string) => (jsonLines(stdout)[0] as { hits: { path: string }[] }).hits[0]?.path;

test("a library asked with an encoder it was not indexed with says so, and how to go on", async () => {
  const { status, stderr } = await withClip("search", "red");
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /not indexed with this encoder \(openai\/clip-tiny@[0-9a-f]{12}\), but with sightline-builtin/,
  );
  expect(stderr).toContain("sightline index");
});

test("indexing again fills the encoder's own table, without roots given, and leaves the other's vectors", async () => {
  const { status, stdout, stderr } = await withClip("index", "--json");
  expect(status).toBe(0);
  expect(stderr).toBe("");
  expect(jsonLines(stdout).at(-1)).toMatchObject({ added: 2, failed: [] });
  expect(bestHit((await withClip("search", "--image", red, "--json")).stdout)).toBe(red);
  const builtin = await sightline(["--library", library, "search", "--image", red, "--json"]);
  expect(bestHit(builtin.stdout)).toBe(red);
  expect(jsonLines((await sightline(["--library", library, "index", "--json"])).stdout).at(-1)).toMatchObject(
    {
      added: 0,
      unchanged: 2,
    },
  );
});

test("an encoder that is known but not installed names the command that brings it", async () => {
  const environment = { SIGHTLINE_ENCODER: "siglip2-base", SIGHTLINE_MODELS: path.join(folder, "none") };
  const { status, stderr } = await sightline(["--library", library, "search", "red"], environment);
  expect(status).toBe(1);
  expect(stderr).toContain("sightline models pull siglip2-base");
});

test("a folder that is no encoder is a named failure", async () => {
  const { status, stderr } = await sightline(["--library", library, "--encoder", folder, "search", "red"]);
  expect(status).toBe(1);
  expect(stderr).toContain(folder);
});

test("an encoder from a hub is pulled, named by the doctor, and used by its id", async () => {
  await using hub = await openHubServer();
  const files = Object.entries(clipFolder("_quantized")).map(([name, content]): [string, PublishedFile] => [
    name,
    content instanceof Uint8Array
      ? { content: Buffer.from(content), lfs: true }
      : { content: Buffer.from(JSON.stringify(content)), lfs: false },
  ]);
  hub.publish("Xenova/clip-vit-base-patch32", Object.fromEntries(files));
  const environment = { SIGHTLINE_MODELS: path.join(folder, "models"), HF_ENDPOINT: hub.url };
  const run = (...args: string[]) => sightline(["--library", library, ...args], environment);

  const pulled = await run("models", "pull", "clip-vit-b32", "--quant", "quantized");
  expect(pulled).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("--encoder clip-vit-b32 index"),
  });
  const { checks } = jsonLines((await run("doctor", "--json")).stdout)[0] as {
    checks: Record<string, string>[];
  };
  expect(checks.find(({ part }) => part === "models")).toMatchObject({
    state: "note",
    says: expect.stringContaining("clip-vit-b32 is not in use"),
  });
  expect((await run("--encoder", "clip-vit-b32", "index")).status).toBe(0);
  const doctor = await run("--encoder", "clip-vit-b32", "doctor");
  expect(doctor.stdout).toMatch(
    /encoder +Xenova\/clip-vit-base-patch32@[0-9a-f]{12}, 6 dimensions, on the processor/,
  );
  expect(doctor.stdout).toMatch(/library +2 files/);
  expect(bestHit((await run("--encoder", "clip-vit-b32", "search", "--image", red, "--json")).stdout)).toBe(
    red,
  );
});
