import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../media/failure.ts";
import type { MediaId, MediaItem, MediaKind } from "../media/media-item.ts";
import { isInside } from "../store/is-inside.ts";
import type { MediaStore } from "../store/media-store.ts";
import { contentId } from "./content-id.ts";
import { isReached } from "./excluded.ts";
import type { FailedFile } from "./index-event.ts";
import { refuseOthersFiles } from "./other-machines-files.ts";
import { filesToHash, type IndexPlan, planIndex } from "./plan.ts";
import { type FileOnDisk, isVisible, walkRoots } from "./walk.ts";

export interface SurveyOptions {
  /** Absolute roots of this run. */
  readonly roots: readonly string[];
  /** Absolute roots of earlier runs. */
  readonly knownRoots: readonly string[];
  /** Absolute places below roots that were forgotten: nothing there is looked at, nor concluded. */
  readonly excluded?: readonly string[];
  readonly store: MediaStore;
  readonly libraryDirectory: string;
  /** Where other machines write to the index too: the roots that this one has indexed into it before. */
  readonly ownRoots?: readonly string[];
}

export interface Survey {
  readonly plan: IndexPlan;
  readonly notMounted: readonly string[];
  /** Places that the walk could not look into. */
  readonly unreadable: readonly FailedFile[];
  readonly inScope: (path: string) => boolean;
}

/** Looks at the disk and at the store, and plans. Writes nothing. Throws `Failure` for a root that never was. */
export async function survey(options: SurveyOptions, signal: AbortSignal): Promise<Survey> {
  const { roots, knownRoots, excluded = [], store, libraryDirectory } = options;
  const known = await store.list({ limit: Number.MAX_SAFE_INTEGER });
  const nested = knownRoots.filter((root) => roots.some((outer) => isInside(root, outer)));
  const notMounted = await rootsNotMounted([...new Set([...roots, ...nested])], knownRoots, known);
  const mounted = roots.filter((root) => !notMounted.includes(root));
  const locations = locationTable(known);
  const knownKind = (file: string, bytes: number, modifiedAt: number): MediaKind | undefined => {
    const place = locations.get(file);
    return place?.item.bytes === bytes && place.modifiedAt === modifiedAt ? place.item.kind : undefined;
  };
  const skip = [libraryDirectory, ...excluded];
  const walked = await walkRoots({ roots: mounted, skip, knownKind }, signal);
  const blind = [...notMounted, ...walked.unreadable.map((place) => place.path)];
  const inScope = (file: string) =>
    mounted.some((root) => isReached(file, root, excluded)) && !blind.some((place) => isInside(file, place));
  const files = [...walked.files, ...(await passedOver(walked.files, locations, inScope))];
  if (options.ownRoots) {
    const seen = new Set(files.map((file) => file.path));
    refuseOthersFiles({ roots: mounted, knownRoots: options.ownRoots, known, seen });
  }
  const ids = await hashAll(filesToHash(files, known), signal);
  const plan = planIndex({ files, known, inScope, ids });
  return { plan, notMounted, unreadable: walked.unreadable, inScope };
}

/** A root that vanished, or is empty though we know of files in it. One that nobody ever saw is a slip of the pen. */
async function rootsNotMounted(
  roots: readonly string[],
  knownRoots: readonly string[],
  known: readonly MediaItem[],
): Promise<string[]> {
  const missing: string[] = [];
  for (const root of roots) {
    const hasItems = known.some((item) => pathsOf(item).some((file) => isInside(file, root)));
    const state = await stateOf(root);
    if (state === "absent" && !hasItems && !knownRoots.includes(root)) throw neverSeen(root);
    if (state === "absent" || (state === "empty" && hasItems)) missing.push(root);
  }
  return missing;
}

async function stateOf(root: string): Promise<"absent" | "empty" | "there"> {
  try {
    const stats = await stat(root);
    if (!stats.isDirectory()) return "there";
    return (await readdir(root)).some(isVisible) ? "there" : "empty";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "EACCES" || code === "EPERM" ? "there" : "absent";
  }
}

/** The failure of a file or folder that was named and is nowhere. */
export function neverSeen(root: string): Failure {
  return new Failure({
    code: "not-found",
    message: `There is no file or folder ${root}.`,
    remedy: `Check the spelling: ls -d "${path.dirname(root)}"/*`,
  });
}

function pathsOf(item: MediaItem): string[] {
  return [item.path, ...(item.copies ?? []).map((copy) => copy.path)];
}

function locationTable(known: readonly MediaItem[]) {
  return new Map(
    known.flatMap((item) =>
      [...(item.copies ?? []), item].map(
        ({ path: file, modifiedAt }) => [file, { item, modifiedAt }] as const,
      ),
    ),
  );
}

/** Files that we know, that the walk passes over (hidden ones, given by name once) and that are still there. */
async function passedOver(
  walked: readonly FileOnDisk[],
  locations: ReturnType<typeof locationTable>,
  inScope: (path: string) => boolean,
): Promise<FileOnDisk[]> {
  const seen = new Set(walked.map((file) => file.path));
  const found: FileOnDisk[] = [];
  for (const [file, { item }] of locations) {
    if (seen.has(file) || !inScope(file)) continue;
    const stats = await stat(file).catch(() => undefined);
    if (!stats?.isFile()) continue;
    const times = { modifiedAt: Math.trunc(stats.mtimeMs) };
    const sidecars = item.sidecarsAt === undefined ? {} : { sidecarsAt: item.sidecarsAt };
    found.push({ path: file, bytes: stats.size, kind: item.kind, ...times, ...sidecars });
  }
  return found;
}

/** A file that cannot be hashed is left without an id: reading it will fail with a name. */
async function hashAll(files: readonly FileOnDisk[], signal: AbortSignal): Promise<Map<string, MediaId>> {
  const ids = new Map<string, MediaId>();
  for (const { path: file } of files) {
    signal.throwIfAborted();
    const id = await contentId(file, signal).catch(() => undefined);
    if (id !== undefined) ids.set(file, id);
  }
  signal.throwIfAborted();
  return ids;
}
