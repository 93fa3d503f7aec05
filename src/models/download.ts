import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Failure } from "../media/failure.ts";
import { addFile, runningHash } from "./file-hash.ts";
import type { HubFile } from "./hub.ts";
import { BrokenConnection, type Patience, request, unreachable } from "./request.ts";

export interface DownloadRequest {
  readonly address: string;
  /** Absolute; appears only when it is whole and its hash is right. */
  readonly target: string;
  readonly expected: HubFile;
  /** Bytes on disk so far, out of `expected.bytes`; goes back when a part turns out to be of no use. */
  readonly report: (bytes: number) => void;
  /** All bytes are here, and are read again for their hash: seconds, for gigabytes. */
  readonly onChecking: () => void;
  readonly patience: Patience;
}

/** Where a file grows until it is whole; the hash in its name keeps parts of two versions apart. */
export function partOf({ target, expected }: Pick<DownloadRequest, "target" | "expected">): string {
  return `${target}.${expected.hash.hex.slice(0, 8)}.part`;
}

/**
 * Loads one file, going on from an earlier part. Survives cut connections, ignored ranges and parts that rotted on
 * disk. Throws `Failure` (`corrupt`, `unavailable`, `not-found`, `busy`, `disk-full`); an abort throws its
 * reason. In both cases the part stays for the next time, unless its content is wrong.
 */
export async function download(job: DownloadRequest, signal: AbortSignal): Promise<void> {
  await mkdir(path.dirname(job.target), { recursive: true });
  const part = partOf(job);
  const resumed = (await sizeOf(part)) > 0;
  try {
    await fill(part, job, signal);
  } catch (error) {
    // A part from an earlier run may be the culprit: one more try from the first byte on.
    if (!(resumed && error instanceof Failure && error.code === "corrupt")) throw error;
    signal.throwIfAborted();
    await fill(part, job, signal);
  }
  await rename(part, job.target);
}

async function fill(part: string, job: DownloadRequest, signal: AbortSignal): Promise<void> {
  const { expected, patience } = job;
  if ((await sizeOf(part)) > expected.bytes) await rm(part);
  let vain = 0;
  for (let size = await sizeOf(part); size < expected.bytes || size === 0; ) {
    const broken = await fetchInto(part, job, signal).then(
      () => undefined,
      (error: unknown) => brokenOnly(part, error, signal),
    );
    const now = await sizeOf(part);
    vain = now > size ? 0 : vain + 1;
    size = now;
    if (!broken) break;
    if (vain >= patience.tries) throw await givenUp(part, job, broken);
    await pause(patience.pauseMs * 2 ** Math.max(0, vain - 1), undefined, { signal });
  }
  await verify(part, job, signal);
}

/** What another try may mend; everything else is thrown on. */
function brokenOnly(part: string, error: unknown, signal: AbortSignal): BrokenConnection {
  signal.throwIfAborted();
  if (error instanceof BrokenConnection) return error;
  throw asDiskFailure(part, error);
}

async function verify(part: string, job: DownloadRequest, signal: AbortSignal): Promise<void> {
  const { bytes, hash } = job.expected;
  job.onChecking();
  const running = runningHash(hash.kind, bytes);
  await addFile(running, part, signal);
  if (running.hex() === hash.hex) return;
  await rm(part);
  throw wrong(job, "its hash is not the one that the hub announces");
}

/** One connection: asks for what is missing and writes what comes. */
async function fetchInto(part: string, job: DownloadRequest, signal: AbortSignal): Promise<void> {
  const start = await sizeOf(part);
  const response = await openBody(part, start, job, signal);
  await write(part, startOf(response, start, job), chunksOf(response, job.patience.stallMs), job);
}

async function openBody(
  part: string,
  have: number,
  job: DownloadRequest,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  const { response, announcedHash } = await request(job.address, headers, signal, job.patience);
  const { hash } = job.expected;
  const other = hash.kind === "sha256" && announcedHash !== undefined && announcedHash !== hash.hex;
  if (response.status !== 416 && !other) return response;
  await response.body?.cancel();
  if (other) throw changedMeanwhile(job);
  await rm(part, { force: true });
  throw new BrokenConnection("the hub cannot go on from there");
}

async function write(
  part: string,
  start: number,
  chunks: AsyncIterable<Uint8Array>,
  job: DownloadRequest,
): Promise<void> {
  const { expected, report } = job;
  const file = await open(part, start === 0 ? "w" : "a");
  let size = start;
  try {
    report(size);
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > expected.bytes) break;
      await file.write(chunk);
      report(size);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (size < expected.bytes) throw new BrokenConnection(`it ended after ${size} of ${expected.bytes} bytes`);
  if (size === expected.bytes) return;
  await rm(part);
  throw wrong(job, `it is longer than the ${expected.bytes} bytes announced`);
}

/** The body's chunks; what breaks it, or lets it stand still for so long, is a broken connection. */
async function* chunksOf({ body }: Response, stallMs: number): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await withinStall(reader.read(), stallMs);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function withinStall<T>(reading: Promise<T>, stallMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BrokenConnection("nothing came any more")), stallMs);
  });
  try {
    return await Promise.race([reading, stalled]);
  } catch (cause) {
    if (cause instanceof BrokenConnection) throw cause;
    throw new BrokenConnection("the connection was cut", { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Where the body begins: a server that ignores ranges sends all from the first byte. */
function startOf(response: Response, have: number, job: DownloadRequest): number {
  if (response.status !== 206) return 0;
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "");
  if (range && Number(range[1]) === have && (range[2] === "*" || Number(range[2]) === job.expected.bytes))
    return have;
  throw wrong(job, "the hub sent another piece than the one asked for");
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function givenUp(part: string, job: DownloadRequest, error: BrokenConnection): Promise<Failure> {
  const size = await sizeOf(part);
  if (!/^it ended after/.test(error.message)) return unreachable(job.address, error);
  return wrong(job, `it always ends after ${size} of the ${job.expected.bytes} bytes announced`);
}

function wrong({ address, expected }: DownloadRequest, reason: string): Failure {
  return new Failure({
    code: "corrupt",
    message: `${expected.path} from ${new URL(address).host} is not what was announced: ${reason}.`,
    remedy:
      "Run the command again. If it fails again, a proxy or this mirror alters files: name another hub, SIGHTLINE_HUB=https://huggingface.co",
  });
}

function changedMeanwhile({ address, expected }: DownloadRequest): Failure {
  return new Failure({
    code: "corrupt",
    message: `${expected.path} on ${new URL(address).host} is not the file that its list announces.`,
    remedy: "It may just have been replaced: run the command again in a minute.",
  });
}

function asDiskFailure(part: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new Failure(
    {
      code: "disk-full",
      message: `No space is left for ${part}.`,
      remedy: "Free some space and run the command again: it goes on where it stopped.",
    },
    { cause: error },
  );
}
