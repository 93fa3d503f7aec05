import { readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { MediaKind } from "../media/media-item.ts";
import { plainText } from "../media/plain-text.ts";
import type { MediaStore } from "../store/media-store.ts";

/** What a library holds, in a few lines: readable without opening the index. */
export interface LibraryOverview {
  readonly counts: Readonly<Partial<Record<MediaKind, number>>>;
  readonly videoMs: number;
  /** Names of the newest files, newest first. */
  readonly newest: readonly string[];
}

export const overviewFile = "overview.json";
const mostNames = 6;

/** `overview.json` of a library folder; undefined where there is none that can be read. */
export function readOverview(libraryDirectory: string): LibraryOverview | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(path.join(libraryDirectory, overviewFile), "utf8"));
    return isOverview(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Takes stock of the store and writes it down, beside and renamed. Its change tells others of the library's change. */
export async function writeOverview(libraryDirectory: string, store: MediaStore): Promise<LibraryOverview> {
  const items = await store.list({ limit: Number.MAX_SAFE_INTEGER });
  const counts: Partial<Record<MediaKind, number>> = {};
  for (const { kind } of items) counts[kind] = (counts[kind] ?? 0) + 1;
  const newest = [...items]
    .sort((a, b) => (b.takenAt ?? b.modifiedAt) - (a.takenAt ?? a.modifiedAt))
    .slice(0, mostNames)
    .map((item) => plainText(path.basename(item.path), 60));
  const videoMs = items.reduce((sum, item) => sum + (item.kind === "video" ? (item.durationMs ?? 0) : 0), 0);
  const overview: LibraryOverview = { counts, videoMs, newest };
  await mkdir(libraryDirectory, { recursive: true });
  const file = path.join(libraryDirectory, overviewFile);
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, JSON.stringify({ version: 1, ...overview }));
  await rename(temporary, file);
  return overview;
}

/** By hand: this is read before a process has loaded anything, zod included. */
function isOverview(read: unknown): read is LibraryOverview {
  if (typeof read !== "object" || read === null) return false;
  const { version, counts, videoMs, newest } = read as Record<string, unknown>;
  return (
    version === 1 &&
    typeof counts === "object" &&
    counts !== null &&
    Object.values(counts).every((count) => typeof count === "number") &&
    typeof videoMs === "number" &&
    Array.isArray(newest) &&
    newest.every((name) => typeof name === "string")
  );
}
