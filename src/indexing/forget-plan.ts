import type { FileCopy, MediaItem } from "../media/media-item.ts";
import { isInside } from "../store/is-inside.ts";

export interface ForgetPlan {
  /** Items of which no place is left. */
  readonly gone: readonly MediaItem[];
  /** Items of which a copy lies elsewhere, as they are from then on. */
  readonly kept: readonly MediaItem[];
  /** Every place that leaves, copies among them. */
  readonly files: readonly string[];
}

/** What becomes of the items of a store when these absolute paths are forgotten. Pure. */
export function planForgetting(known: readonly MediaItem[], paths: readonly string[]): ForgetPlan {
  const leaves = (place: FileCopy) => paths.some((gone) => isInside(place.path, gone));
  const touched = known.filter((item) => placesOf(item).some(leaves));
  const left = touched.map((item) =>
    withPlaces(
      item,
      placesOf(item).filter((place) => !leaves(place)),
    ),
  );
  return {
    gone: touched.filter((_, index) => left[index] === undefined),
    kept: left.filter((item) => item !== undefined),
    files: touched.flatMap((item) => placesOf(item).filter(leaves)).map((place) => place.path),
  };
}

export function placesOf(item: MediaItem): readonly FileCopy[] {
  return [{ path: item.path, modifiedAt: item.modifiedAt }, ...(item.copies ?? [])];
}

function withPlaces(
  { copies: _, ...item }: MediaItem,
  [first, ...copies]: readonly FileCopy[],
): MediaItem | undefined {
  return first && { ...item, ...first, ...(copies.length > 0 ? { copies } : {}) };
}
