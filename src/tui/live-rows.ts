import { plainText } from "../media/plain-text.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { toolTitle } from "./block-rows.ts";
import type { ChatState } from "./chat-state.ts";
import { columnsOf } from "./graphemes.ts";
import { type Line, line, piece } from "./line.ts";
import { markdownRows } from "./markdown.ts";
import { statusRow } from "./status-row.ts";
import type { RunView, ToolCard } from "./view.ts";
import { cutLine } from "./wrap.ts";

const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const dim = { dim: true } as const;

export interface LiveRows {
  readonly rows: readonly Line[];
  readonly cursor: { readonly x: number; readonly y: number };
}

/** The part of the screen that changes: at most `height` rows, each at most `columns` wide. */
export function liveRows(
  state: ChatState,
  { columns, height, say, now }: { columns: number; height: number; say: TuiMessages; now: number },
): LiveRows {
  const status = [statusRow(factsOf(state), say, columns)];
  const popup = popupRows(state, columns).slice(0, Math.max(0, height - 4));
  const input = inputRows(state, say, columns, Math.max(1, Math.min(10, height - popup.length - 2)));
  const room = Math.max(0, height - input.rows.length - popup.length - status.length);
  const work = state.run ? workRows(state, state.run, say, columns, now).slice(-room) : [];
  const above = room === 0 ? [] : work;
  const rows = [...above, ...input.rows, ...popup, ...status].slice(-height);
  return { rows, cursor: { x: input.cursor.x, y: above.length + input.cursor.y } };
}

function factsOf(state: ChatState) {
  const { run, model } = state;
  const contextUsed =
    run && model && run.promptTokens > 0 ? run.promptTokens / model.contextTokens : undefined;
  return {
    model: model?.name,
    thinking: state.thinking,
    tokensPerSecond: run?.tokensPerSecond ?? 0,
    contextUsed,
    index: state.index,
    waiting: state.queue.length,
  };
}

function workRows(state: ChatState, run: RunView, say: TuiMessages, columns: number, now: number): Line[] {
  const spin = spinner[state.tick % spinner.length] ?? "";
  const text = run.text.slice(run.committed);
  const said = text.trim() === "" ? [] : markdownRows(text, columns - 2);
  const tools = run.tools.map((card) => toolRow(card, spin, columns, now));
  const doing = [
    state.stopping
      ? say.stopping
      : run.citations.length > 0
        ? say.checking
        : run.thought
          ? say.thinking
          : say.working,
    ...(state.stopping ? [] : [say.escToStop]),
  ].join(" · ");
  return [
    ...said.map((row): Line => cutLine([piece("  "), ...row], columns)),
    ...tools,
    cutLine([piece(`${spin} `, { colour: "cyan" }), piece(doing, dim)], columns),
  ];
}

function toolRow(card: ToolCard, spin: string, columns: number, now: number): Line {
  const { progress } = card;
  const count = progress?.total === undefined ? "" : ` ${progress.done ?? 0}/${progress.total}`;
  const message = progress ? ` · ${plainText(progress.message, 80)}` : "";
  const seconds = ` · ${Math.max(0, Math.round((now - card.startedAt) / 1000))} s`;
  return cutLine(
    [piece(`${spin} `, { colour: "cyan" }), ...toolTitle(card), piece(count + message + seconds, dim)],
    columns,
  );
}

function popupRows({ popup }: ChatState, columns: number): Line[] {
  if (!popup) return [];
  const first = Math.max(0, Math.min(popup.chosen - 3, popup.suggestions.length - 6));
  return popup.suggestions.slice(first, first + 6).map((one, at): Line => {
    const chosen = first + at === popup.chosen;
    const style = chosen ? ({ inverse: true } as const) : undefined;
    return cutLine(
      [piece(chosen ? "› " : "  "), piece(plainText(one.label, 60), style), piece(`  ${one.detail}`, dim)],
      columns,
    );
  });
}

/** The text being written, wrapped by hand so that the cursor's place is known. */
function inputRows(state: ChatState, say: TuiMessages, columns: number, most: number) {
  const { editor, search } = state;
  const prompt = search === undefined ? "> " : `(${search}) `;
  const indent = columnsOf(prompt);
  const rows: string[] = [""];
  let cursor = { x: indent, y: 0 };
  let used = indent;
  for (const [at, letter] of [...editor.letters, ""].entries()) {
    const width = letter === "\n" ? 0 : columnsOf(letter);
    if (used + width > columns - 1) {
      rows.push("");
      used = indent;
    }
    if (at === editor.at) cursor = { x: used, y: rows.length - 1 };
    if (letter === "\n") {
      rows.push("");
      used = indent;
    } else {
      rows[rows.length - 1] += letter;
      used += width;
    }
  }
  const hint = state.leaving ? say.quitAgain : say.placeholder;
  const first = Math.max(0, Math.min(cursor.y - most + 1, rows.length - most));
  const drawn = rows.slice(first, first + most).map((text, at): Line => {
    const mark = first + at === 0 ? piece(prompt, { colour: "cyan" }) : piece(" ".repeat(indent));
    const empty = editor.letters.length === 0 && search === undefined;
    return cutLine([mark, ...(empty ? line(hint, dim) : line(text))], columns);
  });
  return { rows: drawn, cursor: { x: cursor.x, y: cursor.y - first } };
}
