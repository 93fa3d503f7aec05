import path from "node:path";
import type { MediaId, MediaItem } from "../../src/media/media-item.ts";
import type { Segment } from "../../src/media/segment.ts";
import type { EmbeddedSegment, Filter, MediaStore, SearchHit } from "../../src/store/media-store.ts";
import { stopWords, substringScore, substringsOf } from "../../src/store/text-query.ts";

type Entry = { readonly item: MediaItem; readonly segments: readonly EmbeddedSegment[] };

/** A store in memory that keeps the port's contract; full text by shared stems instead of BM25. */
export function openMemoryStore({ space = "test" }: { readonly space?: string } = {}): MediaStore {
  let entries = new Map<MediaId, Entry>();
  const fitting = (filter: Filter) => [...entries.values()].filter((entry) => fits(entry, filter));
  const hits = (filter: Filter, score: (segment: EmbeddedSegment) => number | undefined): SearchHit[] =>
    fitting(filter)
      .flatMap(({ item, segments }) =>
        segments
          .filter((segment) => segmentFits(segment, filter))
          .map((segment) => ({ item, segment: withoutVector(segment), score: score(segment) ?? Number.NaN })),
      )
      .filter((hit) => !Number.isNaN(hit.score));
  const best = (filter: Filter, found: SearchHit[]) =>
    found.sort((a, b) => b.score - a.score).slice(0, limitOf(filter));

  const putAll: MediaStore["putAll"] = async (replacements) => {
    const next = new Map(entries);
    for (const { item, replaces = [] } of replacements)
      for (const id of [item.id, ...replaces]) next.delete(id);
    for (const { item, segments } of replacements) next.set(item.id, { item, segments: sorted(segments) });
    entries = next;
  };
  const moveAll: MediaStore["moveAll"] = async (items) => {
    for (const item of items) {
      const entry = entries.get(item.id);
      if (entry) entries.set(item.id, { ...entry, item });
    }
  };
  return {
    space,
    put: (item, segments) => putAll([{ item, segments }]),
    putAll,
    putCaptions: async (id, captions) => {
      const entry = entries.get(id);
      if (!entry) return;
      const rest = entry.segments.filter(({ source }) => source !== "caption");
      entries.set(id, { ...entry, segments: sorted([...rest, ...captions]) });
    },
    move: (id, item) => moveAll([{ ...item, id }]),
    moveAll,
    remove: async (...ids) => {
      for (const id of ids) entries.delete(id);
    },
    get: async (id) => entries.get(id)?.item,
    list: async (filter) =>
      fitting(filter)
        .map((entry) => entry.item)
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .slice(0, limitOf(filter)),
    segments: async (id, sources) =>
      (entries.get(id)?.segments ?? [])
        .filter((segment) => !sources || sources.includes(segment.source))
        .map(withoutVector),
    scan: async (filter) => hits(filter, () => 0).slice(0, limitOf(filter)),
    nearest: async (vector, filter) => {
      if (vector.every((value) => value === 0)) return [];
      return best(
        filter,
        hits(filter, (segment) => (hasVector(segment) ? cosine(vector, segment.vector) : undefined)),
      );
    },
    matching: async (text, filter) =>
      best(
        filter,
        hits(filter, (segment) => textScore(text, segment.text ?? "") || undefined),
      ),
    counts: async (filter = {}) => {
      const segments = fitting(filter).flatMap((entry) =>
        entry.segments.filter((segment) => segmentFits(segment, filter)),
      );
      return {
        items: fitting(filter).length,
        segments: segments.length,
        vectors: segments.filter(hasVector).length,
      };
    },
    optimize: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function limitOf({ limit = 50 }: Filter): number {
  return limit;
}

function fits({ item, segments }: Entry, filter: Filter): boolean {
  const taken = item.takenAt ?? item.modifiedAt;
  const paths = [item.path, ...(item.copies ?? []).map((copy) => copy.path)];
  return (
    (filter.kinds?.includes(item.kind) ?? true) &&
    (filter.mediaIds?.includes(item.id) ?? true) &&
    (filter.under === undefined || paths.some((file) => liesUnder(file, filter.under ?? ""))) &&
    taken >= (filter.takenFrom ?? Number.NEGATIVE_INFINITY) &&
    taken <= (filter.takenTo ?? Number.POSITIVE_INFINITY) &&
    ((filter.sources === undefined && filter.within === undefined) ||
      segments.some((segment) => segmentFits(segment, filter)))
  );
}

function liesUnder(file: string, under: string): boolean {
  const relative = path.relative(under, file);
  return relative === "" || !(relative === ".." || relative.startsWith(`..${path.sep}`));
}

function segmentFits({ source, span }: Segment, { sources, within }: Filter): boolean {
  if (sources && !sources.includes(source)) return false;
  if (!within) return true;
  if (span.kind !== "time") return false;
  if (within.startMs === within.endMs) return span.startMs <= within.startMs && span.endMs >= within.endMs;
  if (span.startMs === span.endMs) return span.startMs >= within.startMs && span.startMs <= within.endMs;
  return span.startMs < within.endMs && span.endMs > within.startMs;
}

function hasVector(segment: EmbeddedSegment): segment is EmbeddedSegment & { readonly vector: Float32Array } {
  return segment.vector?.some((value) => value !== 0) ?? false;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, left, right] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    dot += value * other;
    left += value * value;
    right += other * other;
  }
  return dot / Math.sqrt(left * right);
}

function textScore(query: string, text: string): number {
  const known = new Set(stems(text));
  const shared = stems(query).filter((stem) => known.has(stem)).length;
  return shared + substringScore(text, substringsOf(query));
}

function stems(text: string): string[] {
  const plain = text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();
  const words = (plain.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !stopWords.includes(word));
  return words.map((word) => (word.length > 3 ? word.replace(/(?:(.)\1ing|ing|ed|es|s|e)$/, "$1") : word));
}

function withoutVector({ vector: _, ...segment }: EmbeddedSegment): Segment {
  return segment;
}

function sorted(segments: readonly EmbeddedSegment[]): EmbeddedSegment[] {
  const place = ({ span }: Segment): number => {
    if (span.kind === "time") return span.startMs;
    return span.kind === "page" ? span.page : Number.NEGATIVE_INFINITY;
  };
  return [...segments].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}
