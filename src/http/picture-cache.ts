export interface CachedPicture {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** The exact presentation time of a frame, ms. */
  readonly timeMs?: number;
}

export interface PictureCache {
  /** The picture under `key`, made by `make` if it is not there; the longest unused go when room runs out. */
  get(key: string, make: () => Promise<CachedPicture>): Promise<CachedPicture>;
}

export function openPictureCache(mostBytes: number): PictureCache {
  const kept = new Map<string, CachedPicture>();
  let bytes = 0;
  return {
    get: async (key, make) => {
      const known = kept.get(key);
      if (known) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const made = await make();
      if (kept.has(key)) return made;
      kept.set(key, made);
      bytes += made.jpeg.length;
      for (const [old, picture] of kept) {
        if (bytes <= mostBytes) break;
        kept.delete(old);
        bytes -= picture.jpeg.length;
      }
      return made;
    },
  };
}
