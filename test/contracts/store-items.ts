import type { MediaId, MediaItem } from "../../src/media/media-item.ts";
import { pageSpan } from "../../src/media/span.ts";
import type { EmbeddedSegment } from "../../src/store/media-store.ts";

export const contractDimensions = 8;

export function itemNamed(name: string, over: Partial<MediaItem> = {}): MediaItem {
  const id = `id-${name}` as MediaId;
  return { id, kind: "video", path: `/media/${name}`, bytes: 10, modifiedAt: 1_000, ...over };
}

/** The unit vector along one axis, leaning towards the next by `lean` (0..1). */
export function axis(index: number, lean = 0): Float32Array {
  const vector = new Float32Array(contractDimensions);
  vector[index] = Math.sqrt(1 - lean * lean);
  vector[(index + 1) % contractDimensions] = lean;
  return vector;
}

/** 100 to 300 segments that name their version, so that a mixture of two shows. */
export function numberedSegments(item: MediaItem, version: number): EmbeddedSegment[] {
  return Array.from({ length: 100 + ((version * 37) % 200) }, (_, index) => ({
    mediaId: item.id,
    span: pageSpan(index + 1),
    source: "text",
    text: `version ${version}`,
    vector: axis(index % contractDimensions),
  }));
}
