import { randomUUID } from "node:crypto";
import type { IndexEvent } from "./indexing/index-event.ts";
import { detailOf, type FailureDetail } from "./media/failure.ts";
import { failureOf } from "./media/system-failure.ts";

export type IndexJobState = "running" | "done" | "cancelled" | "failed";

/** Indexing that goes on while the person does something else. */
export interface IndexJob {
  readonly id: string;
  readonly roots: readonly string[];
  readonly state: IndexJobState;
  /** The newest event; the last of a finished job is `index-end`. */
  readonly event?: IndexEvent;
  readonly failure?: FailureDetail;
}

export interface IndexJobs extends AsyncDisposable {
  /** Starts at once; a second job on the same library waits for its turn. */
  start(roots: readonly string[]): IndexJob;
  get(id: string): IndexJob | undefined;
  list(): readonly IndexJob[];
  /** Asks the job to stop; it ends in `cancelled` when what is half done is undone. */
  cancel(id: string): void;
  /** Hears of every change of every job until the answer is called. */
  subscribe(listener: (job: IndexJob) => void): () => void;
}

type RunIndex = (
  request: { readonly roots: readonly string[]; readonly wait: boolean },
  signal: AbortSignal,
) => AsyncIterable<IndexEvent>;

const mostKept = 50;

/** Runs index jobs in this process and remembers the newest ones. Disposing stops all and waits for them. */
export function openIndexJobs(run: RunIndex): IndexJobs {
  const jobs = new Map<string, IndexJob>();
  const stops = new Map<string, AbortController>();
  const working = new Set<Promise<void>>();
  const listeners = new Set<(job: IndexJob) => void>();

  const change = (id: string, part: Partial<IndexJob>) => {
    const job = jobs.get(id);
    if (!job) return;
    const changed = { ...job, ...part };
    jobs.set(id, changed);
    for (const listener of listeners) listener(changed);
  };

  const work = async (id: string, roots: readonly string[], signal: AbortSignal) => {
    try {
      for await (const event of run({ roots, wait: true }, signal)) change(id, { event });
      change(id, { state: signal.aborted ? "cancelled" : "done" });
    } catch (error) {
      if (signal.aborted) change(id, { state: "cancelled" });
      else change(id, { state: "failed", failure: whatWentWrong(error) });
    } finally {
      stops.delete(id);
      for (const old of [...jobs.keys()].slice(0, -mostKept)) if (!stops.has(old)) jobs.delete(old);
    }
  };

  return {
    start: (roots) => {
      const id = randomUUID();
      const stop = new AbortController();
      const job: IndexJob = { id, roots, state: "running" };
      jobs.set(id, job);
      stops.set(id, stop);
      const ended = work(id, roots, stop.signal).finally(() => working.delete(ended));
      working.add(ended);
      return job;
    },
    get: (id) => jobs.get(id),
    list: () => [...jobs.values()],
    cancel: (id) => stops.get(id)?.abort(),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.asyncDispose]: async () => {
      for (const stop of stops.values()) stop.abort();
      await Promise.all(working);
    },
  };
}

function whatWentWrong(error: unknown): FailureDetail {
  const failure = failureOf(error);
  if (failure) return detailOf(failure);
  return { code: "unavailable", message: String(error), remedy: "Run `sightline doctor`, then try again." };
}
