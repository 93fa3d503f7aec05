import { spawn } from "node:child_process";
import os from "node:os";

export interface ProgramRun {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
  /** Give way to what a person does at the same time. */
  readonly inBackground?: boolean;
}

export interface ProgramEnd {
  /** Undefined: it could not be started. */
  readonly code: number | null | undefined;
  /** The last lines of its output and errors. */
  readonly tail: readonly string[];
}

const keptLines = 40;

/** Runs a program to its end. An abort ends it with all that it has started, and throws the signal's reason. */
export async function runProgram(program: string, run: ProgramRun): Promise<ProgramEnd> {
  const { args, cwd, signal, onLine, inBackground = false } = run;
  signal.throwIfAborted();
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that the compilers which a build has started end with it.
    detached: process.platform !== "win32",
    windowsHide: true,
    ...(cwd ? { cwd } : {}),
  });
  const tail: string[] = [];
  const take = (line: string) => {
    if (line.trim() === "") return;
    tail.push(line.slice(0, 500));
    if (tail.length > keptLines) tail.shift();
    onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) splitLines(stream, take);
  const stop = () => endGroup(child.pid);
  signal.addEventListener("abort", stop, { once: true });
  child.on("spawn", () => {
    if (inBackground && child.pid !== undefined) lowerPriority(child.pid);
  });
  try {
    const code = await new Promise<number | null | undefined>((resolve) => {
      child.on("error", () => resolve(undefined));
      child.on("close", (exit) => resolve(exit));
    });
    signal.throwIfAborted();
    return { code, tail };
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function splitLines(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split(/[\r\n]+/);
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
  stream.on("end", () => take(rest));
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGTERM");
  } catch {
    // It has ended already.
  }
}

function lowerPriority(pid: number): void {
  try {
    os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
  } catch {
    // A machine that does not allow it builds at the usual priority.
  }
}
