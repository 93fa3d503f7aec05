import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CatalogueModel } from "../../src/models/catalogue.ts";
import { openHub } from "../../src/models/hub.ts";
import type { HubKind } from "../../src/models/hub-settings.ts";
import { installedModels } from "../../src/models/installed.ts";
import { type PullOptions, type PullProgress, pullModel } from "../../src/models/pull.ts";
import type { Patience } from "../../src/models/request.ts";
import { findUpdate, removeModel, verifyModel } from "../../src/models/upkeep.ts";
import { type HubServer, openHubServer, type PublishedFile } from "./hub-server.ts";

const patience: Patience = { pauseMs: 5, tries: 3, longestWaitMs: 2_000, stallMs: 10_000 };
const repository = "owner/tiny-GGUF";
const model: CatalogueModel = {
  id: "tiny",
  title: "Tiny",
  role: "chat",
  licence: "Apache-2.0",
  repository: { huggingface: repository, modelscope: repository },
  variants: [
    {
      name: "Q4",
      files: [
        { part: "model", path: "tiny-Q4.gguf", aboutBytes: 1 },
        { part: "mmproj", path: "sub folder/mmproj.gguf", saveAs: "mmproj.gguf", aboutBytes: 1 },
        { part: "settings", path: "config.json", aboutBytes: 1 },
        { part: "settings", path: "not-there.json", aboutBytes: 1, optional: true },
      ],
    },
    { name: "Q8", files: [{ part: "model", path: "tiny-Q8.gguf", aboutBytes: 1 }] },
  ],
  workingBytes: 1,
};
const [q4, q8] = model.variants as [CatalogueModel["variants"][0], CatalogueModel["variants"][0]];

/** Bytes that repeat nowhere near, so that a piece at the wrong place is seen. */
function content(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let n = 0; n < length; n++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[n] = state >>> 16;
  }
  return bytes;
}

const weights = content(600_000, 1);
const published: Record<string, PublishedFile> = {
  "tiny-Q4.gguf": { content: weights, lfs: true },
  "tiny-Q8.gguf": { content: content(900_000, 2), lfs: true },
  "sub folder/mmproj.gguf": { content: content(50_000, 3), lfs: true },
  "config.json": { content: Buffer.from('{"tiny":true}'), lfs: false },
  "README.md": { content: Buffer.from("# Tiny"), lfs: false },
};

let hub: HubServer;
let modelsFolder: string;

beforeEach(async () => {
  hub = await openHubServer();
  hub.publish(repository, published);
  modelsFolder = await mkdtemp(path.join(os.tmpdir(), "sightline-models-"));
});

afterEach(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(modelsFolder, { recursive: true, force: true });
});

interface Pulled {
  readonly progress: PullProgress[];
  readonly plans: { readonly totalBytes: number; readonly missingBytes: number }[];
}

async function pull(
  over: Partial<PullOptions> & { kind?: HubKind; variant?: typeof q4; signal?: AbortSignal } = {},
): Promise<Pulled> {
  const { kind = "huggingface", variant = q4, signal = new AbortController().signal, ...options } = over;
  const progress: PullProgress[] = [];
  const plans: Pulled["plans"] = [];
  const given: PullOptions = {
    hub: openHub({ kind, url: hub.url }, patience),
    modelsFolder,
    patience,
    report: (one) => progress.push(one),
    onPlan: (plan) => plans.push(plan),
    ...options,
  };
  await pullModel(model, variant, given, signal);
  return { progress, plans };
}

const inFolder = (name: string) => path.join(modelsFolder, "tiny", name);
const namesInFolder = async () => (await readdir(path.join(modelsFolder, "tiny"))).toSorted();
const bytesRequests = (file: string) =>
  hub.requests.filter(({ path: asked }) => asked === `/cdn/${repository}/${file}`);

async function isWhole(): Promise<void> {
  expect(weights.equals(await readFile(inFolder("tiny-Q4.gguf")))).toBe(true);
  expect(await namesInFolder()).toEqual(["config.json", "manifest.json", "mmproj.gguf", "tiny-Q4.gguf"]);
}

describe("a hub that behaves", () => {
  test.each(["huggingface", "modelscope"] as const)(
    "%s: a model is loaded, verified and listed",
    async (kind) => {
      const { progress, plans } = await pull({ kind });
      await isWhole();
      const total = 600_000 + 50_000 + 13;
      expect(plans).toMatchObject([{ totalBytes: total, missingBytes: total }]);
      expect(progress.at(-1)).toMatchObject({ doneBytes: total, totalBytes: total });
      const [installed] = await installedModels(modelsFolder);
      expect(installed).toMatchObject({
        manifest: {
          id: "tiny",
          variant: "Q4",
          hub: kind,
          repository,
          revision: expect.stringMatching(/^[0-9a-f]{40}$/),
        },
        files: { model: inFolder("tiny-Q4.gguf"), mmproj: inFolder("mmproj.gguf") },
        damaged: [],
      });
    },
  );

  test("what is here already is checked and not loaded again", async () => {
    await pull();
    const before = hub.requests.length;
    const { plans } = await pull();
    expect(plans[0]?.missingBytes).toBe(0);
    expect(hub.requests.slice(before).some(({ path: asked }) => asked.includes("resolve"))).toBe(false);
  });

  test("what another precision left half loaded goes when this one is whole", async () => {
    hub.misbehave("tiny-Q8.gguf", ["cut", { status: 404 }]);
    await expect(pull({ variant: q8 })).rejects.toMatchObject({ code: "not-found" });
    expect((await namesInFolder()).filter((name) => name.endsWith(".part"))).toHaveLength(1);
    await pull();
    await isWhole();
  });

  test("another precision takes the place of the first", async () => {
    await pull();
    await pull({ variant: q8 });
    expect(await namesInFolder()).toEqual(["manifest.json", "tiny-Q8.gguf"]);
  });

  test("progress has a speed and a time left, and ends at all of it", async () => {
    hub.slowDown(60_000);
    const { progress } = await pull();
    const middle = progress.findLast(({ doneBytes }) => doneBytes < 500_000);
    expect(middle?.bytesPerSecond).toBeGreaterThan(10_000);
    expect(middle?.msLeft).toBeGreaterThan(0);
  });
});

describe("going on", () => {
  test("an abort keeps the part under another name, and the next run goes on from there", async () => {
    hub.slowDown(60_000);
    const stop = new AbortController();
    const report = ({ doneBytes }: PullProgress) => {
      if (doneBytes > 200_000) stop.abort();
    };
    await expect(pull({ signal: stop.signal, report })).rejects.toThrow(/abort/i);
    expect(existsSync(inFolder("tiny-Q4.gguf"))).toBe(false);
    expect(await installedModels(modelsFolder)).toEqual([]);
    const part = (await namesInFolder()).find((name) => /^tiny-Q4\.gguf\.[0-9a-f]{8}\.part$/.test(name));
    const kept = (await readFile(inFolder(part ?? ""))).length;
    expect(kept).toBeGreaterThan(100_000);

    hub.slowDown(undefined);
    const { plans } = await pull();
    expect(plans[0]?.missingBytes).toBe(650_013 - kept);
    expect(bytesRequests("tiny-Q4.gguf").at(-1)?.range).toBe(`bytes=${kept}-`);
    await isWhole();
  });

  test("a connection cut in the middle is taken up where it broke", async () => {
    hub.misbehave("tiny-Q4.gguf", ["cut", "cut", "cut"]);
    await pull();
    await isWhole();
    const ranges = bytesRequests("tiny-Q4.gguf").map(({ range }) => range);
    expect(ranges).toHaveLength(4);
    expect(ranges.slice(1).every((range) => /^bytes=\d+-$/.test(range ?? ""))).toBe(true);
  });

  test("a connection that stands still is given up and taken up again", async () => {
    hub.misbehave("tiny-Q4.gguf", ["stalls"]);
    await pull({ patience: { ...patience, stallMs: 400 } });
    await isWhole();
  });

  test("a server that ignores the range sends all again, and nothing is doubled", async () => {
    hub.misbehave("tiny-Q4.gguf", ["cut", "ignores the range"]);
    await pull();
    await isWhole();
  });

  test("a server that cannot go on from there is asked from the beginning", async () => {
    hub.misbehave("tiny-Q4.gguf", ["cut", "cannot satisfy"]);
    await pull();
    await isWhole();
  });

  test("a part that rotted on disk is found by its hash and loaded again", async () => {
    hub.misbehave("tiny-Q4.gguf", ["cut", { status: 404 }]);
    await expect(pull()).rejects.toMatchObject({ code: "not-found" });
    const part = (await namesInFolder()).find((name) => name.endsWith(".part")) ?? "";
    const bytes = await readFile(inFolder(part));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(inFolder(part), bytes);
    await pull();
    await isWhole();
  });
});

describe("a hub that misbehaves", () => {
  /** Fails so, and leaves nothing that could be taken for a model. */
  async function fails(expected: object, over: Parameters<typeof pull>[0] = {}): Promise<void> {
    const failure = { name: "Failure", message: expect.any(String), remedy: expect.any(String), ...expected };
    await expect(pull(over)).rejects.toMatchObject(failure);
    expect(existsSync(inFolder("tiny-Q4.gguf"))).toBe(false);
    expect(await installedModels(modelsFolder)).toEqual([]);
  }

  test("a wrong hash is never kept", async () => {
    hub.misbehave("tiny-Q4.gguf", ["flipped"], { forever: true });
    await fails({ code: "corrupt", message: expect.stringContaining("hash") });
    expect((await namesInFolder()).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("a wrong hash of a small file, which git hashes, is noticed too", async () => {
    hub.misbehave("config.json", ["flipped"], { forever: true });
    await expect(pull()).rejects.toMatchObject({
      code: "corrupt",
      message: expect.stringContaining("config.json"),
    });
    expect(existsSync(inFolder("config.json"))).toBe(false);
    expect(await installedModels(modelsFolder)).toEqual([]);
  });

  test("a file that always ends too soon is a wrong length, not a loop", async () => {
    hub.misbehave("tiny-Q4.gguf", ["ends early", "ignores the range", "ends early"]);
    await pull();
    await isWhole();
    await rm(path.join(modelsFolder, "tiny"), { recursive: true });
    hub.publish(repository, { ...published, "tiny-Q4.gguf": { content: Buffer.alloc(1), lfs: true } });
    hub.misbehave("tiny-Q4.gguf", ["ends early"], { forever: true });
    await fails({ code: "corrupt", message: expect.stringContaining("ends after 0 of the 1 bytes") });
  });

  test("a file that is longer than announced is refused", async () => {
    hub.misbehave("tiny-Q4.gguf", ["too long"], { forever: true });
    await fails({ code: "corrupt", message: expect.stringContaining("longer than the 600000 bytes") });
  });

  test("a piece other than the one asked for is refused", async () => {
    hub.misbehave("tiny-Q4.gguf", ["cut", "other range", "other range"]);
    await fails({ code: "corrupt", message: expect.stringContaining("another piece") });
  });

  test("a file that is not there is named", async () => {
    hub.misbehave("tiny-Q4.gguf", [{ status: 404 }], { forever: true });
    await fails({ code: "not-found", message: expect.stringContaining("tiny-Q4.gguf") });
  });

  test("a repository that is not there is named", async () => {
    hub.breakLists(404);
    await fails({ code: "not-found", message: expect.stringContaining(repository) });
  });

  test("a repository that wants a login says so", async () => {
    hub.breakLists(401);
    await fails({ code: "unavailable", message: expect.stringContaining("login") });
  });

  test("a precision that the repository lacks is named", async () => {
    const { "tiny-Q4.gguf": _gone, ...rest } = published;
    hub.publish(repository, rest);
    await fails({ code: "not-found", message: expect.stringContaining("tiny-Q4.gguf") });
  });

  test("429 is waited for as long as Retry-After says, in seconds or as a date", async () => {
    const date = new Date(Date.now() + 1_000).toUTCString();
    hub.misbehave("tiny-Q4.gguf", [
      { status: 429, retryAfter: "1" },
      { status: 503, retryAfter: date },
    ]);
    const began = performance.now();
    await pull();
    expect(performance.now() - began).toBeGreaterThan(990);
    await isWhole();
  });

  test("429 that asks for an hour is a failure, not an hour", async () => {
    hub.misbehave("tiny-Q4.gguf", [{ status: 429, retryAfter: "3600" }]);
    await fails({ code: "busy", message: expect.stringContaining("3600 s") });
  });

  test("a server in trouble is tried again, and not for ever", async () => {
    hub.misbehave("tiny-Q4.gguf", [{ status: 500 }, { status: 502 }]);
    await pull();
    await isWhole();
    await rm(path.join(modelsFolder, "tiny"), { recursive: true });
    hub.misbehave("tiny-Q4.gguf", [{ status: 500 }], { forever: true });
    await fails({ code: "busy", message: expect.stringContaining("HTTP 500") });
  });

  test("redirects in circles, and to other than web addresses, are refused", async () => {
    hub.misbehave("tiny-Q4.gguf", [{ redirect: `/cdn/${repository}/tiny-Q4.gguf` }], { forever: true });
    await fails({ message: expect.stringContaining("circles") });
    hub.misbehave("tiny-Q4.gguf", [{ redirect: "file:///etc/passwd" }], { forever: true });
    await fails({ message: expect.stringContaining("file:") });
  });

  test("a hub that is not there is a clear failure with what to do", async () => {
    const nobody = openHub({ kind: "huggingface", url: "http://127.0.0.1:9" }, patience);
    await fails(
      { code: "unavailable", remedy: expect.stringContaining("SIGHTLINE_HUB=https://hf-mirror.com") },
      { hub: nobody },
    );
  });

  test("a disk that is too small is refused before a byte is loaded", async () => {
    await fails(
      { code: "disk-full", message: expect.stringContaining("650.0 kB") },
      { freeBytes: async () => 200e6 },
    );
    expect(bytesRequests("tiny-Q4.gguf")).toEqual([]);
  });

  test("two processes do not load into one part; the lock of a dead one is taken over", async () => {
    await mkdir(path.join(modelsFolder, "tiny"));
    await writeFile(inFolder(".pull.lock"), String(process.pid));
    await fails({ code: "busy" });
    await writeFile(inFolder(".pull.lock"), "999999999");
    await pull();
    await isWhole();
  });
});

describe("afterwards", () => {
  test("verifying finds a changed bit, and a pull mends that file alone", async () => {
    await pull();
    const signal = new AbortController().signal;
    const bytes = Buffer.from(weights);
    bytes[77] = (bytes[77] ?? 0) ^ 1;
    await writeFile(inFolder("tiny-Q4.gguf"), bytes);
    const [installed] = await installedModels(modelsFolder);
    expect(installed?.damaged).toEqual([]);
    expect(installed && (await verifyModel(installed, signal)).wrong).toEqual(["tiny-Q4.gguf"]);
    await pull();
    expect(bytesRequests("sub%20folder/mmproj.gguf")).toHaveLength(1);
    await isWhole();
  });

  test("a file that is gone or cut short is seen without reading it", async () => {
    await pull();
    await writeFile(inFolder("tiny-Q4.gguf"), "short");
    await rm(inFolder("mmproj.gguf"));
    const [installed] = await installedModels(modelsFolder);
    expect(installed?.damaged).toEqual(["tiny-Q4.gguf", "mmproj.gguf"]);
    expect(installed?.files).toEqual({ settings: inFolder("config.json") });
  });

  test("a newer revision is told from one that changes other files only", async () => {
    await pull();
    const [installed] = await installedModels(modelsFolder);
    if (!installed) throw new Error("nothing is installed");
    const ask = () =>
      findUpdate(
        installed,
        openHub({ kind: "huggingface", url: hub.url }, patience),
        new AbortController().signal,
      );
    expect(await ask()).toMatchObject({ newest: installed.manifest.revision, changed: [] });
    hub.publish(repository, { ...published, "README.md": { content: Buffer.from("# New"), lfs: false } });
    const other = await ask();
    expect(other.newest).not.toBe(installed.manifest.revision);
    expect(other.changed).toEqual([]);
    hub.publish(repository, { ...published, "tiny-Q4.gguf": { content: content(700_000, 9), lfs: true } });
    expect((await ask()).changed).toEqual(["tiny-Q4.gguf"]);
    await pull();
    expect(content(700_000, 9).equals(await readFile(inFolder("tiny-Q4.gguf")))).toBe(true);
  });

  test("removing leaves nothing", async () => {
    await pull();
    const [installed] = await installedModels(modelsFolder);
    expect(installed && (await removeModel(installed))).toBe(650_013);
    expect(await readdir(modelsFolder)).toEqual([]);
  });

  test("a manifest that points outside its folder is none", async () => {
    await pull();
    const text = await readFile(inFolder("manifest.json"), "utf8");
    await writeFile(
      inFolder("manifest.json"),
      text.replace('"name": "mmproj.gguf"', '"name": "../../mmproj.gguf"'),
    );
    expect(await installedModels(modelsFolder)).toEqual([]);
  });
});
