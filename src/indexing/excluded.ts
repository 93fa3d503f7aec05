import path from "node:path";
import { isInside } from "../store/is-inside.ts";
import type { LibraryRecord } from "./library-file.ts";

/**
 * Whether a look at `root` comes by `file`: it lies there, and no folder or file in between was forgotten. A root
 * that was given inside a forgotten folder is looked at all the same. Pure.
 */
export function isReached(file: string, root: string, excluded: readonly string[]): boolean {
  return isInside(file, root) && !excluded.some((place) => isInside(place, root) && isInside(file, place));
}

/** What stays out when these roots are indexed by hand: a forgotten path that is named itself comes back. Pure. */
export function excludedBeside(
  roots: readonly string[],
  { excluded = [] }: LibraryRecord,
): readonly string[] {
  const named = new Set(roots.map(sameForm));
  return excluded.filter((place) => !named.has(sameForm(place)));
}

/**
 * A record without these paths: roots and failures at or below them leave, and what lies under a root that stays is
 * kept out of it from now on. Of a folder that was a root of its own nothing is remembered. Pure.
 */
export function withoutPaths(record: LibraryRecord, paths: readonly string[]): LibraryRecord {
  const stays = (place: string) => !paths.some((gone) => isInside(place, gone));
  const roots = record.roots.filter(stays);
  const all = [...new Set([...(record.excluded ?? []).filter(stays), ...paths])];
  const excluded = all.filter((place) => {
    const others = all.filter((other) => other !== place);
    return roots.some((root) => isReached(place, root, others));
  });
  const { excluded: _, ...rest } = record;
  const failures = record.failures.filter((failure) => stays(failure.path));
  return { ...rest, roots, failures, ...(excluded.length > 0 ? { excluded } : {}) };
}

/**
 * A path as the library has it. Typed letters may be composed where the disk's are not (é), and Windows takes any
 * case: where nothing lies at the path as given, the places that only differ so. Pure.
 */
export function knownForms(given: string, places: readonly string[]): readonly string[] {
  if (places.some((place) => isInside(place, given))) return [given];
  const wanted = sameForm(given);
  const depth = given.split(path.sep).length;
  const alike = places.filter((place) => isInside(sameForm(place), wanted));
  return [...new Set(alike.map((place) => place.split(path.sep).slice(0, depth).join(path.sep)))];
}

function sameForm(place: string): string {
  const composed = place.normalize("NFC");
  return process.platform === "win32" ? composed.toLowerCase() : composed;
}
