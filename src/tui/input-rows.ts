import { plainText } from "../media/plain-text.ts";
import type { TuiMessages } from "../messages/tui.ts";
import type { ChatState } from "./chat-state.ts";
import { type Editor, editorOf } from "./editor.ts";
import { columnsOf } from "./graphemes.ts";
import { type Line, line, piece } from "./line.ts";
import { cutLine } from "./wrap.ts";

/** The text being written, at most `most` rows of it, and where the terminal's cursor stands. */
export function inputRows(state: ChatState, say: TuiMessages, columns: number, most: number) {
  const { picker } = state;
  const search = picker ? undefined : state.search;
  const editor = picker ? editorOf(plainText(picker.filter, 200)) : state.editor;
  const prompt = search === undefined ? "> " : `(${search}) `;
  const indent = columnsOf(prompt);
  const { rows, cursor } = wrapped(editor, indent, columns);
  const hint = picker ? say.typeToFilter : state.leaving ? say.quitAgain : say.placeholder;
  const empty = editor.letters.length === 0 && search === undefined;
  const first = Math.max(0, Math.min(cursor.y - most + 1, rows.length - most));
  const drawn = rows.slice(first, first + most).map((text, at): Line => {
    const mark = first + at === 0 ? piece(prompt, { colour: "cyan" }) : piece(" ".repeat(indent));
    return cutLine([mark, ...(empty ? line(hint, { dim: true }) : line(text))], columns);
  });
  return { rows: drawn, cursor: { x: cursor.x, y: cursor.y - first } };
}

/** Wrapped by hand, so that the cursor's place is known. */
function wrapped(editor: Editor, indent: number, columns: number) {
  const rows: string[] = [""];
  let cursor = { x: indent, y: 0 };
  let used = indent;
  const breakRow = () => {
    rows.push("");
    used = indent;
  };
  for (const [at, letter] of [...editor.letters, ""].entries()) {
    const width = letter === "\n" ? 0 : columnsOf(letter);
    if (used + width > columns - 1) breakRow();
    if (at === editor.at) cursor = { x: used, y: rows.length - 1 };
    if (letter === "\n") breakRow();
    else {
      rows[rows.length - 1] += letter;
      used += width;
    }
  }
  return { rows, cursor };
}
