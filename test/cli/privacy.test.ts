import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { sightline } from "./sightline.ts";

test("indexing and searching leave nothing in the home folder: no device id, no events that wait to be sent", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sightline-privacy-"));
  try {
    const [home, media] = [path.join(folder, "home"), path.join(folder, "media")];
    for (const made of [home, media]) await mkdir(made);
    const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: "#d01818" } });
    await picture.png().toFile(path.join(media, "red.png"));
    const run = (...args: string[]) =>
      sightline(["--library", path.join(folder, "library"), ...args], { HOME: home });
    expect((await run("index", media)).status).toBe(0);
    expect((await run("search", "red")).stdout).toContain("red.png");
    expect(await readdir(home, { recursive: true })).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
