import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

/** A program on a terminal of its own, with everything that it drew. */
export interface TerminalRun {
  write(keys: string): void;
  resize(columns: number, rows: number): Promise<void>;
  /** Every row, scrollback first; blank rows at the end are left out. */
  rows(): readonly string[];
  /** Waits until the rows hold the text; fails with what is there instead. */
  shows(text: string): Promise<void>;
  /** No row of this program or the shell before it was pushed off or drawn twice while `text` is on it. */
  count(text: string): number;
  readonly status: Promise<number>;
  end(): void;
}

/** Starts `file` after a shell has written some rows, as a person's terminal would have them. */
export function runInTerminal(
  args: readonly string[],
  { columns, rows, env }: { columns: number; rows: number; env: Readonly<Record<string, string>> },
): TerminalRun {
  const screen = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  const shell = 'for i in 1 2 3; do echo "shell row $i"; done; exec "$@"';
  const program = spawn("/bin/sh", ["-c", shell, "sh", process.execPath, ...args], {
    cols: columns,
    rows,
    env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent", TERM: "xterm-256color", ...env },
  });
  program.onData((data) => screen.write(data));
  screen.onData((reply) => program.write(reply));
  const status = new Promise<number>((resolve) => program.onExit(({ exitCode }) => resolve(exitCode)));
  const written = () => {
    const { active } = screen.buffer;
    const all = Array.from(
      { length: active.length },
      (_, at) => active.getLine(at)?.translateToString(true) ?? "",
    );
    return all.slice(0, all.findLastIndex((row) => row !== "") + 1);
  };
  return {
    write: (keys) => program.write(keys),
    resize: async (cols, height) => {
      screen.resize(cols, height);
      program.resize(cols, height);
      await pause(150);
    },
    rows: written,
    shows: async (text) => {
      const until = Date.now() + 15_000;
      while (!written().join("\n").includes(text)) {
        if (Date.now() > until) throw new Error(`"${text}" is not on the screen:\n${written().join("\n")}`);
        await pause(20);
      }
    },
    count: (text) => written().filter((row) => row.includes(text)).length,
    status,
    end: () => program.kill(),
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
