import type { Dirent, Stats } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { kindOfFile, sniffBytes } from "../ingest/sniff.ts";
import type { MediaKind } from "../media/media-item.ts";
import { isSubtitleName, looksLikeText, mayBeMedia } from "./candidate.ts";
import type { FailedFile } from "./index-event.ts";

export interface FileOnDisk {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Epoch ms, whole. */
  readonly modifiedAt: number;
  /** Undefined for a file that was given by name and is none that we know. */
  readonly kind: MediaKind | undefined;
  /** Newest change of a subtitle file beside it, epoch ms. */
  readonly sidecarsAt?: number;
}

export interface Listing {
  readonly files: readonly FileOnDisk[];
  /** Folders and files that the system would not show: nothing below them is judged. */
  readonly unreadable: readonly FailedFile[];
}

export interface WalkOptions {
  /** Absolute; a file among them is taken whatever its name. */
  readonly roots: readonly string[];
  /** Absolute folders and files that are passed over: the library's own, and what was forgotten. */
  readonly skip?: readonly string[];
  /** What is known of an unchanged file: saves opening it. */
  readonly knownKind?: (file: string, bytes: number, modifiedAt: number) => MediaKind | undefined;
}

interface Walk extends WalkOptions {
  readonly seenFolders: Set<string>;
  readonly files: Map<string, FileOnDisk>;
  readonly unreadable: FailedFile[];
}

const systemFolders = new Set([
  "$RECYCLE.BIN",
  "System Volume Information",
  "lost+found",
  "@eaDir",
  "__MACOSX",
]);

/** Media below the roots. Hidden files and folders are passed over; a folder is entered once, so that links cannot loop. */
export async function walkRoots(options: WalkOptions, signal: AbortSignal): Promise<Listing> {
  const walk: Walk = { ...options, seenFolders: new Set(), files: new Map(), unreadable: [] };
  for (const root of options.roots) {
    const stats = await stat(root).catch(noteUnreadable(walk, root));
    if (stats?.isDirectory()) await enterFolder(walk, root, signal);
    else if (stats?.isFile()) await takeFile(walk, root, stats, { given: true });
  }
  return { files: [...walk.files.values()], unreadable: walk.unreadable };
}

export function isVisible(name: string): boolean {
  return !name.startsWith(".") && !systemFolders.has(name);
}

async function enterFolder(walk: Walk, folder: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (walk.skip?.includes(folder)) return;
  const stats = await stat(folder).catch(noteUnreadable(walk, folder));
  const identity = stats && `${stats.dev}:${stats.ino}`;
  if (identity === undefined || walk.seenFolders.has(identity)) return;
  walk.seenFolders.add(identity);
  const entries = await readdir(folder, { withFileTypes: true }).catch(noteUnreadable(walk, folder));
  const visible = (entries ?? []).filter((entry) => isVisible(entry.name)).sort(byName);
  const sidecars = visible.map((entry) => entry.name).filter(isSubtitleName);
  for (const entry of visible) {
    const place = path.join(folder, entry.name);
    if (walk.skip?.includes(place)) continue;
    if (entry.isDirectory()) await enterFolder(walk, place, signal);
    else if (entry.isFile()) await consider(walk, place, sidecars);
    else if (entry.isSymbolicLink()) await followLink(walk, place, signal);
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

/** A link into a root is no second file: the walk comes by its target anyway. */
async function followLink(walk: Walk, link: string, signal: AbortSignal): Promise<void> {
  const target = await realpath(link).catch(() => undefined);
  if (target === undefined) return;
  const roots = await Promise.all(walk.roots.map((root) => realpath(root).catch(() => root)));
  if (roots.some((root) => target === root || target.startsWith(root + path.sep))) return;
  const stats = await stat(target).catch(() => undefined);
  if (stats?.isDirectory()) await enterFolder(walk, link, signal);
  else if (stats?.isFile()) await consider(walk, link, []);
}

async function consider(walk: Walk, file: string, sidecars: readonly string[]): Promise<void> {
  if (!mayBeMedia(file)) return;
  const stats = await stat(file).catch(noteUnreadable(walk, file));
  if (stats) await takeFile(walk, file, stats, { sidecars });
}

interface TakeOptions {
  readonly given?: boolean;
  readonly sidecars?: readonly string[];
}

async function takeFile(walk: Walk, file: string, stats: Stats, options: TakeOptions): Promise<void> {
  const { given = false } = options;
  if (walk.files.has(file)) return;
  const modifiedAt = Math.trunc(stats.mtimeMs);
  const kind =
    walk.knownKind?.(file, stats.size, modifiedAt) ??
    (await sniff(file, given).catch(() => kindOfFile(file, new Uint8Array())));
  if (kind === undefined && !given) return;
  const names = options.sidecars ?? (await readdir(path.dirname(file)).catch(() => []));
  const sidecarsAt = await newestSidecar(file, kind, names);
  const newest = sidecarsAt === undefined ? {} : { sidecarsAt };
  walk.files.set(file, { path: file, bytes: stats.size, modifiedAt, kind, ...newest });
}

/** "clip.mp4" has "clip.srt" and "clip.en.vtt" beside it. */
async function newestSidecar(file: string, kind: MediaKind | undefined, names: readonly string[]) {
  if (kind !== "video" && kind !== "audio") return undefined;
  const { dir, name } = path.parse(file);
  const beside = names.filter((other) => other.startsWith(`${name}.`) && isSubtitleName(other));
  const times = await Promise.all(
    beside.map((other) =>
      stat(path.join(dir, other)).then(
        (stats) => Math.trunc(stats.mtimeMs),
        () => 0,
      ),
    ),
  );
  return times.length === 0 ? undefined : Math.max(...times);
}

async function sniff(file: string, given: boolean): Promise<MediaKind | undefined> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    const kind = kindOfFile(file, head);
    return kind ?? (given && looksLikeText(head) ? "document" : undefined);
  } finally {
    await handle.close();
  }
}

/** What vanished while we walked is not there; anything else is said. */
function noteUnreadable(walk: Walk, place: string) {
  return (error: NodeJS.ErrnoException): undefined => {
    if (error.code === "ENOENT") return;
    walk.unreadable.push({
      path: place,
      code: "unreadable",
      message: `${place} cannot be read (${error.code ?? error.message}).`,
      remedy: `Check its permissions: ls -ld "${place}"`,
    });
  };
}
