import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import type { Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { createLogTail, type LogTail } from "./log-tail.ts";
import { supervisorProgram } from "./supervisor.ts";

/** A llama-server under its supervisor. */
export interface ServerChild {
  readonly log: LogTail;
  /** Of the server itself; undefined until it has started. */
  pid(): number | undefined;
  /** What ended it ("SIGKILL", "1", "ENOENT"); undefined while it runs. */
  ended(): string | undefined;
  /** True when it has ended, or does within `ms`. */
  endsWithin(ms: number): Promise<boolean>;
  /** Stops it and waits for its end. */
  stop(): Promise<void>;
}

type Supervisor = ChildProcessByStdio<Writable, Readable, Readable>;

export function startChild(binary: string, args: readonly string[], key: string): ServerChild {
  const supervisor: Supervisor = spawn(
    process.execPath,
    ["--max-old-space-size=32", "--input-type=commonjs", "--eval", supervisorProgram, "--", binary, ...args],
    // A session of its own: Ctrl-C in the terminal stops a turn, not the model.
    { stdio: ["pipe", "pipe", "pipe"], detached: true, windowsHide: true, env: childEnvironment(key) },
  );
  const log = createLogTail();
  let pid: number | undefined;
  let ended: string | undefined;
  supervisor.stderr.setEncoding("utf8").on("data", (text: string) => log.push(text));
  supervisor.stdin.on("error", () => {});
  supervisor.stdout.setEncoding("utf8").on("data", (text: string) => {
    pid ??= numberAfter(text, "pid ");
    ended ??= /^(?:exit|error) (\S+)/m.exec(text)?.[1];
  });
  const closed = once(supervisor, "close").then(
    () => {
      ended ??= supervisor.signalCode ?? String(supervisor.exitCode ?? "unknown");
      // A supervisor that was itself killed cannot stop its server.
      if (pid !== undefined && supervisor.signalCode !== null) kill(pid);
    },
    (error: NodeJS.ErrnoException) => {
      ended ??= error.code ?? "unknown";
    },
  );
  // Neither the process nor its pipes keep us from ending: their end is what stops the server.
  supervisor.unref();
  for (const pipe of [supervisor.stdin, supervisor.stdout, supervisor.stderr]) unref(pipe);
  return {
    log,
    pid: () => pid,
    ended: () => ended,
    endsWithin: async (ms) => {
      if (ended === undefined) await within(closed, ms);
      return ended !== undefined;
    },
    stop: async () => {
      supervisor.ref();
      supervisor.stdin.end();
      if (await within(closed, 5000)) return;
      supervisor.kill("SIGKILL");
      await closed;
    },
  };
}

/** Whether it settles within `ms`. Leaves no timer behind, which would keep the program from ending. */
async function within(settles: Promise<void>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = wait(ms, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([settles.then(() => true), late]);
  } finally {
    timer.abort();
  }
}

/** The key goes by the environment: arguments are there for every user of the machine to see. */
function childEnvironment(key: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:LLAMA_ARG_|LLAMA_API_KEY$|NODE_OPTIONS$|SIGHTLINE_SERVER_KEY$)/.test(name),
  );
  // Not as an argument: an older llama-server would refuse to start with one that it does not know.
  return { ...Object.fromEntries(own), LLAMA_API_KEY: key, LLAMA_ARG_CACHE_RAM: String(promptCacheMib()) };
}

/** Prompts that were read are kept aside, so that a look in between does not cost the conversation's; not without end. */
function promptCacheMib(): number {
  return Math.min(8192, Math.floor(os.totalmem() / 2 ** 20 / 8));
}

function numberAfter(text: string, word: string): number | undefined {
  const found = new RegExp(`^${word}(\\d+)$`, "m").exec(text);
  return found ? Number(found[1]) : undefined;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

function unref(stream: Readable | Writable): void {
  if ("unref" in stream && typeof stream.unref === "function") stream.unref();
}
