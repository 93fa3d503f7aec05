import { Box, render, Static, Text, useCursor, useStdout } from "ink";
import { useMemo, useSyncExternalStore } from "react";
import type { TuiMessages } from "../messages/tui.ts";
import { type AddressOf, blockRows } from "./block-rows.ts";
import type { Store } from "./chat-state.ts";
import { columnsOfLine } from "./line.ts";
import { liveRows } from "./live-rows.ts";
import { type Paint, paintLine } from "./paint.ts";
import { type DrawnArea, eraseAfterResize, outputForInk, reflowOf } from "./resize.ts";
import type { TerminalPictures } from "./terminal-pictures.ts";

const redrawMs = 30;
/**
 * Rows of the live area at most, and its share of the screen: what a lower window, or rows that each break in two in
 * a narrower one, would push out of the screen could not be taken back.
 */
const mostLive = 12;
const liveShare = 1 / 2;

/** Takes over the terminal's output; the keyboard is read elsewhere. */
export function renderScreen(props: ScreenProps) {
  const { stdout } = process;
  const drawing: Drawing = { drawn: undefined, latest: undefined, redraw: undefined };
  const instance = render(<Screen {...props} drawing={drawing} />, {
    stdout: outputForInk(stdout, props.pictures?.fill),
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 60,
    onRender: () => {
      drawing.drawn = drawing.latest;
    },
  });
  let pending: NodeJS.Timeout | undefined;
  const resized = () => {
    const { drawn } = drawing;
    const known = pending && drawn ? { ...drawn, widths: drawn.widths.map(() => 0) } : drawn;
    if (known) stdout.write(eraseAfterResize(known, stdout.columns, reflowOf(process.env)));
    props.store.change({ tick: props.store.get().tick + 1 });
    clearTimeout(pending);
    pending = setTimeout(() => {
      pending = undefined;
      drawing.redraw?.();
    }, redrawMs);
  };
  stdout.on("resize", resized);
  return {
    unmount: () => {
      clearTimeout(pending);
      stdout.off("resize", resized);
      // The shell's next row stands where the prompt was.
      instance.rerender(null);
      instance.unmount();
    },
  };
}

interface Drawing {
  drawn: DrawnArea | undefined;
  latest: DrawnArea | undefined;
  /** Draws the live area once more, even if nothing in it has changed. */
  redraw: (() => void) | undefined;
}

export interface ScreenProps {
  readonly store: Store;
  readonly say: TuiMessages;
  readonly paint: Paint;
  readonly drawing?: Drawing;
  readonly addressOf?: AddressOf;
  readonly pictures?: TerminalPictures;
}

/** Finished blocks above, handed to the terminal's own history; the live rows below, never as high as the screen. */
export function Screen({ store, say, paint, drawing, addressOf, pictures }: ScreenProps) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { stdout, write } = useStdout();
  const columns = Math.max(10, stdout.columns || 80);
  // Ink is not told of the height: see `outputForInk`.
  const rows = (drawing ? process.stdout : stdout).rows || 24;
  const height = Math.min(mostLive, Math.max(4, Math.floor(rows * liveShare)), Math.max(2, rows - 2));
  const { setCursorPosition } = useCursor();
  const live = liveRows(state, { columns, height, say, now: performance.now() });
  setCursorPosition(live.cursor);
  if (drawing) {
    const { x, y } = live.cursor;
    drawing.latest = { widths: live.rows.map(columnsOfLine), cursorRow: y, cursorColumn: x };
    drawing.redraw = () => write("");
  }
  const protocol = pictures?.protocol() ?? "blocks";
  const ofColours = protocol === "blocks" || protocol === "kitty";
  const options = {
    columns,
    say,
    pictures: protocol !== "none" && (paint.colour !== "none" || !ofColours),
    ...(pictures ? { placePicture: pictures.place } : {}),
    showThoughts: state.showThoughts,
    showResults: state.showResults,
    ...(addressOf ? { addressOf } : {}),
  };
  return (
    <>
      <Static items={state.blocks as (typeof state.blocks)[number][]}>
        {(block, index) => (
          <Rows
            key={index}
            rows={blockRows(block, options, state.blocks[index - 1]).map((row) => paintLine(row, paint))}
          />
        )}
      </Static>
      <Rows rows={live.rows.map((row) => paintLine(row, paint))} />
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly string[] }) {
  const text = useMemo(() => rows.map((row) => (row === "" ? " " : row)).join("\n"), [rows]);
  if (rows.length === 0) return null;
  return (
    <Box>
      <Text wrap="truncate">{text}</Text>
    </Box>
  );
}
