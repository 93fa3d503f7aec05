import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "../app.ts";
import { type IndexJobs, openIndexJobs } from "../index-jobs.ts";
import type { Library } from "../library.ts";
import { Failure } from "../media/failure.ts";
import type { MediaId, MediaItem } from "../media/media-item.ts";
import { openWorkQueue, type WorkQueue } from "../work-queue.ts";
import { type Conversations, openConversations } from "./conversations.ts";
import { readerPatienceMs } from "./event-stream.ts";
import { type Metrics, openMetrics } from "./metrics.ts";
import { openPictureCache, type PictureCache } from "./picture-cache.ts";

export interface UploadFolder extends AsyncDisposable {
  readonly folder: string;
}

/** What the routes share: one server over one library. */
export interface HttpContext extends AsyncDisposable {
  readonly app: App;
  readonly jobs: IndexJobs;
  readonly conversations: Conversations;
  readonly metrics: Metrics;
  readonly pictures: PictureCache;
  /** Searches, frames and other short work. */
  readonly short: WorkQueue;
  /** Verdicts on hits: they decode, and must not stand in a search's way. */
  readonly checks: WorkQueue;
  /** Whole agent runs. */
  readonly long: WorkQueue;
  /** `in`: the id of an item, or an absolute path that was indexed. */
  library(scope?: string): Promise<Library>;
  /** Throws `Failure` "not-found" for an id that the library does not hold. */
  item(id: string): Promise<MediaItem>;
  /** A folder for one request's uploads, removed when it is disposed of. */
  openUploads(): Promise<UploadFolder>;
  /** The same for as long as `work` takes, however it ends. */
  withUploads<T>(work: (folder: string) => Promise<T>): Promise<T>;
  /** How long in all a reader may keep a run waiting. */
  readonly patienceMs: number;
  /** For errors that are bugs. */
  readonly report: (error: unknown) => void;
}

async function openUploads(): Promise<UploadFolder> {
  const folder = await mkdtemp(join(tmpdir(), "sightline-upload-"));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

export function openHttpContext(app: App, report: (error: unknown) => void): HttpContext {
  const jobs = openIndexJobs((request, signal) => app.index(request, signal));
  const item = async (id: string) => {
    const known = /^[\w:-]{1,128}$/.test(id) ? await (await openWhole()).store.get(id as MediaId) : undefined;
    if (known) return known;
    throw new Failure({
      code: "not-found",
      message: "The library holds no media of this id.",
      remedy: "GET /media lists what there is.",
    });
  };
  // Opened once it can be: its store follows what is indexed meanwhile.
  let whole: Library | undefined;
  const openWhole = async () => {
    whole ??= await app.openLibrary();
    return whole;
  };
  return {
    app,
    jobs,
    conversations: openConversations(),
    metrics: openMetrics(),
    pictures: openPictureCache(64 * 1024 * 1024),
    short: openWorkQueue(8, 256),
    checks: openWorkQueue(2, 128),
    long: openWorkQueue(2, 16),
    item,
    library: async (scope) => {
      if (scope === undefined) return openWhole();
      const known = await item(scope).catch(() => undefined);
      return app.openLibrary({ under: known?.path ?? scope });
    },
    openUploads,
    withUploads: async (work) => {
      await using uploads = await openUploads();
      return await work(uploads.folder);
    },
    patienceMs: readerPatienceMs,
    report,
    [Symbol.asyncDispose]: () => jobs[Symbol.asyncDispose](),
  };
}
