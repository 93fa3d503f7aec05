import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import { isInside } from "../store/is-inside.ts";

interface FirstLook {
  /** Absolute roots of this run that could be looked at. */
  readonly roots: readonly string[];
  /** Roots that this machine indexed before. */
  readonly knownRoots: readonly string[];
  /** Everything in the index, whichever machine it came from. */
  readonly known: readonly MediaItem[];
  /** Paths that this machine sees. */
  readonly seen: ReadonlySet<string>;
}

/**
 * Where several machines share an index, a path has to mean one thing on all of them. A machine that looks at a root
 * for the first time and finds none of the files that another one has indexed there, has other media at the same path:
 * going on would take the other's files out of the index. Throws `Failure` `invalid-input`. Pure.
 */
export function refuseOthersFiles({ roots, knownRoots, known, seen }: FirstLook): void {
  const places = known.flatMap((item) => [item.path, ...(item.copies ?? []).map((copy) => copy.path)]);
  for (const root of roots) {
    if (knownRoots.some((before) => isInside(root, before))) continue;
    const there = places.filter((file) => isInside(file, root));
    if (there.length === 0 || there.some((file) => seen.has(file))) continue;
    throw new Failure({
      code: "invalid-input",
      message: `Another machine has indexed ${there.length} files under ${root}, and none of them is on this one.`,
      remedy:
        "Mount the same media at the same path on every machine that shares an index, or give this one an index of its own: --index s3://bucket/other-prefix",
    });
  }
}
