import { Box, render, Static, Text, useCursor, useStdout } from "ink";
import { useMemo, useSyncExternalStore } from "react";
import type { TuiMessages } from "../messages/tui.ts";
import { type AddressOf, blockRows } from "./block-rows.ts";
import type { Store } from "./chat-state.ts";
import { columnsOfLine } from "./line.ts";
import { liveRows } from "./live-rows.ts";
import { type Paint, paintLine } from "./paint.ts";
import {
  blank,
  type DrawnArea,
  eraseAfterResize,
  eraseBroken,
  type FrameListener,
  outputForInk,
  reflowOf,
} from "./resize.ts";
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
  const drawing: Drawing = { drawn: undefined, rendered: undefined, latest: undefined, redraw: undefined };
  /** The window was found to have another size when a frame for the old one was about to be written. */
  let isLate = false;
  let isWriting = false;
  let pending: NodeJS.Timeout | undefined;
  const drawAnew = () => {
    props.store.change({ tick: props.store.get().tick + 1 });
    clearTimeout(pending);
    pending = setTimeout(() => drawing.redraw?.(), redrawMs);
  };
  const resized = () => {
    const { drawn } = drawing;
    if (drawn) {
      stdout.write(eraseAfterResize(drawn, stdout.columns, reflowOf(process.env)));
      drawing.drawn = blank(drawn);
    }
    if (isWriting) isLate = true;
    else drawAnew();
  };
  const frame: FrameListener = {
    willBeWritten: () => {
      isWriting = true;
      lookAtSize(stdout);
    },
    isWritten: (hasRows) => {
      isWriting = false;
      const { rendered } = drawing;
      if (hasRows) drawing.drawn = rendered;
      const isOld = hasRows && rendered !== undefined && rendered.columns !== stdout.columns;
      if (!isLate && !isOld) return;
      isLate = false;
      if (isOld) {
        stdout.write(eraseBroken(rendered, stdout.columns));
        drawing.drawn = blank(rendered);
      }
      // Not here: Ink is in the middle of its own work.
      queueMicrotask(drawAnew);
    },
  };
  const instance = render(<Screen {...props} drawing={drawing} />, {
    stdout: outputForInk(stdout, props.pictures?.fill, frame),
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 60,
    onRender: () => {
      drawing.rendered = drawing.latest;
    },
  });
  stdout.on("resize", resized);
  return {
    unmount: () => {
      clearTimeout(pending);
      stdout.off("resize", resized);
      drawing.latest = undefined;
      // The shell's next row stands where the prompt was.
      instance.rerender(null);
      instance.unmount();
    },
  };
}

/**
 * Node hears of a new size by a signal, which comes after what it is just doing; the terminal itself knows at once.
 * Emits `resize` where it has changed.
 */
function lookAtSize(stdout: NodeJS.WriteStream & { _refreshSize?: () => void }): void {
  stdout._refreshSize?.();
}

interface Frame extends DrawnArea {
  /** Of the window that it was made for. */
  readonly columns: number;
}

interface Drawing {
  /** What stands on the screen. */
  drawn: DrawnArea | undefined;
  /** What Ink writes next. */
  rendered: Frame | undefined;
  latest: Frame | undefined;
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
    const widths = live.rows.map(columnsOfLine);
    drawing.latest = { widths, cursorRow: y, cursorColumn: x, columns: stdout.columns };
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
