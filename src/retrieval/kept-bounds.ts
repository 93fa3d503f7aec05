import type { TimeSpan } from "../media/span.ts";

/** Bounds that were decoded once, by what they depend on. */
export interface KeptBounds {
  /** The bounds under `key`, or those that `decode` finds. What it throws is not kept. */
  get(key: string, decode: () => Promise<TimeSpan>): Promise<TimeSpan>;
}

/** At most `most` of them stay, the last used ones: a few hundred bytes each, where decoding costs tenths of a second. */
export function keepBounds(most = 1000): KeptBounds {
  const kept = new Map<string, TimeSpan>();
  return {
    get: async (key, decode) => {
      const bounds = kept.get(key) ?? (await decode());
      kept.delete(key);
      kept.set(key, bounds);
      for (const old of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(old);
      }
      return bounds;
    },
  };
}
