import { rm } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../media/failure.ts";
import { holds } from "./file-hash.ts";
import type { Hub } from "./hub.ts";
import { type InstalledModel, modelManifestName } from "./installed.ts";

export interface Verification {
  readonly id: string;
  /** Names of files whose content is not what was loaded. */
  readonly wrong: readonly string[];
}

/** Reads every byte of a model and compares it with the hashes that the hub announced when it was loaded. */
export async function verifyModel(model: InstalledModel, signal: AbortSignal): Promise<Verification> {
  const wrong: string[] = [...model.damaged];
  for (const file of model.manifest.files) {
    if (wrong.includes(file.name)) continue;
    if (!(await holds(path.join(model.folder, file.name), file, signal))) wrong.push(file.name);
  }
  return { id: model.manifest.id, wrong };
}

export interface Update {
  readonly id: string;
  readonly installed: string;
  readonly newest: string;
  /** Files of ours that the hub has another version of; a new revision often changes only others. */
  readonly changed: readonly string[];
}

/** Asks the hub for the newest revision, and which of the files that are here it changed. */
export async function findUpdate(
  { manifest }: InstalledModel,
  hub: Hub,
  signal: AbortSignal,
): Promise<Update> {
  const { revision, files } = await hub.list(manifest.repository, signal);
  const changed = manifest.files.filter((ours) => {
    const theirs = files.find((file) => file.path === ours.path);
    // Two hubs may hash the same small file in two ways: then its length has to do.
    const comparable = theirs?.hash.kind === ours.hash.kind;
    return comparable ? theirs.hash.hex !== ours.hash.hex : theirs?.bytes !== ours.bytes;
  });
  return {
    id: manifest.id,
    installed: manifest.revision,
    newest: revision,
    changed: changed.map(({ name }) => name),
  };
}

/** Takes a model away: the manifest first, so that a half removed one counts as none. Returns the bytes it had. */
export async function removeModel({ folder, bytes }: InstalledModel): Promise<number> {
  await rm(path.join(folder, modelManifestName), { force: true });
  await rm(folder, { recursive: true, force: true });
  return bytes;
}

export function notInstalled(id: string, installed: readonly InstalledModel[]): Failure {
  const known = installed.map(({ manifest }) => manifest.id);
  return new Failure({
    code: "not-found",
    message: `The model ${id} is not installed.`,
    remedy: known.length > 0 ? `Installed are: ${known.join(", ")}.` : `Get it: sightline models pull ${id}`,
  });
}
