import { Failure } from "../media/failure.ts";
import type { MediaId } from "../media/media-item.ts";
import type { MediaStore, Replacement } from "../store/media-store.ts";
import { commitBatch } from "./commit-batch.ts";
import { type Costs, learn } from "./estimate.ts";
import type { FailedFile, IndexEvent } from "./index-event.ts";
import type { EncodeStep, IndexPlan } from "./plan.ts";
import { progressMeter } from "./progress.ts";
import { type Readers, readMediaFile } from "./read-file.ts";

export interface CarryOutOptions extends Readers {
  readonly store: MediaStore;
  /** Files at work at once. */
  readonly concurrency: number;
  readonly costs: Costs;
  readonly emit: (event: IndexEvent) => void;
}

/** What is durable when `carryOut` returns. */
export interface Outcome {
  readonly added: number;
  readonly updated: number;
  readonly moved: number;
  readonly removed: number;
  readonly failed: readonly FailedFile[];
  readonly costs: Costs;
  readonly interrupted: boolean;
}

/**
 * Does what a plan says. On abort, files at work are dropped, finished ones are committed, and it returns with
 * `interrupted`. Throws what the store throws: a full disk ends the run, an unreadable file does not.
 */
export async function carryOut(
  plan: IndexPlan,
  options: CarryOutOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  // A file may have been renamed over another: until that one is gone, two would stand at one path.
  await removeItems(plan, options);
  await moveItems(plan, options);
  const encoded = await encodeFiles(plan.encode, options, signal);
  const hasChanged = encoded.added + encoded.updated + plan.moved.length + plan.gone.length > 0;
  if (hasChanged && !signal.aborted) await options.store.optimize();
  return { ...encoded, moved: plan.moved.length, removed: plan.gone.length, interrupted: signal.aborted };
}

/** So many items a commit: a renamed folder of thousands is done in seconds, in small statements. */
const itemsPerCommit = 100;

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let start = 0; start < all.length; start += itemsPerCommit)
    yield all.slice(start, start + itemsPerCommit);
}

async function moveItems({ moved, refreshed }: IndexPlan, { store, emit }: CarryOutOptions): Promise<void> {
  for (const chunk of chunks(moved)) {
    await store.moveAll(chunk.map((move) => move.item));
    for (const { item, from } of chunk) emit({ type: "index-file", path: item.path, status: "moved", from });
  }
  for (const chunk of chunks(refreshed)) await store.moveAll(chunk);
}

async function removeItems({ gone }: IndexPlan, { store, emit }: CarryOutOptions): Promise<void> {
  for (const chunk of chunks(gone)) {
    const [first, ...rest] = chunk.map((item) => item.id) as [MediaId, ...MediaId[]];
    await store.remove(first, ...rest);
    for (const item of chunk) emit({ type: "index-file", path: item.path, status: "removed" });
  }
}

async function encodeFiles(steps: readonly EncodeStep[], options: CarryOutOptions, outer: AbortSignal) {
  const { store, emit } = options;
  const counts = { added: 0, updated: 0 };
  const failed: FailedFile[] = [];
  let { costs } = options;
  const meter = progressMeter(steps, options, emit);
  const stepOf = new Map<Replacement, EncodeStep>();
  const batch = commitBatch(store, (done) => {
    const status = stepOf.get(done)?.status ?? "added";
    stepOf.delete(done);
    counts[status] += 1;
    emit({ type: "index-file", path: done.item.path, status, segments: done.segments.length });
  });
  const breakdown = new AbortController();
  const signal = AbortSignal.any([outer, breakdown.signal]);

  const fail = async (step: EncodeStep, { code, message, remedy }: Failure) => {
    const path = step.file.path;
    failed.push({ path, code, message, remedy });
    const [first, ...rest] = step.replaces;
    if (first !== undefined && provesOldContentLost.has(code)) await store.remove(first, ...rest);
    emit({ type: "index-file", path, status: "failed", failure: { code, message, remedy } });
  };
  const encodeOne = async (step: EncodeStep) => {
    const began = performance.now();
    const report = (fraction: number) => meter.report(step, fraction);
    const read = await readMediaFile(step, options, signal, report).catch(failureOnly);
    if (read instanceof Failure) await fail(step, read);
    else {
      const { kind, bytes } = read.item;
      costs = learn(costs, kind, { bytes, ms: performance.now() - began, segments: read.segments.length });
      stepOf.set(read, step);
      await batch.add(read);
    }
    meter.finish(step, read instanceof Failure);
  };
  const queue = steps.values();
  const worker = async () => {
    for (const step of queue) {
      if (signal.aborted) return;
      await encodeOne(step);
    }
  };
  const workers = Array.from({ length: Math.max(1, options.concurrency) }, async () => {
    try {
      await worker();
    } catch (error) {
      if (!signal.aborted) breakdown.abort(error);
    }
  });
  await Promise.all(workers);
  const flushed = batch.flush();
  if (breakdown.signal.aborted) {
    await flushed.catch(() => undefined);
    throw breakdown.signal.reason;
  }
  await flushed;
  return { ...counts, failed, costs };
}

/** Whatever stood there before is gone; after other failures it may still be what it was. */
const provesOldContentLost: ReadonlySet<string> = new Set(["corrupt", "unsupported"]);

function failureOnly(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
