import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import type { FfmpegTool } from "./binary.ts";
import { decodeFailure, ErrorLines } from "./error-lines.ts";
import { StallWatch } from "./stall-watch.ts";
import { stalled } from "./stalled.ts";

export interface RunRequest {
  readonly tool: FfmpegTool;
  /** One word each; no shell reads them. */
  readonly args: readonly string[];
  /** The file that a failure names. */
  readonly about: string;
  readonly signal: AbortSignal;
  /** Longest time without a byte or a line while we wait for one; a minute if left out. */
  readonly stallMs?: number;
  /** Hears each line of the program's messages; true keeps the line out of a failure's text. */
  readonly onLine?: (line: string) => boolean;
  /** Told when no further line can come. */
  readonly onLinesEnd?: () => void;
}

export interface Run {
  /** The program's output, a piece at a time: it waits while nobody reads. Stopping early kills it. */
  chunks(): AsyncGenerator<Buffer>;
  /** True once it has ended with status 0. */
  succeeded(): boolean;
  lastLines(): string;
}

const longestLine = 16_384;

/**
 * Static builds crash when they load the system's charset modules, which they do for the channel name in a transport
 * stream. Pointed to a folder that does not exist they go without.
 */
const withoutCharsetModules = { GCONV_PATH: "/nonexistent" };

/** Starts ffmpeg or ffprobe. It is killed on abort, when it stalls, and when its reader stops reading. */
export function startRun(request: RunRequest): Run {
  const { tool, args, about, signal, stallMs = 60_000 } = request;
  const lines = new ErrorLines();
  let succeeded = false;

  async function* chunks(): AsyncGenerator<Buffer> {
    signal.throwIfAborted();
    const child = spawn(tool.path, args, {
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      env: { ...process.env, ...withoutCharsetModules },
    });
    const closed = once(child, "close");
    closed.catch(() => undefined);
    let reason: unknown;
    const stop = (why: unknown) => {
      reason ??= why;
      child.kill("SIGKILL");
      child.stdout.destroy();
    };
    const onAbort = () => stop(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    const watch = new StallWatch(stallMs, () => stop(stalled(about, stallMs)));
    child.stderr.on("close", () => request.onLinesEnd?.());
    listen(child, (line) => {
      watch.extend();
      if (request.onLine?.(line) !== true && !/\[(?:info|warning)\]/.test(line)) lines.add(line);
    });
    try {
      watch.start();
      for await (const chunk of child.stdout) {
        watch.pause();
        yield chunk;
        watch.start();
      }
      const [code] = await closed;
      succeeded = code === 0;
    } catch (error) {
      throw reason ?? error;
    } finally {
      watch.pause();
      signal.removeEventListener("abort", onAbort);
      child.kill("SIGKILL");
    }
    if (reason !== undefined) throw reason;
  }

  return { chunks, succeeded: () => succeeded, lastLines: () => lines.text() };
}

function listen(child: ChildProcessByStdio<null, Readable, Readable>, hear: (line: string) => void): void {
  let rest = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = (parts.pop() ?? "").slice(0, longestLine);
    for (const part of parts) hear(part);
  });
  child.stderr.on("end", () => {
    if (rest !== "") hear(rest);
  });
}

/** The whole output of a program that says little. Throws `Failure` when it ends badly or says over `limitBytes`. */
export async function collectRun(request: RunRequest, limitBytes: number): Promise<Buffer> {
  const run = startRun(request);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of run.chunks()) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes > limitBytes) throw decodeFailure(request.about, "too much output");
  }
  if (!run.succeeded()) throw decodeFailure(request.about, run.lastLines());
  return Buffer.concat(parts);
}
