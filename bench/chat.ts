import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type IPty, spawn } from "@lydell/node-pty";
import { elapsedMs, median, pairedRatio } from "./measure.ts";

const program = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const keys = 30;

/** A bare `sightline` to its prompt against an empty Node start on the same kind of terminal, and a key to its paint. */
export async function run(): Promise<string> {
  const library = await mkdtemp(path.join(tmpdir(), "sightline-bench-"));
  try {
    const { subjectMs, limitMs, ratio } = await pairedRatio(
      async () => end(await prompt(library)),
      async () => {
        await ended(open(["-e", "0"]));
      },
      7,
    );
    const typed = await firstLetter(library);
    const paint = await keystroke(library);
    return [
      `start to prompt ${subjectMs.toFixed(0)} ms, empty Node start ${limitMs.toFixed(0)} ms: ${ratio.toFixed(2)}× (limit 2×)`,
      `start to the first letter on the screen, typed as soon as the prompt stands: ${typed.toFixed(0)} ms`,
      `keystroke to paint ${paint.toFixed(1)} ms, median of ${keys} (limit 16 ms)`,
    ].join("\n");
  } finally {
    await rm(library, { recursive: true, force: true });
  }
}

function open(args: readonly string[]): IPty {
  const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", LANG: "C", TERM: "xterm-256color" };
  return spawn(process.execPath, [...args], { cols: 80, rows: 24, env });
}

async function prompt(library: string): Promise<IPty> {
  const terminal = open([program, "--library", library]);
  await shows(terminal, "> ");
  return terminal;
}

async function firstLetter(library: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const start = performance.now();
    const terminal = await prompt(library);
    const letter = shows(terminal, "q");
    terminal.write("q");
    await letter;
    times.push(performance.now() - start);
    await end(terminal);
  }
  return median(times);
}

async function keystroke(library: string): Promise<number> {
  const terminal = await prompt(library);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const times: number[] = [];
  for (let at = 0; at < keys; at += 1) {
    const letter = String.fromCharCode(97 + (at % 26));
    const shown = shows(terminal, letter);
    times.push(
      await elapsedMs(async () => {
        terminal.write(letter);
        await shown;
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await end(terminal);
  return median(times);
}

function shows(terminal: IPty, text: string): Promise<void> {
  return new Promise((resolve) => {
    const listening = terminal.onData((data) => {
      if (!data.includes(text)) return;
      listening.dispose();
      resolve();
    });
  });
}

async function end(terminal: IPty): Promise<void> {
  const over = ended(terminal);
  terminal.kill();
  await over;
}

function ended(terminal: IPty): Promise<void> {
  return new Promise((resolve) => {
    terminal.onExit(() => resolve());
  });
}
