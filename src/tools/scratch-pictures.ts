import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { MediaId } from "../media/media-item.ts";

/** The part of a scratch picture's file name that tells of which item it is. */
export function scratchName(id: MediaId): string {
  return id.replace(/\W/g, "").slice(0, 24);
}

/** Deletes the pictures that tools made of these items. */
export async function dropScratchPictures(folder: string, ids: readonly MediaId[]): Promise<void> {
  const names = new Set(ids.map(scratchName));
  const kept = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const theirs = kept.filter((file) => names.has(/^(?:look-)?([^-]+)-/.exec(file)?.[1] ?? ""));
  for (const file of theirs) await rm(path.join(folder, file), { force: true });
}
