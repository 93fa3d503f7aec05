import { readdir, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../media/failure.ts";
import { formatBytes } from "../messages/amounts.ts";
import { type CatalogueFile, type CatalogueModel, localName, type ModelVariant } from "./catalogue.ts";
import { download, partOf } from "./download.ts";
import { holds } from "./file-hash.ts";
import type { Hub, HubFile, HubListing } from "./hub.ts";
import { type InstalledModel, installedModel, type ModelManifest, writeManifest } from "./installed.ts";
import { lockModelFolder } from "./pull-lock.ts";
import type { Patience } from "./request.ts";
import { speedometer } from "./speed.ts";

export interface PullProgress {
  /** In the repository. */
  readonly file: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  /** Undefined until there is a speed. */
  readonly msLeft?: number;
  /** The file is loaded and its hash is being counted. */
  readonly checking?: boolean;
}

export interface PullOptions {
  readonly hub: Hub;
  /** Absolute; the model gets a folder of its name in it. */
  readonly modelsFolder: string;
  readonly patience: Patience;
  readonly report: (progress: PullProgress) => void;
  /** Told before the first byte: what the hub announces, and how much of it is here already. */
  readonly onPlan: (plan: {
    readonly totalBytes: number;
    readonly missingBytes: number;
    readonly revision: string;
  }) => void;
  /** Free bytes of the disk that a folder lies on. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

interface Step {
  readonly file: CatalogueFile;
  readonly announced: HubFile;
  readonly target: string;
  readonly present: boolean;
  /** Bytes of it that an earlier run left. */
  readonly partBytes: number;
}

/** What an earlier revision or precision left half loaded. */
async function removeParts(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((one) => one.endsWith(".part"))) await rm(path.join(folder, name));
}

/** Room that is left to the rest of the machine. */
const spareBytes = 200e6;

/**
 * Brings a model to disk, going on from what is there. The manifest comes last, so a folder with one is whole; files
 * of another variant leave after it. Throws `Failure`, or the reason of an abort: what was loaded stays for the next run.
 */
export async function pullModel(
  model: CatalogueModel,
  variant: ModelVariant,
  options: PullOptions,
  signal: AbortSignal,
): Promise<InstalledModel> {
  const { hub, modelsFolder } = options;
  const folder = path.join(modelsFolder, model.id);
  const repository = repositoryOf(model, hub);
  const listing = await hub.list(repository, signal);
  await using _lock = await lockModelFolder(folder);
  const steps = await plan(folder, filesOf(variant, listing, repository, hub), signal);
  const totalBytes = sum(steps, ({ announced }) => announced.bytes);
  const here = (step: Step) => (step.present ? step.announced.bytes : step.partBytes);
  const missingBytes = totalBytes - sum(steps, here);
  options.onPlan({ totalBytes, missingBytes, revision: listing.revision });
  await assertRoom(folder, missingBytes, options.freeBytes ?? freeBytes);

  const speed = speedometer();
  const done = new Map(steps.map((step) => [step, here(step)]));
  for (const step of steps.filter(({ present }) => !present)) {
    const report = (bytes: number, checking = false) => {
      done.set(step, bytes);
      const doneBytes = sum([...done.values()], (value) => value);
      const bytesPerSecond = speed.note(doneBytes, performance.now());
      const msLeft = ((totalBytes - doneBytes) / bytesPerSecond) * 1000;
      options.report({
        file: step.announced.path,
        doneBytes,
        totalBytes,
        bytesPerSecond,
        ...(bytesPerSecond > 0 ? { msLeft } : {}),
        ...(checking ? { checking } : {}),
      });
    };
    const address = hub.address(repository, listing.revision, step.announced.path);
    const { target, announced: expected } = step;
    const { patience } = options;
    const onChecking = () => report(expected.bytes, true);
    await download({ address, target, expected, report, onChecking, patience }, signal);
  }
  return await finish(folder, manifestOf(model, variant, { hub, repository, listing, steps }));
}

function repositoryOf({ title, repository }: CatalogueModel, { settings }: Hub): string {
  const found = repository[settings.kind];
  if (found) return found;
  throw new Failure({
    code: "unavailable",
    message: `${title} is not known to be on ${settings.url}.`,
    remedy: "Take it from Hugging Face or a mirror of it: --hub https://hf-mirror.com",
  });
}

function filesOf(variant: ModelVariant, listing: HubListing, repository: string, hub: Hub) {
  return variant.files.flatMap((file) => {
    const announced = listing.files.find((one) => one.path === file.path);
    if (announced) return [{ file, announced }];
    if (file.optional) return [];
    throw new Failure({
      code: "not-found",
      message: `${hub.settings.url}/${repository} has no ${file.path}.`,
      remedy: "Choose another precision (--quant), or update Sightline: the repository may have changed.",
    });
  });
}

async function plan(
  folder: string,
  files: readonly { readonly file: CatalogueFile; readonly announced: HubFile }[],
  signal: AbortSignal,
): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { file, announced } of files) {
    const target = path.join(folder, localName(file));
    const present = (await sizeOf(target)) === announced.bytes && (await holds(target, announced, signal));
    const partBytes = await sizeOf(partOf({ target, expected: announced }));
    steps.push({ file, announced, target, present, partBytes: Math.min(partBytes, announced.bytes) });
  }
  return steps;
}

async function assertRoom(
  folder: string,
  missingBytes: number,
  free: (folder: string) => Promise<number>,
): Promise<void> {
  if (missingBytes === 0) return;
  const there = await free(folder);
  if (there >= missingBytes + spareBytes) return;
  throw new Failure({
    code: "disk-full",
    message: `${formatBytes(missingBytes)} are still to load, and the disk of ${folder} has ${formatBytes(there)} free.`,
    remedy:
      "Free some space, choose a smaller precision (--quant), or another folder: SIGHTLINE_MODELS=/large/disk",
  });
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

interface Origin {
  readonly hub: Hub;
  readonly repository: string;
  readonly listing: HubListing;
  readonly steps: readonly Step[];
}

function manifestOf(model: CatalogueModel, variant: ModelVariant, origin: Origin): ModelManifest {
  const { id, title, role } = model;
  const { hub, repository, listing, steps } = origin;
  return {
    format: 1,
    id,
    title,
    role,
    variant: variant.name,
    hub: hub.settings.kind,
    repository,
    revision: listing.revision,
    pulledAt: new Date().toISOString(),
    files: steps.map(({ file, announced: { path: inRepository, bytes, hash } }) => ({
      part: file.part,
      name: localName(file),
      path: inRepository,
      bytes,
      hash,
    })),
  };
}

async function finish(folder: string, manifest: ModelManifest): Promise<InstalledModel> {
  const before = await installedModel(folder);
  await writeManifest(folder, manifest);
  const kept = new Set(manifest.files.map(({ name }) => name));
  for (const { name } of before?.manifest.files ?? []) {
    if (!kept.has(name)) await rm(path.join(folder, name), { force: true });
  }
  await removeParts(folder);
  const installed = await installedModel(folder);
  if (!installed || installed.damaged.length > 0) throw new Error(`${folder} is not as it was just written.`);
  return installed;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
