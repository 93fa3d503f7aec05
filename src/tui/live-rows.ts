import { plainLines, plainText } from "../media/plain-text.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { toolTitle } from "./block-rows.ts";
import type { ChatState, Task } from "./chat-state.ts";
import { columnsOf } from "./graphemes.ts";
import { indexingText } from "./indexing-text.ts";
import { inputRows } from "./input-rows.ts";
import { type Line, line, piece, textOfLine } from "./line.ts";
import { markdownRows } from "./markdown.ts";
import { pickerRows } from "./session-picker.ts";
import { statusRow } from "./status-row.ts";
import type { RunView, ToolCard } from "./view.ts";
import { cutLine, wrapLine } from "./wrap.ts";

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
  const status = [statusRow(factsOf(state, say, columns), say, columns)];
  const { picker } = state;
  const popup = (picker ? pickerRows(picker, say, columns, height - 3) : popupRows(state, columns)).slice(
    0,
    Math.max(0, height < 6 ? height - 2 : height - 4),
  );
  const input = inputRows(state, say, columns, Math.max(1, Math.min(10, height - popup.length - 2)));
  const room = Math.max(0, height - input.rows.length - popup.length - status.length);
  const work = workRows(state, say, columns, now).slice(-room);
  const above = room === 0 ? [] : work;
  const rows = [...above, ...input.rows, ...popup, ...status].slice(-height);
  return { rows, cursor: { x: input.cursor.x, y: above.length + input.cursor.y } };
}

function factsOf(state: ChatState, say: TuiMessages, columns: number) {
  const { usage, model } = state;
  const contextUsed =
    usage && model && usage.promptTokens > 0 ? usage.promptTokens / model.contextTokens : undefined;
  return {
    model: model?.name,
    thinking: state.thinking,
    tokensPerSecond: usage?.tokensPerSecond ?? 0,
    contextUsed,
    index: state.indexing ? indexingText(state.indexing, say, columns) : state.index,
    waiting: state.queue.length,
  };
}

function workRows(state: ChatState, say: TuiMessages, columns: number, now: number): Line[] {
  const spin = spinner[state.tick % spinner.length] ?? "";
  const row = (text: string) => cutLine([piece(`${spin} `, { colour: "cyan" }), piece(text, dim)], columns);
  const told = ({ what, since, isStopping }: Task) => {
    const rest = ["", ...lasting(now - since), isStopping ? say.stopping : say.escToStop].join(" · ");
    const room = Math.max(8, columns - 2 - columnsOf(rest));
    return row(textOfLine(cutLine(line(what), room)) + rest);
  };
  return [
    ...(state.takingUp ? [row(say.takingUp)] : []),
    ...state.tasks.map(told),
    ...(state.run ? runRows(state, state.run, say, columns, now) : []),
  ];
}

/** What takes a moment only needs no count. */
function lasting(ms: number): readonly string[] {
  const seconds = Math.floor(ms / 1000);
  return seconds >= 2 ? [`${seconds} s`] : [];
}

function runRows(state: ChatState, run: RunView, say: TuiMessages, columns: number, now: number): Line[] {
  const spin = spinner[state.tick % spinner.length] ?? "";
  const said = run.live.trim() === "" ? [] : markdownRows(run.live, columns - 2);
  const tools = run.tools.map((card) => toolRow(card, spin, columns, now));
  const doing = [
    state.stopping
      ? say.stopping
      : run.citations.length > 0
        ? say.checking
        : run.thought
          ? say.thinking
          : say.working,
    ...lasting(now - run.turnSince),
    ...(state.stopping ? [] : [say.escToStop]),
  ].join(" · ");
  // The end of what is being thought, where thoughts are shown.
  const thought = state.showThoughts ? thoughtRows(run.thought, columns) : [];
  return [
    ...thought,
    ...said.map((row): Line => cutLine([piece("  "), ...row], columns)),
    ...tools,
    cutLine([piece(`${spin} `, { colour: "cyan" }), piece(doing, dim)], columns),
  ];
}

const thoughtRowsShown = 4;

function thoughtRows(thought: string, columns: number): Line[] {
  if (thought.trim() === "") return [];
  return plainLines(thought.slice(-columns * thoughtRowsShown))
    .split("\n")
    .flatMap((row) => wrapLine(line(row, dim), columns - 2))
    .slice(-thoughtRowsShown)
    .map((row): Line => [piece("  "), ...row]);
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

const gapAfter = (label: string, widest: number) => " ".repeat(Math.max(2, widest - columnsOf(label) + 2));

function popupRows({ popup }: ChatState, columns: number): Line[] {
  if (!popup) return [];
  const first = Math.max(0, Math.min(popup.chosen - 3, popup.suggestions.length - 6));
  const { preview } = popup.suggestions[popup.chosen] ?? {};
  const shown = popup.suggestions.slice(first, first + 6);
  const widest = Math.min(24, Math.max(...shown.map(({ label }) => columnsOf(label))));
  const rows = shown.map((one, at): Line => {
    const chosen = first + at === popup.chosen;
    const style = chosen ? ({ inverse: true } as const) : undefined;
    return cutLine(
      [
        piece(chosen ? "› " : "  "),
        piece(plainText(one.label, 60), style),
        piece(`${gapAfter(one.label, widest)}${one.detail}`, dim),
      ],
      columns,
    );
  });
  return preview === undefined ? rows : [...rows, cutLine([piece(`  ${preview}`, dim)], columns)];
}
