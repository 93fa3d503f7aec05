import type { FailureDetail } from "../media/failure.ts";
import type { LockHolder } from "./lock.ts";

/** A file or folder that could not be read, and what a person can do about it. */
export interface FailedFile extends FailureDetail {
  readonly path: string;
}

export interface Estimate {
  /** From the speed of earlier runs on this machine, or typical figures before the first. */
  readonly ms: number;
  /** On disk, for the index. */
  readonly bytes: number;
}

/** Numbers of files. A second file with known content counts as unchanged: nothing is encoded for it. */
export interface IndexPlanEvent {
  readonly type: "index-plan";
  readonly new: number;
  readonly changed: number;
  readonly moved: number;
  readonly gone: number;
  readonly unchanged: number;
  /** Roots that have vanished or are empty: what is known of them stays. */
  readonly notMounted: readonly string[];
  readonly estimate: Estimate;
}

export interface IndexProgressEvent {
  readonly type: "index-progress";
  /** Files finished, of `total` to encode. */
  readonly done: number;
  readonly total: number;
  /** The file that moved on last, and how far it is, 0..1. */
  readonly path: string;
  readonly fraction: number;
  /** Bytes of media a second since the start. */
  readonly rate: number;
  readonly etaMs: number;
}

/** Said after the change is durable. */
export interface IndexFileEvent {
  readonly type: "index-file";
  readonly path: string;
  readonly status: "added" | "updated" | "moved" | "removed" | "failed";
  readonly segments?: number;
  /** Where a moved file was. */
  readonly from?: string;
  readonly failure?: FailureDetail;
}

export interface IndexEndEvent {
  readonly type: "index-end";
  readonly added: number;
  readonly updated: number;
  readonly moved: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly failed: readonly FailedFile[];
  readonly notMounted: readonly string[];
  /** The run was stopped before all was done; what is counted is done. */
  readonly interrupted?: boolean;
}

/** Another process writes this library; this one waits for it. */
export interface IndexWaitingEvent {
  readonly type: "index-waiting";
  readonly holder: LockHolder;
}

/** What indexing says of itself, as plain data; the last of a run is `index-end`. */
export type IndexEvent =
  | IndexWaitingEvent
  | IndexPlanEvent
  | IndexProgressEvent
  | IndexFileEvent
  | IndexEndEvent;
