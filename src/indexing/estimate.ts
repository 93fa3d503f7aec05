import type { MediaKind } from "../media/media-item.ts";
import type { Estimate } from "./index-event.ts";
import type { FileOnDisk } from "./walk.ts";

/** What files of one kind have cost on this machine so far. */
export interface KindCost {
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
  readonly segments: number;
}

/** `caption`: one sentence that the eyes write of one picture; its `files` are sentences. */
export type CostKind = MediaKind | "caption";
export type Costs = Readonly<Partial<Record<CostKind, KindCost>>>;

const megabyte = 1_000_000;

/** Before anything was measured: one file of each kind on two laptop cores. */
const typical: Readonly<Record<MediaKind, KindCost>> = {
  video: { files: 1, bytes: 30 * megabyte, ms: 20_000, segments: 120 },
  image: { files: 1, bytes: 3 * megabyte, ms: 900, segments: 3 },
  document: { files: 1, bytes: megabyte, ms: 4_000, segments: 20 },
  audio: { files: 1, bytes: 5 * megabyte, ms: 200, segments: 2 },
};

/** Bytes of a stored segment beside its vector: text, item facts and index entries, compressed. */
const bytesBesideVector = 200;

function costOf(kind: MediaKind, costs: Costs): KindCost {
  const measured = costs[kind];
  return measured && measured.files > 0 ? measured : typical[kind];
}

/** Time grows with bytes for films and sounds, and with the number of files for pictures and papers. */
function share(file: FileOnDisk, cost: KindCost): number {
  const byBytes = file.kind === "video" || file.kind === "audio";
  return byBytes ? file.bytes / Math.max(1, cost.bytes) : 1 / cost.files;
}

/** Milliseconds of one worker. */
export function expectedMs(file: FileOnDisk, costs: Costs): number {
  if (file.kind === undefined) return 1;
  const cost = costOf(file.kind, costs);
  return Math.max(1, share(file, cost) * cost.ms);
}

export function estimate(
  files: readonly FileOnDisk[],
  options: { readonly costs: Costs; readonly dimensions: number; readonly concurrency: number },
): Estimate {
  let ms = 0;
  let segments = 0;
  for (const file of files) {
    if (file.kind === undefined) continue;
    const cost = costOf(file.kind, options.costs);
    ms += expectedMs(file, options.costs);
    segments += share(file, cost) * cost.segments;
  }
  const workers = Math.max(1, Math.min(options.concurrency, files.length));
  const bytes = segments * (options.dimensions * Float32Array.BYTES_PER_ELEMENT + bytesBesideVector);
  return { ms: Math.round(ms / workers), bytes: Math.round(bytes) };
}

/** Later runs weigh more, so that a new disk or encoder is noticed. */
export function learn(costs: Costs, kind: CostKind, file: Omit<KindCost, "files">): Costs {
  const before = costs[kind] ?? { files: 0, bytes: 0, ms: 0, segments: 0 };
  const keep = before.files >= 200 ? 0.5 : 1;
  return {
    ...costs,
    [kind]: {
      files: before.files * keep + 1,
      bytes: before.bytes * keep + file.bytes,
      ms: before.ms * keep + file.ms,
      segments: before.segments * keep + file.segments,
    },
  };
}
