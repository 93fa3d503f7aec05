import * as edit from "./editor.ts";

const moves: Readonly<Record<string, (editor: edit.Editor) => edit.Editor>> = {
  left: edit.left,
  right: edit.right,
  home: edit.lineStart,
  end: edit.lineEnd,
  "word-left": edit.wordLeft,
  "word-right": edit.wordRight,
  backspace: edit.eraseBefore,
  delete: edit.eraseAfter,
  "erase-word": edit.eraseWord,
  "erase-to-start": edit.eraseToLineStart,
  "erase-to-end": edit.eraseToLineEnd,
  newline: (editor) => edit.insert(editor, "\n"),
};

/** What a key that only moves or erases makes of the text; undefined for other keys. */
export function editKey(editor: edit.Editor, name: string): edit.Editor | undefined {
  return moves[name]?.(editor);
}
