import { stat } from "node:fs/promises";
import path from "node:path";
import { type IndexJob, type IndexJobs, openIndexJobs } from "../index-jobs.ts";
import type { IndexEndEvent } from "../indexing/index-event.ts";
import { neverSeen } from "../indexing/survey.ts";
import { fileFailure } from "../ingest/first-bytes.ts";
import { plainText } from "../media/plain-text.ts";
import { failureIn } from "../messages/failures.ts";
import type { Chat } from "./chat.ts";
import { expandHome } from "./folder-suggestions.ts";

/** Of the files that could not be read, so many are named. */
const mostFailuresNamed = 3;

interface Indexing {
  readonly jobs: IndexJobs;
  /** Stops the rendering of the demo library; undefined while there is none. */
  rendering: AbortController | undefined;
  /** From then on the chat hears no more of the jobs. */
  readonly unsubscribe: () => void;
}

const indexingOf = new WeakMap<Chat, Indexing>();

/** Indexes a folder, or the demo library that it renders first, while the chat goes on. */
export async function startIndexing(chat: Chat, argument: string): Promise<string> {
  const indexing = indexingOf.get(chat) ?? begin(chat);
  if (argument === "--demo" && indexing.rendering) return chat.say.renderingDemo;
  const root = argument === "--demo" ? await renderDemo(chat, indexing) : await placeOf(argument);
  if (root === undefined) return chat.say.indexStopped;
  indexing.jobs.start([root]);
  return chat.say.indexStarted(plainText(root, 300));
}

/** Stops what is being indexed; what is done is kept. */
export function stopIndexing(chat: Chat): string | undefined {
  if (!isIndexing(chat)) return chat.say.nothingIndexes;
  const indexing = indexingOf.get(chat);
  indexing?.rendering?.abort();
  for (const { id } of indexing?.jobs.list() ?? []) indexing?.jobs.cancel(id);
  return undefined;
}

export function isIndexing(chat: Chat): boolean {
  return chat.store.get().indexing !== undefined;
}

/** Stops indexing that is still at work, and waits for it. */
export async function endIndexing(chat: Chat): Promise<void> {
  const indexing = indexingOf.get(chat);
  // What a stopped job changes on the screen would open the library once more.
  indexing?.unsubscribe();
  indexing?.rendering?.abort();
  await indexing?.jobs[Symbol.asyncDispose]();
}

function begin(chat: Chat): Indexing {
  const jobs = openIndexJobs(async function* (request, signal) {
    yield* (await chat.app()).index(request, signal);
  });
  const indexing = { jobs, rendering: undefined, unsubscribe: jobs.subscribe((job) => show(chat, job)) };
  indexingOf.set(chat, indexing);
  return indexing;
}

function show(chat: Chat, { state, event, failure }: IndexJob): void {
  const { store, say } = chat;
  if (state === "running") {
    if (event?.type === "index-progress")
      store.change({
        indexing: {
          fraction: event.total === 0 ? 1 : (event.done + event.fraction) / event.total,
          done: event.done,
          total: event.total,
          etaMs: event.etaMs,
        },
      });
    return;
  }
  store.change({ indexing: undefined });
  if (failure) store.add({ type: "failure", failure: failureIn(say.language, failure) });
  else if (state === "cancelled") store.add({ type: "note", text: say.indexStopped });
  else if (event?.type === "index-end") store.add({ type: "note", text: endText(chat, event) });
  chat.reopen();
  void showIndexState(chat);
}

function endText(
  { say }: Chat,
  { added, updated, moved, removed, unchanged, failed }: IndexEndEvent,
): string {
  const named = failed
    .slice(0, mostFailuresNamed)
    .map((one) => failureIn(say.language, one))
    .flatMap(({ message, remedy }) => [`  ✗ ${plainText(message, 400)}`, `    → ${plainText(remedy, 300)}`]);
  const more = failed.length > mostFailuresNamed ? [`  ${say.moreFailed}`] : [];
  return [
    say.indexDone({ added, updated, moved, removed, unchanged }, failed.length),
    ...named,
    ...more,
  ].join("\n");
}

/** Puts the number of indexed files into the status row, and lets `@` name them. */
export async function showIndexState(chat: Chat): Promise<number> {
  const { counts } = await (await chat.app()).state();
  const items = counts?.items ?? 0;
  chat.store.change({ index: chat.say.indexed(items) });
  if (items > 0) await chat.library();
  return items;
}

/** Gives the folder of its files; undefined where the rendering was stopped. */
async function renderDemo(chat: Chat, indexing: Indexing): Promise<string | undefined> {
  const { store, say } = chat;
  const { demoPaths, renderDemoLibrary } = await import("../demo/library.ts");
  const rendered = path.join(chat.libraryFolder, "demo", "seed-1", "files");
  const began = performance.now();
  const report = (fraction: number) => {
    const etaMs = fraction > 0 ? ((performance.now() - began) / fraction) * (1 - fraction) : undefined;
    store.change({ indexing: { fraction, what: say.rendering, ...(etaMs === undefined ? {} : { etaMs }) } });
  };
  store.add({ type: "note", text: say.renderingDemo });
  report(0);
  const stop = new AbortController();
  indexing.rendering = stop;
  try {
    await renderDemoLibrary(rendered, { seed: 1, signal: stop.signal, report });
  } catch (error) {
    store.change({ indexing: undefined });
    if (stop.signal.aborted) return undefined;
    throw error;
  } finally {
    indexing.rendering = undefined;
  }
  return demoPaths(rendered).media;
}

/** A path as it was typed, dropped or pasted: quoted, with escaped letters, or from the home folder. */
export function pathOf(given: string): string {
  return path.resolve(expandHome(given.replace(/^(["'])(.*)\1$/, "$2").replace(/\\(.)/g, "$1")));
}

/** Throws `Failure` where nothing is. */
async function placeOf(given: string): Promise<string> {
  const place = pathOf(given);
  try {
    await stat(place);
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === "ENOENT" ? neverSeen(place) : fileFailure(place, cause);
  }
  return place;
}
