import { neutralise } from "../src/agent/evidence-text.ts";
import type { IndexJob, IndexJobState } from "../src/index-jobs.ts";
import type { IndexEndEvent, IndexEvent } from "../src/indexing/index-event.ts";
import type { HidePaths } from "./hide-paths.ts";

const mostFailures = 10;

const nextOf: Readonly<Record<IndexJobState, string>> = {
  running: "Call job_status with this job, and waitSeconds, until its state is no longer running.",
  done: "Search now: ask, vector_search, list_media.",
  cancelled: "What is indexed so far can be searched; index_media goes on from there.",
  failed: "Do what `failure` says, then call index_media again.",
};

/** An index job as a client sees it. */
export function jobJson({ id, roots, state, event, failure }: IndexJob, hide: HidePaths) {
  const progress = event && progressOf(event, hide);
  return {
    job: id,
    state,
    folders: roots.map((root) => neutralise(hide(root), 200)),
    ...(progress && state === "running" ? { progress } : {}),
    ...(event?.type === "index-end" ? { result: resultOf(event, hide) } : {}),
    ...(failure
      ? { failure: { code: failure.code, message: hide(failure.message), remedy: hide(failure.remedy) } }
      : {}),
    next: nextOf[state],
  };
}

function progressOf(event: IndexEvent, hide: HidePaths): Readonly<Record<string, unknown>> | undefined {
  switch (event.type) {
    case "index-waiting":
      return { waitingFor: "another process that writes this library" };
    case "index-plan":
      return {
        new: event.new,
        changed: event.changed,
        estimateSeconds: Math.round(event.estimate.ms / 1000),
      };
    case "index-progress":
      return {
        done: event.done,
        total: event.total,
        file: neutralise(hide(event.path), 200),
        fraction: Number(event.fraction.toFixed(2)),
        secondsToGo: Math.round(event.etaMs / 1000),
      };
    case "index-file":
      return { file: neutralise(hide(event.path), 200), status: event.status };
    case "index-end":
      return undefined;
  }
}

function resultOf(
  { added, updated, moved, removed, unchanged, failed, notMounted }: IndexEndEvent,
  hide: HidePaths,
) {
  const shown = failed.slice(0, mostFailures).map((one) => ({
    file: neutralise(hide(one.path), 200),
    code: one.code,
    message: neutralise(hide(one.message), 300),
    remedy: neutralise(hide(one.remedy), 300),
  }));
  return {
    added,
    updated,
    moved,
    removed,
    unchanged,
    failedCount: failed.length,
    failed: shown,
    ...(notMounted.length > 0 ? { notMounted: notMounted.map((root) => neutralise(hide(root), 200)) } : {}),
  };
}
