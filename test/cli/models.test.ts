import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HubServer, openHubServer } from "../models/hub-server.ts";
import { jsonLines, sightline } from "./sightline.ts";

const program = path.resolve(import.meta.dirname, "../../dist/src/cli/main.js");
const repository = "Qwen/Qwen3-VL-2B-Instruct-GGUF";
const weights = "Qwen3VL-2B-Instruct-Q4_K_M.gguf";

let hub: HubServer;
let folder: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  hub = await openHubServer();
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-models-cli-"));
  environment = {
    SIGHTLINE_HUB: hub.url,
    SIGHTLINE_MODELS: folder,
    SIGHTLINE_LIBRARY: path.join(folder, "library"),
  };
  publish(1);
});

afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function publish(version: number): void {
  hub.publish(repository, {
    [weights]: { content: Buffer.alloc(400_000, version), lfs: true },
    "mmproj-Qwen3VL-2B-Instruct-F16.gguf": { content: Buffer.alloc(30_000, 7), lfs: true },
  });
}

const run = (...args: string[]) => sightline(args, environment);
const pull = ["models", "pull", "qwen3-vl-2b", "--quant", "Q4_K_M"];

test("without a model, the list says what there is, what fits and how to get it", async () => {
  const { status, stdout } = await run("models");
  expect(status).toBe(0);
  expect(stdout).toContain("qwen3-vl-4b-thinking");
  expect(stdout).toContain("licence: research only");
  expect(stdout).toContain("sightline models pull qwen3-vl-4b");
  const [json] = jsonLines((await run("models", "list", "--json")).stdout);
  expect(json).toMatchObject({ folder, hub: { url: hub.url }, memory: { ramBytes: expect.any(Number) } });
});

test("Ctrl+C while loading exits with 130 and keeps the part; the same command goes on from there", async () => {
  hub.slowDown(8_000);
  const child = spawn(process.execPath, [program, ...pull, "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: "/nonexistent", LANG: "C", ...environment },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  for await (const chunk of child.stdout) {
    const loaded = jsonLines(String(chunk)).some(({ doneBytes }) => Number(doneBytes) > 20_000);
    if (loaded) break;
  }
  child.kill("SIGINT");
  const [status] = (await once(child, "exit")) as [number];
  expect(status).toBe(130);
  expect(stderr).toContain("goes on from here");
  const parts = (await readdir(path.join(folder, "qwen3-vl-2b"))).filter((name) => name.endsWith(".part"));
  expect(parts).toHaveLength(1);

  hub.slowDown(undefined);
  const { status: second, stdout, stderr: told } = await run(...pull);
  expect(second).toBe(0);
  expect(stdout).toContain(path.join(folder, "qwen3-vl-2b"));
  expect(told).toContain("as asked");
  expect(hub.requests.some(({ range }) => /^bytes=[1-9]/.test(range ?? ""))).toBe(true);
  expect((await readFile(path.join(folder, "qwen3-vl-2b", weights))).length).toBe(400_000);
});

test("an installed model is listed, verified, found newer, and removed", async () => {
  expect((await run("models", "list")).stdout).toMatch(/✓ qwen3-vl-2b[\s\S]*installed: Q4_K_M, 430\.0 kB/);
  expect(await run("models", "verify")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("as the hub announced"),
  });
  expect((await run("models", "update")).stdout).toContain("up to date");
  publish(2);
  expect((await run("models", "update", "qwen3-vl-2b")).stdout).toContain(
    `: ${weights}. Get it: sightline models pull`,
  );

  await writeFile(path.join(folder, "qwen3-vl-2b", weights), Buffer.alloc(400_000, 3));
  expect(await run("models", "verify", "qwen3-vl-2b")).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("sightline models pull qwen3-vl-2b"),
  });
  expect(await run("models", "remove", "qwen3-vl-2b")).toMatchObject({ status: 0 });
  expect(await run("models", "remove", "qwen3-vl-2b")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("is not installed"),
  });
});

test("without a network a pull fails with what to do, and leaves the disk as it was", async () => {
  const { status, stderr } = await sightline(pull, { ...environment, SIGHTLINE_HUB: "http://127.0.0.1:9" });
  expect(status).toBe(1);
  expect(stderr).toContain("127.0.0.1:9 cannot be reached");
  expect(stderr).toContain("--model-file");
  expect(await readdir(folder)).toEqual([]);
});

test("an unknown model and an unknown precision are wrong usage", async () => {
  expect(await run("models", "pull", "gpt")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("qwen3-vl-4b"),
  });
  expect(await run("models", "pull", "qwen3-vl-2b", "--quant", "Q5")).toMatchObject({ status: 2 });
  expect(await run("models", "frobnicate")).toMatchObject({ status: 2 });
});
