import { execFileSync, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { findChromium } from "./site.ts";

const program = path.resolve(import.meta.dirname, "../../dist/src/cli/main.js");

/**
 * `sightline serve` on a demo library of its own, rendered and indexed for the browser tests, for all of them.
 * SIGHTLINE_DEMO names the `demo` folder of a library that holds one already, to save the minutes.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!findChromium()) {
    console.warn("Skipped: no Chromium here. Install it (apt-get install chromium) or name it in CHROMIUM.");
    project.provide("site", undefined);
    return undefined;
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), "sightline-browser-"));
  const rendered = process.env.SIGHTLINE_DEMO;
  if (rendered) await cp(rendered, path.join(folder, "demo"), { recursive: true });
  else execFileSync(process.execPath, [program, "--library", folder, "demo"], { stdio: "ignore" });
  const demo = path.join(folder, "demo", (await readdir(path.join(folder, "demo")))[0] ?? "");
  const library = path.join(demo, "library");
  const port = await freePort();
  const server = spawn(process.execPath, [program, "--library", library, "serve", "--port", String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (data) => {
      said += String(data);
    });
  }
  const address = `http://127.0.0.1:${port}`;
  await untilAnswers(address, () => said);
  project.provide("site", { address, library, files: path.join(demo, "files") });
  return async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port.");
  return address.port;
}

async function untilAnswers(address: string, said: () => string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The server did not answer: ${said()}`);
}
