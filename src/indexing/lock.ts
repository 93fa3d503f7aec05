import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Failure } from "../media/failure.ts";

const holderShape = z.object({
  pid: z.int(),
  host: z.string(),
  /** Epoch ms. */
  since: z.number(),
  token: z.string(),
  /** The kernel's start time of the process, where it tells one: a reused pid is another process. */
  processStart: z.string().optional(),
});

export type LockHolder = z.infer<typeof holderShape>;

export interface LockOptions {
  /** Wait until the other process is done, instead of failing. */
  readonly wait?: boolean;
  readonly onWaiting?: (holder: LockHolder) => void;
}

const pollMs = 200;
/** Another one replaces a dead lock: a matter of a few file operations. */
const takeOverPollMs = 10;
const heartbeatMs = 10_000;
/** A holder on another machine counts as dead after this long without a sign of life. */
const silentMs = 120_000;

/**
 * Takes the right to write to a library: one process at a time. A lock whose process is dead is taken over.
 * Throws `Failure` `busy`, naming the holder, unless told to wait.
 */
export async function lockLibrary(
  libraryDirectory: string,
  signal: AbortSignal,
  options: LockOptions = {},
): Promise<AsyncDisposable> {
  await mkdir(libraryDirectory, { recursive: true });
  const file = path.join(libraryDirectory, "index.lock");
  const processStart = await startOf(process.pid);
  const me: LockHolder = {
    pid: process.pid,
    host: os.hostname(),
    since: Date.now(),
    token: randomUUID(),
    ...(processStart === undefined ? {} : { processStart }),
  };
  let hasSaid = false;
  while (!(await tryCreate(file, me))) {
    signal.throwIfAborted();
    const holder = await readHolder(file);
    if (holder === undefined) continue;
    if (await isDead(holder, file)) {
      if (await takeOver(file, me)) break;
      await sleep(takeOverPollMs, undefined, { signal });
      continue;
    }
    if (!options.wait) throw busy(libraryDirectory, holder);
    if (!hasSaid) options.onWaiting?.(holder);
    hasSaid = true;
    await sleep(pollMs, undefined, { signal });
  }
  return held(file, me);
}

function held(file: string, me: LockHolder): AsyncDisposable {
  const beat = () => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined); // A missed beat harms nobody; the next one follows.
  };
  const timer = setInterval(beat, heartbeatMs).unref();
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      const holder = await readHolder(file);
      if (holder?.token === me.token) await rm(file, { force: true });
    },
  };
}

/** A hard link appears with its whole content, or not at all when the name is taken. */
async function tryCreate(file: string, me: LockHolder): Promise<boolean> {
  const draft = `${file}.${me.token}`;
  await writeFile(draft, JSON.stringify(me));
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readHolder(file: string): Promise<LockHolder | undefined> {
  try {
    return holderShape.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    return { pid: 0, host: os.hostname(), since: 0, token: "unreadable" };
  }
}

async function isDead(holder: LockHolder, file: string): Promise<boolean> {
  if (holder.host !== os.hostname()) {
    const stats = await stat(file).catch(() => undefined);
    return stats !== undefined && Date.now() - stats.mtimeMs > silentMs;
  }
  if (holder.pid <= 0) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  const start = await startOf(holder.pid);
  return holder.processStart !== undefined && start !== undefined && start !== holder.processStart;
}

/**
 * Puts a lock in the place of a dead one. Who found it dead may find another one there by now: only the holder of the
 * claim beside it may replace it, looks once more, and leaves no moment in which there is none. A claim whose process
 * died is taken over in the same way.
 */
async function takeOver(file: string, me: LockHolder): Promise<boolean> {
  const claim = `${file}.claim`;
  if (!(await tryCreate(claim, me))) {
    const claimant = await readHolder(claim);
    if (claimant === undefined || !(await isDead(claimant, claim)) || !(await takeOver(claim, me)))
      return false;
  }
  const draft = `${file}.${me.token}`;
  try {
    const holder = await readHolder(file);
    if (holder === undefined || !(await isDead(holder, file))) return false;
    await writeFile(draft, JSON.stringify(me));
    await rename(draft, file);
    return true;
  } finally {
    await rm(draft, { force: true });
    await rm(claim, { force: true });
  }
}

/** Field 22 of /proc/PID/stat, on Linux; the name before it may hold spaces and brackets. */
async function startOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return text
    ?.slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .at(19);
}

function busy(libraryDirectory: string, holder: LockHolder): Failure {
  const since = new Date(holder.since).toISOString();
  return new Failure({
    code: "busy",
    message: `Process ${holder.pid} on ${holder.host} has been indexing ${libraryDirectory} since ${since}.`,
    remedy: "Wait until it is done, or add `--wait` to queue behind it. Searching works meanwhile.",
  });
}
