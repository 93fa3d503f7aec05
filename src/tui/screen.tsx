import { Box, render, Static, Text, useCursor, useStdout } from "ink";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { TuiMessages } from "../messages/tui.ts";
import { blockRows } from "./block-rows.ts";
import type { Store } from "./chat-state.ts";
import { liveRows } from "./live-rows.ts";
import { type Paint, paintLine } from "./paint.ts";

/** Takes over the terminal's output; the keyboard is read elsewhere. */
export function renderScreen(props: ScreenProps) {
  return render(<Screen {...props} />, { exitOnCtrlC: false, patchConsole: false, maxFps: 60 });
}

export interface ScreenProps {
  readonly store: Store;
  readonly say: TuiMessages;
  readonly paint: Paint;
}

/** Finished blocks above, handed to the terminal's own history; the live rows below, never as high as the screen. */
export function Screen({ store, say, paint }: ScreenProps) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { columns, rows } = useScreenSize();
  const { setCursorPosition } = useCursor();
  const live = liveRows(state, { columns, height: Math.max(2, rows - 2), say, now: performance.now() });
  setCursorPosition(live.cursor);
  const pictures = paint.colour !== "none";
  const options = {
    columns,
    say,
    pictures,
    showThoughts: state.showThoughts,
    showResults: state.showResults,
  };
  return (
    <>
      <Static items={state.blocks as (typeof state.blocks)[number][]}>
        {(block, index) => (
          <Rows key={index} rows={blockRows(block, options).map((row) => paintLine(row, paint))} />
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

function useScreenSize() {
  const { stdout } = useStdout();
  const read = () => ({ columns: Math.max(10, stdout.columns || 80), rows: stdout.rows || 24 });
  const [size, setSize] = useState(read);
  useEffect(() => {
    const resized = () => setSize(read());
    stdout.on("resize", resized);
    return () => {
      stdout.off("resize", resized);
    };
  });
  return size;
}
