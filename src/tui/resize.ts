/** What the live area was when it was last drawn. */
export interface DrawnArea {
  /** Columns that each row takes. */
  readonly widths: readonly number[];
  /** The row of the terminal's cursor. */
  readonly cursorRow: number;
  readonly cursorColumn: number;
}

/** What a terminal does with its rows when it narrows. */
export interface Reflow {
  /** It breaks those that no longer fit; old xterm cuts them. */
  readonly reflows: boolean;
  /** Rows that break below the cursor take the cursor down with them. */
  readonly carriesCursor: boolean;
}

const xtermJsPrograms = new Set(["vscode", "Hyper", "Tabby"]);

export function reflowOf({ XTERM_VERSION, TERM_PROGRAM = "" }: NodeJS.ProcessEnv): Reflow {
  return { reflows: XTERM_VERSION === undefined, carriesCursor: xtermJsPrograms.has(TERM_PROGRAM) };
}

/**
 * What to write when the window has a new width, before Ink draws again. A terminal that narrows breaks the rows that
 * no longer fit, and one that gets lower drops rows below the cursor; Ink counts neither, and would erase too few rows
 * or rows of the history above. This erases the area from its real first row and makes as many blank rows as Ink
 * believes to be there, with the cursor where Ink believes it to be.
 */
export function eraseAfterResize(
  drawn: DrawnArea,
  columns: number,
  { reflows, carriesCursor }: Reflow,
): string {
  const { widths, cursorRow, cursorColumn } = drawn;
  const rowsOf = (width: number) => (reflows ? Math.max(1, Math.ceil(width / columns)) : 1);
  const above = widths.slice(0, cursorRow).reduce((sum, width) => sum + rowsOf(width), 0);
  const broken = widths.slice(cursorRow + 1).reduce((sum, width) => sum + rowsOf(width) - 1, 0);
  const up =
    above + (reflows ? Math.floor(cursorColumn / columns) : 0) + (reflows && carriesCursor ? broken : 0);
  return blankRows(drawn, up);
}

/** The same, after an area for an older width was written into a window that has become narrower. */
export function eraseBroken(drawn: DrawnArea, columns: number): string {
  const { widths, cursorRow } = drawn;
  const rows = widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
  // Ink went up from below the area by its own count.
  return blankRows(drawn, rows - (widths.length - cursorRow));
}

/** What is there when it was erased. */
export function blank(drawn: DrawnArea): DrawnArea {
  return { ...drawn, widths: drawn.widths.map(() => 0), cursorColumn: 0 };
}

/** @param up so many rows above the cursor the area begins */
function blankRows({ widths, cursorRow }: DrawnArea, up: number): string {
  // Ink ends its output with a line break: the row after the last one counts.
  const below = widths.length - cursorRow;
  return `\r${move(up, "A")}\u001b[J${"\n".repeat(widths.length)}${move(below, "A")}`;
}

function move(rows: number, way: "A" | "B"): string {
  return rows > 0 ? `\u001b[${rows}${way}` : "";
}

/** Ink puts these around what belongs together. */
const frameStart = "\u001b[?2026h";
const frameEnd = "\u001b[?2026l";

export interface FrameListener {
  readonly willBeWritten?: () => void;
  /** @param hasRows false where only the cursor was moved */
  readonly isWritten?: (hasRows: boolean) => void;
}

/**
 * The terminal's output as Ink shall see it. Ink's own answer to a new size is left out, since it erases rows by its
 * count. Its way back down from the cursor becomes line breaks: a terminal that got lower has dropped the rows below
 * the cursor, there a movement stops at the edge and what is erased next is the history. And it is told of no height:
 * where an area is as high as the screen has become, Ink would clear the screen with the whole history.
 *
 * A frame is handed on in one piece, so that a window that changes has the least chance to do so in its middle.
 *
 * @param fill puts in what Ink would not let through
 */
export function outputForInk(
  stdout: NodeJS.WriteStream,
  fill: (output: string) => string = (output) => output,
  frame: FrameListener = {},
): NodeJS.WriteStream {
  const held: string[] = [];
  const write = (data: string | Uint8Array) => {
    if (typeof data !== "string") return stdout.write(data);
    if (held.length === 0 && data !== frameStart) return stdout.write(fill(downByBreaks(data)));
    held.push(data);
    if (data !== frameEnd) return true;
    const whole = held.splice(0);
    frame.willBeWritten?.();
    const taken = stdout.write(fill(downByBreaks(whole.join(""))));
    frame.isWritten?.(whole.some((part) => part.includes("\n")));
    return taken;
  };
  const ignored = () => inner;
  const inner = Object.create(stdout, {
    write: { value: write },
    rows: { value: Number.POSITIVE_INFINITY },
    on: { value: ignored },
    off: { value: ignored },
  }) as NodeJS.WriteStream;
  return inner;
}

function downByBreaks(data: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: movements are control sequences
  return data.replace(/\u001b\[(\d*)B/g, (_, rows: string) => "\n".repeat(Number(rows || 1)));
}
