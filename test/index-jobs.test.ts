import { expect, test } from "vitest";
import { type IndexJob, openIndexJobs } from "../src/index-jobs.ts";
import type { IndexEndEvent, IndexEvent } from "../src/indexing/index-event.ts";
import { Failure } from "../src/media/failure.ts";

const end: IndexEndEvent = {
  type: "index-end",
  added: 1,
  updated: 0,
  moved: 0,
  removed: 0,
  unchanged: 0,
  failed: [],
  notMounted: [],
};
const progress = (done: number): IndexEvent => ({
  type: "index-progress",
  done,
  total: 2,
  path: "/a",
  fraction: 1,
  rate: 1,
  etaMs: 1,
});

/** Resolves with the job's last state. */
function ended(jobs: ReturnType<typeof openIndexJobs>, id: string): Promise<IndexJob> {
  return new Promise((resolve) => {
    const known = jobs.get(id);
    if (known && known.state !== "running") return resolve(known);
    const stop = jobs.subscribe((job) => {
      if (job.id !== id || job.state === "running") return;
      stop();
      resolve(job);
    });
  });
}

/** An indexing that goes on until it is stopped, and then tells what it had done. */
async function* endless(_: unknown, signal: AbortSignal): AsyncGenerator<IndexEvent> {
  yield progress(0);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  yield { ...end, interrupted: true };
}

test("a job starts at once, tells of each event in order, and ends with the last one", async () => {
  const asked: unknown[] = [];
  await using jobs = openIndexJobs(async function* (request) {
    asked.push(request);
    yield progress(1);
    yield end;
  });
  const heard: string[] = [];
  jobs.subscribe(({ state, event }) => heard.push(`${state} ${event?.type}`));
  const started = jobs.start(["/photos"]);
  expect(started).toMatchObject({ state: "running", roots: ["/photos"] });
  expect(await ended(jobs, started.id)).toMatchObject({ state: "done", event: end });
  expect(heard).toEqual(["running index-progress", "running index-end", "done index-end"]);
  expect(asked).toEqual([{ roots: ["/photos"], wait: true }]);
});

test("a cancelled job ends as cancelled, with what was done until then", async () => {
  await using jobs = openIndexJobs(endless);
  const { id } = jobs.start([]);
  jobs.cancel(id);
  expect(await ended(jobs, id)).toMatchObject({ state: "cancelled", event: { interrupted: true } });
  expect(() => jobs.cancel(id)).not.toThrow();
  expect(() => jobs.cancel("no such job")).not.toThrow();
});

test("a job that fails keeps the failure and its remedy; a bug is told as one", async () => {
  const errors = [
    new Failure({ code: "disk-full", message: "The disk is full.", remedy: "Make room." }),
    new TypeError("oops"),
  ];
  // biome-ignore lint/correctness/useYield: it fails before there is anything to tell
  await using jobs = openIndexJobs(async function* () {
    throw errors.shift();
  });
  expect(await ended(jobs, jobs.start([]).id)).toMatchObject({
    state: "failed",
    failure: { code: "disk-full", remedy: "Make room." },
  });
  const bug = await ended(jobs, jobs.start([]).id);
  expect(bug.failure?.remedy).toContain("sightline doctor");
});

test("one listener that goes away does not silence the others", async () => {
  await using jobs = openIndexJobs(async function* () {
    yield end;
  });
  const heard: string[] = [];
  const leave = jobs.subscribe(() => heard.push("first"));
  jobs.subscribe(() => heard.push("second"));
  leave();
  await ended(jobs, jobs.start([]).id);
  expect(new Set(heard)).toEqual(new Set(["second"]));
});

test("of many ended jobs the newest fifty are remembered, and a running one always", async () => {
  let first = true;
  await using jobs = openIndexJobs((request, signal) => {
    if (!first)
      return (async function* () {
        yield end;
      })();
    first = false;
    return endless(request, signal);
  });
  const running = jobs.start(["/long"]);
  for (let i = 0; i < 60; i++) await ended(jobs, jobs.start([`/${i}`]).id);
  await new Promise((resolve) => setImmediate(resolve));
  expect(jobs.get(running.id)?.state).toBe("running");
  expect(jobs.list().length).toBeLessThanOrEqual(52);
  expect(jobs.list().at(-1)?.roots).toEqual(["/59"]);
});

test("disposing stops every job and waits until they have ended", async () => {
  let open = 0;
  const jobs = openIndexJobs(async function* (request, signal) {
    open += 1;
    yield* endless(request, signal);
    open -= 1;
  });
  jobs.start(["/a"]);
  jobs.start(["/b"]);
  await jobs[Symbol.asyncDispose]();
  expect(open).toBe(0);
  expect(jobs.list().map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
});
