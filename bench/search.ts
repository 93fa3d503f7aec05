import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { MediaId, MediaItem } from "../src/media/media-item.ts";
import { timeSpan } from "../src/media/span.ts";
import { openLanceStore } from "../src/store/lance.ts";
import type { EmbeddedSegment } from "../src/store/media-store.ts";

const rows = 10_000;
const rowsPerItem = 200;
const dimensions = 256;
const queries = 60;

/**
 * Searching 10,000 segments through MediaStore.nearest against the same vectors in a bare LanceDB table, both
 * exact and with the index that the store builds at this size. Ratios of median times; 1.00 = bare query.
 */
export async function run(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sightline-bench-search-"));
  try {
    return await compare(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(folder: string): Promise<string> {
  const random = randomFrom(11);
  const vectors = Array.from({ length: rows }, () => unitVector(random));
  const asked = Array.from({ length: queries }, () => unitVector(random));
  const bare = await openBare(path.join(folder, "bare"), vectors);
  const bareExact = await median(asked, (vector) => bare.exact(vector));
  await using store = await openLanceStore(path.join(folder, "library"), { space: "bench", dimensions });
  const began = performance.now();
  for (let start = 0; start < rows; start += rowsPerItem) {
    const item = itemOf(start / rowsPerItem);
    await store.put(item, segmentsOf(item, vectors.slice(start, start + rowsPerItem)));
  }
  const rowsPerSecond = Math.round(rows / ((performance.now() - began) / 1000));
  await bare.index();
  await store.optimize();
  const some = Array.from({ length: 25 }, (_, index) => itemOf(index).id);
  const bareIndexed = await median(asked, (vector) => bare.indexed(vector));
  const indexed = await median(asked, (vector) => store.nearest(vector, { limit: 10 }));
  const narrow = await median(asked, (vector) => store.nearest(vector, { limit: 10, mediaIds: some }));
  const words = await median(asked, (_, index) => store.matching(`scene ${index}`, { limit: 10 }));
  const chinese = await median(asked, (_, index) => store.matching(`场景${index}`, { limit: 10 }));
  const bytes = await sizeOf(path.join(folder, "library"));
  const perRow = Math.round(bytes / rows) - dimensions * 4;
  return [
    `search, ${rows} segments × ${dimensions}, top 10, median of ${queries}`,
    `  bare LanceDB        exact ${ms(bareExact)}   indexed ${ms(bareIndexed)}`,
    `  MediaStore.nearest  indexed ${ms(indexed)}   ÷ bare indexed ${(indexed / bareIndexed).toFixed(2)}   ÷ bare exact ${(indexed / bareExact).toFixed(2)}`,
    `  one folder's half (exact) ${ms(narrow)}   ÷ bare exact ${(narrow / bareExact).toFixed(2)}`,
    `  full text ${ms(words)}   Chinese with substrings ${ms(chinese)}`,
    `  put ${rowsPerSecond} rows/s   ${perRow} bytes on disk a segment beside its vector`,
  ].join("\n");
}

async function openBare(folder: string, vectors: readonly Float32Array[]) {
  const { connect, Index } = await import("@lancedb/lancedb");
  const connection = await connect(folder);
  const data = vectors.map((vector, id) => ({ id, vector: Array.from(vector) }));
  const table = await connection.createTable("bare", data);
  const near = (vector: Float32Array) => table.query().nearestTo(vector).distanceType("cosine").limit(10);
  return {
    index: () => table.createIndex("vector", { config: Index.ivfRq({ distanceType: "cosine" }) }),
    exact: (vector: Float32Array) => near(vector).bypassVectorIndex().toArray(),
    indexed: (vector: Float32Array) => near(vector).nprobes(20).refineFactor(10).toArray(),
  };
}

async function median(
  asked: readonly Float32Array[],
  search: (vector: Float32Array, index: number) => Promise<unknown>,
): Promise<number> {
  for (const [index, vector] of asked.slice(0, 5).entries()) await search(vector, index);
  const times: number[] = [];
  for (const [index, vector] of asked.entries()) {
    const began = performance.now();
    await search(vector, index);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

function itemOf(index: number): MediaItem {
  const id = `bench-${index}` as MediaId;
  const path = `/videos/holiday ${index}.mp4`;
  return {
    id,
    kind: "video",
    path,
    bytes: 1_000_000 + index,
    modifiedAt: 1_700_000_000_000,
    durationMs: 200_000,
  };
}

function segmentsOf(item: MediaItem, vectors: readonly Float32Array[]): EmbeddedSegment[] {
  return vectors.map((vector, second) => ({
    mediaId: item.id,
    span: timeSpan(second * 1000, (second + 1) * 1000),
    source: "frame",
    ...(second % 10 === 0 ? { text: `scene ${second} of a film 第${second}个场景` } : {}),
    vector,
  }));
}

function unitVector(random: () => number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(files.map((file) => stat(path.join(folder, file))));
  return sizes.reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
