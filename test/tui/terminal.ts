import { closeSync, constants, openSync, readFileSync, writeSync } from "node:fs";
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

/** A program on a terminal of its own, with everything that it drew. */
export interface TerminalRun {
  write(keys: string): void;
  /**
   * The program is stopped, and all that it has written is drawn, before the window changes: rows that are still under
   * way to a terminal that narrows are broken by it, and no program that draws in place can know of them.
   */
  resize(columns: number, rows: number): Promise<void>;
  /** Every row, scrollback first; blank rows at the end are left out. */
  rows(): readonly string[];
  /** Waits until the rows hold the text, or match it; fails with what is there instead. */
  shows(text: string | RegExp): Promise<void>;
  /** Waits until the rows no longer hold the text, and not only while they are drawn anew. */
  hides(text: string): Promise<void>;
  /** How many rows hold the text. */
  count(text: string): number;
  /** The row that the cursor is in and the column before which it stands, as a person sees them. */
  cursor(): { readonly row: string; readonly column: number };
  /** The most rows that the program went back over to draw them again, and the rows of the screen. */
  tallest(): readonly { readonly redrawn: number; readonly screen: number }[];
  /** Everything that the program wrote, as it wrote it. */
  output(): string;
  /** Which modes of the terminal are other than the shell left them. */
  strayModes(): readonly string[];
  /** The process on the terminal, without the shell that started it. */
  programId(): number;
  /** Closes the terminal, as a person closes its window. */
  end(): void;
  readonly status: Promise<number>;
}

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * What the shell writes before the program starts, and, with the line discipline that it finds, after it. It stays
 * until its last words have been heard: a terminal that closes while the machine is busy may take them with it.
 */
const shell = `trap : INT
for i in 1 2 3; do echo "shell row $i"; done
"$@"
status=$?
echo "shell goes on: $(stty -a | grep -Eo -- '-?\\b(icanon|echo|isig)\\b' | tr '\\n' ' ')"
printf '\\033]status %s\\007' "$status"
stty -echo
read -r heard
exit $status`;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the terminal draws nothing of it
const lastWords = /\u001b\]status (\d+)\u0007/;

/** The row after a program that left the terminal as it was. */
export const shellGoesOn = "shell goes on: isig icanon echo";

/** Runs Node after a shell has written some rows, as a person's terminal would have them. */
export function runInTerminal(args: readonly string[], { columns, rows, env }: TerminalOptions): TerminalRun {
  const screen = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  const program = spawn("/bin/sh", ["-c", shell, "sh", process.execPath, ...args], {
    cols: columns,
    rows,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: "/nonexistent",
      TERM: "xterm-256color",
      TERM_PROGRAM: "vscode",
      ...env,
    },
  });
  /** What was written at each height of the screen. */
  const drawn = [{ screen: rows, text: "" }];
  let awaited: { readonly mark: string; readonly come: () => void; before: string } | undefined;
  let leave: (status: number) => void = () => {};
  const status = new Promise<number>((resolve) => {
    leave = resolve;
  });
  const draw = (data: string) => {
    screen.write(data);
    drawn.at(-1)!.text += data;
    const [, code] = lastWords.exec(drawn.at(-1)!.text.slice(-data.length - 64)) ?? [];
    if (code === undefined) return;
    program.write("\n");
    screen.write("", () => leave(Number(code)));
  };
  program.onData((data) => {
    if (!awaited) return draw(data);
    awaited.before += data;
    const [before = "", after] = awaited.before.split(awaited.mark);
    if (after === undefined) return;
    const { come } = awaited;
    awaited = undefined;
    draw(before + after);
    screen.write("", come);
  });
  screen.onData((reply) => program.write(reply));
  program.onExit(({ exitCode }) => screen.write("", () => leave(exitCode)));
  const written = () => {
    const { active } = screen.buffer;
    const all = Array.from(
      { length: active.length },
      (_, at) => active.getLine(at)?.translateToString(true) ?? "",
    );
    return all.slice(0, all.findLastIndex((row) => row !== "") + 1);
  };
  const until = async (over: () => boolean, what: string) => {
    const end = Date.now() + 30_000;
    while (!over()) {
      if (Date.now() > end) throw new Error(`${what}:\n${written().join("\n")}`);
      await pause(15);
    }
  };
  const programId = () =>
    Number(readFileSync(`/proc/${program.pid}/task/${program.pid}/children`, "utf8").trim());
  /** Until all that the stopped program wrote has come here and is drawn: a mark after it has come. */
  const quiet = async () => {
    const mark = `\u001b]mark ${drawn.length}\u0007`;
    const come = new Promise<void>((resolve) => {
      awaited = { mark, come: resolve, before: "" };
    });
    const terminal = openSync(`/proc/${programId()}/fd/1`, constants.O_WRONLY | constants.O_NOCTTY);
    writeSync(terminal, mark);
    closeSync(terminal);
    await come;
  };
  const output = () =>
    drawn
      .map(({ text }) => text)
      .join("")
      .replace(lastWords, "");
  return {
    write: (keys) => program.write(keys),
    resize: async (cols, height) => {
      await halted(programId());
      await quiet();
      drawn.push({ screen: height, text: "" });
      screen.resize(cols, height);
      program.resize(cols, height);
      process.kill(programId(), "SIGCONT");
      await pause(120);
    },
    rows: written,
    shows: (text) =>
      until(() => {
        const all = written().join("\n");
        return typeof text === "string" ? all.includes(text) : text.test(all);
      }, `${text} is not on the screen`),
    hides: (text) => {
      let looks = 0;
      const gone = () => {
        looks = written().join("\n").includes(text) ? 0 : looks + 1;
        return looks > 4;
      };
      return until(gone, `${text} is still on the screen`);
    },
    count: (text) => written().filter((row) => row.includes(text)).length,
    cursor: () => {
      const { active } = screen.buffer;
      const row = active.getLine(active.baseY + active.cursorY)?.translateToString(true) ?? "";
      return { row, column: active.cursorX };
    },
    tallest: () => drawn.map(({ screen, text }) => ({ screen, redrawn: mostErased(text) })),
    output,
    end: () => program.kill(),
    strayModes: () => {
      const { modes } = screen;
      const found = {
        "bracketed paste": modes.bracketedPasteMode,
        "application cursor keys": modes.applicationCursorKeysMode,
        "application keypad": modes.applicationKeypadMode,
        "focus reports": modes.sendFocusMode,
        insert: modes.insertMode,
        origin: modes.originMode,
        mouse: modes.mouseTrackingMode !== "none",
        "no wraparound": !modes.wraparoundMode,
        "another screen": screen.buffer.active.type !== "normal",
        "hidden cursor": output().lastIndexOf("\u001b[?25l") > output().lastIndexOf("\u001b[?25h"),
      };
      return Object.entries(found).flatMap(([name, on]) => (on ? [name] : []));
    },
    programId,
    status,
  };
}

/** Ink erases a row and goes one up, as often as its live area has rows. */
function mostErased(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the movements themselves
  const runs = text.match(/(?:\u001b\[2K\u001b\[1A)+/g) ?? [];
  return Math.max(0, ...runs.map((run) => run.length / "\u001b[2K\u001b[1A".length)) + 1;
}

/** Stops a process where it is; it goes on with SIGCONT. */
async function halted(id: number): Promise<void> {
  process.kill(id, "SIGSTOP");
  while (!/^State:\s*T/m.test(readFileSync(`/proc/${id}/status`, "utf8"))) await pause(1);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
