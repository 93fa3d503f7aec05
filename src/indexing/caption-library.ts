import type { PictureReader } from "../ingest/picture-reader.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Pixels } from "../media/pixels.ts";
import { plainText } from "../media/plain-text.ts";
import type { Segment } from "../media/segment.ts";
import type { MediaStore } from "../store/media-store.ts";
import { learn } from "./estimate.ts";
import { readLibrary, writeLibrary } from "./library-file.ts";
import { lockLibrary } from "./lock.ts";
import { type Stretch, stretchesOf, withoutCaption } from "./stretches.ts";

/** Says in one sentence what a picture shows: whatever has eyes. */
export type DescribePicture = (pixels: Pixels, signal: AbortSignal) => Promise<string>;

export interface CaptionOptions {
  readonly store: MediaStore;
  readonly pictures: PictureReader;
  readonly describe: DescribePicture;
  readonly libraryDirectory: string;
  /** Absolute files and folders; none means all of the library. */
  readonly roots: readonly string[];
  readonly wait?: boolean;
  /** Only say how much there is to do. */
  readonly dryRun?: boolean;
}

export interface CaptionFailure {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** What captioning says of itself; the last of a run is `caption-end`. */
export type CaptionEvent =
  | {
      readonly type: "caption-plan";
      /** Shots and pictures without a sentence, and with one. */
      readonly missing: number;
      readonly present: number;
      readonly items: number;
      /** For each: measured in earlier runs, or typical of a small model on a laptop. */
      readonly msEach: number;
      readonly estimateMs: number;
    }
  | {
      readonly type: "caption-progress";
      readonly done: number;
      readonly total: number;
      readonly path: string;
      readonly text: string;
      readonly etaMs: number;
    }
  | {
      readonly type: "caption-end";
      readonly written: number;
      /** Pictures for which the eyes found no words; they are tried again in the next run. */
      readonly wordless: number;
      readonly failed: readonly CaptionFailure[];
      readonly interrupted?: boolean;
    };

interface Task {
  readonly item: MediaItem;
  readonly captions: readonly Segment[];
  readonly missing: readonly Stretch[];
}

const typicalMs = 6_000;
/** What a kill may cost at most: sentences are stored in such bunches. */
const sentencesAtOnce = 8;
const longestSide = 768;
const longestSentence = 400;

/**
 * Lets the eyes write a sentence for every shot and picture that has none, and stores it as a `caption` segment. Can be
 * stopped at any time and goes on from there. Throws `Failure` (`busy`, and what the eyes throw); a file that cannot be
 * read is reported and passed over.
 */
export async function* captionLibrary(
  options: CaptionOptions,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent, void, undefined> {
  const { libraryDirectory, wait = false, dryRun = false } = options;
  const nothing = { written: 0, wordless: 0, failed: [] };
  if (dryRun) {
    yield await planEvent(await findTasks(options), libraryDirectory);
    yield { type: "caption-end", ...nothing };
    return;
  }
  await using _lock = await lockLibrary(libraryDirectory, signal, { wait });
  const tasks = await findTasks(options);
  const plan = await planEvent(tasks, libraryDirectory);
  yield plan;
  const work: Work = { ...nothing, failed: [], total: plan.missing, beganMs: performance.now() };
  for (const task of tasks) {
    if (signal.aborted) break;
    yield* captionItem(task, work, options, signal);
  }
  if (work.written > 0) {
    await rememberCost(libraryDirectory, work);
    if (!signal.aborted) await options.store.optimize();
  }
  const { written, wordless, failed } = work;
  yield { type: "caption-end", written, wordless, failed, ...(signal.aborted ? { interrupted: true } : {}) };
}

async function findTasks({ store, roots }: CaptionOptions): Promise<readonly Task[]> {
  const filters = roots.length > 0 ? roots.map((under) => ({ under })) : [{}];
  const items = new Map<string, MediaItem>();
  for (const filter of filters) {
    const kinds = ["video", "image"] as const;
    for (const item of await store.list({ ...filter, kinds, limit: Number.MAX_SAFE_INTEGER })) {
      items.set(item.id, item);
    }
  }
  const tasks: Task[] = [];
  for (const item of items.values()) {
    const segments = await store.segments(item.id, ["frame", "caption"]);
    const captions = segments.filter(({ source }) => source === "caption");
    const frames = segments.filter(({ source }) => source === "frame");
    tasks.push({ item, captions, missing: withoutCaption(stretchesOf(item, frames), captions) });
  }
  return tasks;
}

async function planEvent(tasks: readonly Task[], libraryDirectory: string) {
  const { caption } = (await readLibrary(libraryDirectory)).costs;
  const msEach = Math.round(caption && caption.files > 0 ? caption.ms / caption.files : typicalMs);
  const missing = tasks.reduce((sum, task) => sum + task.missing.length, 0);
  const present = tasks.reduce((sum, { captions }) => sum + captions.length, 0);
  const items = tasks.filter((task) => task.missing.length > 0).length;
  return { type: "caption-plan", missing, present, items, msEach, estimateMs: missing * msEach } as const;
}

interface Work {
  written: number;
  wordless: number;
  readonly failed: CaptionFailure[];
  readonly total: number;
  readonly beganMs: number;
}

/** What is written so far is stored also when the eyes fail or the run is stopped. */
async function* captionItem(
  { item, captions, missing }: Task,
  work: Work,
  { store, pictures, describe }: CaptionOptions,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent, void, undefined> {
  let all = captions;
  let unsaved = 0;
  const save = async () => {
    if (unsaved > 0) await store.putCaptions(item.id, all);
    work.written += unsaved;
    unsaved = 0;
  };
  try {
    for (const stretch of missing) {
      const pixels = await look(pictures, item, stretch, signal).catch((error: unknown) =>
        unreadable(error, signal),
      );
      if (pixels instanceof Failure) {
        work.failed.push({ path: item.path, message: pixels.message, remedy: pixels.remedy });
        return;
      }
      const text = plainText(await describe(pixels, signal), longestSentence).trim();
      if (text === "") work.wordless += 1;
      else {
        all = [...all, { mediaId: item.id, span: stretch.span, source: "caption", text }];
        unsaved += 1;
      }
      const done = work.written + unsaved + work.wordless;
      const etaMs = ((performance.now() - work.beganMs) / done) * (work.total - done);
      yield {
        type: "caption-progress",
        done,
        total: work.total,
        path: item.path,
        text,
        etaMs: Math.round(etaMs),
      };
      if (unsaved >= sentencesAtOnce) await save();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await save();
  }
}

async function look(
  pictures: PictureReader,
  item: MediaItem,
  { lookAtMs }: Stretch,
  signal: AbortSignal,
): Promise<Pixels> {
  signal.throwIfAborted();
  if (lookAtMs === undefined) return await pictures.image(item, signal, { longestSide });
  const [frame] = await pictures.framesAt(item, [lookAtMs], signal, { longestSide });
  if (frame) return frame.pixels;
  throw new Failure({
    code: "unreadable",
    message: `${item.path} has no picture at ${Math.round(lookAtMs / 1000)} s.`,
    remedy: "Index it again: sightline index",
  });
}

function unreadable(error: unknown, signal: AbortSignal): Failure {
  if (error instanceof Failure && !signal.aborted) return error;
  throw error;
}

async function rememberCost(libraryDirectory: string, { written, beganMs }: Work): Promise<void> {
  const library = await readLibrary(libraryDirectory);
  const ms = (performance.now() - beganMs) / written;
  const costs = learn(library.costs, "caption", { bytes: 0, ms, segments: 1 });
  await writeLibrary(libraryDirectory, { ...library, costs });
}
