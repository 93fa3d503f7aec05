import type { TuiMessages } from "../messages/tui.ts";
import type { Line } from "./line.ts";
import { type Paint, paintLine } from "./paint.ts";
import { paintFor } from "./paint-for.ts";

/** Narrower, its rows might have to be cut, which takes more than this file may load. */
const narrowest = 30;

/** The prompt of an empty chat, on the terminal before anything that measures or draws text is loaded. */
export interface FirstPrompt {
  /** What was typed so far, and from then on each chunk as it comes. */
  listen(take: (chunk: string) => void): void;
  /** Takes the rows off the screen again. */
  erase(): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

let shown: FirstPrompt | undefined;

/** Draws it, or gives the one that stands there already. Needs a terminal at stdin and stdout. */
export function showFirstPrompt(env: NodeJS.ProcessEnv, say: TuiMessages): FirstPrompt {
  shown ??= open(paintFor(env), say);
  return shown;
}

/** For a start that fails: the prompt makes room for the message. */
export function endFirstPrompt(): void {
  shown?.close();
  shown = undefined;
}

/** As `liveRows` draws a chat in which nothing has happened. */
export function firstRows(say: TuiMessages): readonly Line[] {
  return [
    [
      { text: "> ", style: { colour: "cyan" } },
      { text: say.placeholder, style: { dim: true } },
    ],
    [{ text: say.help, style: { dim: true } }],
  ];
}

function open(paint: Paint, say: TuiMessages): FirstPrompt {
  const { stdin, stdout } = process;
  const kept: string[] = [];
  let take = (chunk: string) => {
    kept.push(chunk);
  };
  const hear = (chunk: string) => take(chunk);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.on("data", hear);
  const rows = stdout.columns < narrowest ? [] : firstRows(say);
  const drawn = rows.map((row) => paintLine(row, paint)).join("\r\n");
  let onScreen = rows.length > 0;
  stdout.write(`\u001b[?2004h${drawn}${onScreen ? "\u001b[1A\r\u001b[2C" : ""}`);
  const erase = () => {
    // Row by row: tmux keeps what is erased from the top of the screen down to its end in its history.
    if (onScreen) stdout.write("\r\u001b[2K\u001b[1B\u001b[2K\u001b[1A");
    onScreen = false;
  };
  return {
    listen: (next) => {
      take = next;
      for (const chunk of kept.splice(0)) next(chunk);
    },
    erase,
    close: () => {
      erase();
      stdin.off("data", hear);
      stdout.write("\u001b[?2004l");
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
