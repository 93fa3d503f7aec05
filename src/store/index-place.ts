import { existsSync } from "node:fs";
import { type Space, spacesInFolder } from "./lance-schema.ts";
import { isObjectStore } from "./object-store.ts";
import { hasSharedIndex, spacesInShared } from "./shared-table.ts";

/** Whether anything was ever indexed at a place: a folder or `s3://bucket/prefix`. */
export async function hasIndex(place: string): Promise<boolean> {
  return isObjectStore(place) ? await hasSharedIndex(place) : existsSync(place);
}

/** The spaces that have a table there. */
export async function spacesIn(place: string): Promise<readonly Space[]> {
  return isObjectStore(place) ? spacesInShared(place) : spacesInFolder(place);
}
