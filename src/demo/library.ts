import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../media/failure.ts";
import { type DemoPlan, planDemo } from "./plan.ts";
import { renderFiles } from "./render-files.ts";
import { renderMoving, renderStills, writeStill } from "./render-videos.ts";
import { slideHeight, slideWidth } from "./slides.ts";
import type { DemoTruth } from "./truth.ts";

export interface RenderOptions {
  /** Equal seeds give equal libraries. */
  readonly seed: number;
  readonly signal: AbortSignal;
  /** How far the rendering is, 0..1. */
  readonly report?: (fraction: number) => void;
}

/** Where the parts of a rendered demo lie. Only `media` is meant to be indexed. */
export function demoPaths(directory: string): {
  media: string;
  queries: string;
  truth: string;
  seal: string;
} {
  return {
    media: path.join(directory, "media"),
    queries: path.join(directory, "queries"),
    truth: path.join(directory, "truth.json"),
    seal: path.join(directory, ".sightline-demo"),
  };
}

/**
 * Renders the demo's media into `directory`, or leaves it as it is when it already holds this seed's library, whole
 * and unchanged. The folder appears at once, complete. Throws `Failure` when the folder holds something else.
 */
export async function renderDemoLibrary(directory: string, options: RenderOptions): Promise<DemoTruth> {
  const plan = planDemo(options.seed);
  const state = await inspect(directory, plan.truth);
  if (state === "current") {
    options.report?.(1);
    return plan.truth;
  }
  const partial = `${directory}.partial-${process.pid}`;
  try {
    await renderInto(partial, plan, options);
    if (state === "outdated") await rm(directory, { recursive: true });
    await rename(partial, directory);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return plan.truth;
}

async function renderInto(folder: string, plan: DemoPlan, { signal, report }: RenderOptions): Promise<void> {
  const { media, queries, truth: truthFile, seal } = demoPaths(folder);
  const { truth, lecture, screen } = plan;
  for (const part of ["videos", "photos", "documents", "audio"])
    await mkdir(path.join(media, part), { recursive: true });
  await mkdir(queries);

  let done = 0;
  const total = plan.album.photos.length + 2 + 5 * 4;
  const advance = (weight: number) => {
    done += weight;
    report?.(Math.min(1, done / total));
  };
  const videos = async () => {
    const at = (file: string) => path.join(media, file);
    await renderMoving(plan.street, at(truth.street.file), signal);
    advance(4);
    await renderMoving(plan.room, at(truth.room.file), signal);
    advance(4);
    await renderStills(
      lecture.slides,
      { width: slideWidth, height: slideHeight },
      at(truth.talk.file),
      signal,
    );
    advance(4);
    await renderStills(screen.stills, screen, at(truth.screen.file), signal);
    advance(4);
    await writeStill(plan.street, truth.street.still.timeMs, path.join(folder, truth.street.still.query));
    advance(4);
  };
  // One after the other would leave a core idle: the pictures are drawn off the main thread.
  await Promise.all([videos(), renderFiles(plan, media, signal, () => advance(1))]);
  await writeFile(truthFile, `${JSON.stringify(truth, null, 2)}\n`);
  await writeFile(seal, await contentHash(folder));
  report?.(1);
}

async function inspect(directory: string, truth: DemoTruth): Promise<"absent" | "current" | "outdated"> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (names.length === 0) return (await exists(directory)) ? "outdated" : "absent";
  const { truth: truthFile, seal } = demoPaths(directory);
  const sealed = await readFile(seal, "utf8").catch(() => undefined);
  if (sealed === undefined)
    throw new Failure({
      code: "invalid-input",
      message: `${directory} holds files that are not the demo's.`,
      remedy: "Choose an empty folder, or one that does not exist yet.",
    });
  const written = await readFile(truthFile, "utf8").catch(() => "");
  const same = written === `${JSON.stringify(truth, null, 2)}\n` && sealed === (await contentHash(directory));
  return same ? "current" : "outdated";
}

async function exists(directory: string): Promise<boolean> {
  return readdir(directory).then(
    () => true,
    () => false,
  );
}

/** SHA-256 over names and bytes of every file but the seal. */
async function contentHash(folder: string): Promise<string> {
  const { media, queries } = demoPaths(folder);
  const hash = createHash("sha256");
  for (const part of [media, queries]) {
    const entries = await readdir(part, { withFileTypes: true, recursive: true }).catch(() => []);
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort((a, b) => (a < b ? -1 : 1));
    for (const file of files) hash.update(path.relative(folder, file)).update(await readFile(file));
  }
  return hash.digest("hex");
}
