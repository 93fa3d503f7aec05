import { expect } from "vitest";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { blockRows } from "../../src/tui/block-rows.ts";
import { textOfLine } from "../../src/tui/line.ts";
import { listSessions } from "../../src/tui/sessions.ts";
import type { Block } from "../../src/tui/view.ts";
import { pause, shellGoesOn, type TerminalRun } from "./terminal.ts";

/** Sends a question and waits until its answer is whole. `shown` is how its first row begins. */
export async function ask(chat: TerminalRun, question: string, shown = question): Promise<void> {
  const before = chat.count("you  ");
  chat.write(`${question}\r`);
  await chat.shows(`you  ${shown}`);
  const end = Date.now() + 20_000;
  while (chat.count("you  ") <= before && Date.now() < end) await pause(15);
  await idle(chat);
}

/** Waits until nothing is at work: the placeholder stands alone. */
export async function idle(chat: TerminalRun): Promise<void> {
  await chat.hides("esc to stop");
  await chat.shows("Ask about your media");
}

/** Sends a command and waits for what it says. */
export async function command(chat: TerminalRun, text: string, said: string | RegExp): Promise<void> {
  chat.write(`${text}\r`);
  await chat.shows(said);
}

/** What the shell wrote before the program is there, as it was. */
export function expectShellAbove(chat: TerminalRun): void {
  expect(chat.rows().slice(0, 3)).toEqual(["shell row 1", "shell row 2", "shell row 3"]);
  expect(chat.count("shell row")).toBe(3);
}

/** The program has left: with this status, nothing of its live area behind it, and the terminal as it was. */
export async function expectLeft(chat: TerminalRun, status: number): Promise<void> {
  expect(await chat.status).toBe(status);
  expect(chat.rows().at(-1)?.trim()).toBe(shellGoesOn);
  expect(chat.strayModes()).toEqual([]);
  expect(chat.count("Ask about your media")).toBe(0);
  expect(chat.count("? help")).toBe(0);
  expectShellAbove(chat);
  expectLiveAreaWithinScreen(chat);
}

/** The program never went back over as many rows as the screen has: what is above them is the terminal's own. */
export function expectLiveAreaWithinScreen(chat: TerminalRun): void {
  for (const { redrawn, screen } of chat.tallest()) expect(redrawn).toBeLessThan(screen);
}

/** Each of these rows, or parts of rows, is there once, and they come in this order. */
export function expectOnceInOrder(rows: readonly string[], parts: readonly string[]): void {
  const places = parts.map((part) => {
    const found = rows.flatMap((row, at) => (row.includes(part) ? [at] : []));
    expect(found, `rows with "${part}" in\n${rows.join("\n")}`).toHaveLength(1);
    return found[0];
  });
  expect(places).toEqual(places.toSorted((one, other) => Number(one) - Number(other)));
}

/** Rows that stand more than once within one question and its answer, where nothing is said twice. */
export function repeatedRows(rows: readonly string[]): readonly string[] {
  const found: string[] = [];
  let seen = new Set<string>();
  for (const row of rows) {
    if (row.startsWith("you  ")) seen = new Set();
    const text = row.trim();
    if (text.length < 16 || /^[▀▄ ]+$/.test(text)) continue;
    if (seen.has(text)) found.push(text);
    seen.add(text);
  }
  return found;
}

/** What the only session of a library holds. */
export async function savedBlocks(library: string): Promise<readonly Block[]> {
  const sessions = await listSessions(library);
  expect(sessions).toHaveLength(1);
  return sessions[0]?.blocks ?? [];
}

/** Every row of every saved block stands on the screen, whole, in order, without another row within a block. */
export function expectTranscript(rows: readonly string[], blocks: readonly Block[], columns: number): void {
  const options = { columns, say: tuiEn, pictures: false, showThoughts: false, showResults: false };
  const drawn = rows.map((row) => row.trimEnd());
  let at = 0;
  expect(blocks.length).toBeGreaterThan(3);
  for (const [index, block] of blocks.entries()) {
    const own = blockRows(block, options, blocks[index - 1]).map((row) => textOfLine(row).trimEnd());
    const place = drawn.findIndex(
      (_, from) => from >= at && own.every((row, index) => drawn[from + index] === row),
    );
    expect(place, `${own.join("\n")}\nis not below row ${at} of\n${rows.join("\n")}`).toBeGreaterThanOrEqual(
      at,
    );
    at = place + own.length;
  }
}
