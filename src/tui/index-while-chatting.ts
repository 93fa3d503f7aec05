import path from "node:path";
import { type IndexJob, type IndexJobs, openIndexJobs } from "../index-jobs.ts";
import type { Chat } from "./chat.ts";

const jobsOf = new WeakMap<Chat, IndexJobs>();

/** Indexes a folder, or the demo library that it renders first, while the chat goes on. */
export async function startIndexing(chat: Chat, argument: string): Promise<string> {
  const root = argument === "--demo" ? await renderDemo(chat) : path.resolve(expandHome(argument));
  const jobs = jobsOf.get(chat) ?? openJobs(chat, openIndexJobs((await chat.app()).index));
  jobs.start([root]);
  return chat.say.indexStarted(root);
}

/** Stops indexing that is still at work, and waits for it. */
export async function endIndexing(chat: Chat): Promise<void> {
  await jobsOf.get(chat)?.[Symbol.asyncDispose]();
}

function openJobs(chat: Chat, jobs: IndexJobs): IndexJobs {
  jobsOf.set(chat, jobs);
  jobs.subscribe((job) => show(chat, job));
  return jobs;
}

function show(chat: Chat, { state, event, failure }: IndexJob): void {
  const { store, say } = chat;
  if (state === "running") {
    if (event?.type === "index-progress") store.change({ index: say.indexing(event.done, event.total) });
    return;
  }
  if (failure) store.add({ type: "failure", failure });
  else if (state === "cancelled") store.add({ type: "note", text: say.indexStopped });
  else if (event?.type === "index-end")
    store.add({ type: "note", text: say.indexDone(event.added, event.updated, event.failed.length) });
  chat.reopen();
  void showIndexState(chat);
}

/** Puts the number of indexed files into the status row. */
export async function showIndexState(chat: Chat): Promise<number> {
  const { counts } = await (await chat.app()).state();
  const items = counts?.items ?? 0;
  chat.store.change({ index: chat.say.indexed(items) });
  return items;
}

async function renderDemo(chat: Chat): Promise<string> {
  const { demoPaths, renderDemoLibrary } = await import("../demo/library.ts");
  const rendered = path.join(chat.libraryFolder, "demo", "seed-1", "files");
  const report = (fraction: number) =>
    chat.store.change({ index: chat.say.indexing(Math.round(fraction * 100), 100) });
  await renderDemoLibrary(rendered, { seed: 1, signal: new AbortController().signal, report });
  return demoPaths(rendered).media;
}

function expandHome(given: string): string {
  return given.replace(/^~(?=\/|$)/, process.env.HOME ?? "~").replace(/^(["'])(.*)\1$/, "$2");
}
