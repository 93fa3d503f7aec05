import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { findChromium } from "./site.ts";
import { program, startServer } from "./start-server.ts";

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
  const server = await startServer(library);
  project.provide("site", { address: server.address, library, files: path.join(demo, "files") });
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
