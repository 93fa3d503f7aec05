import { graphemesOf } from "./graphemes.ts";

/** Text being written, by graphemes; a line break is one. `at` is where the next one goes. */
export interface Editor {
  readonly letters: readonly string[];
  readonly at: number;
}

export const emptyEditor: Editor = { letters: [], at: 0 };

export function editorOf(text: string): Editor {
  const letters = graphemesOf(text);
  return { letters, at: letters.length };
}

export function textOf({ letters }: Editor): string {
  return letters.join("");
}

/** What is inserted may join the letter before it: a modifier after its emoji is one grapheme with it. */
export function insert({ letters, at }: Editor, text: string): Editor {
  const before = graphemesOf(letters.slice(0, at).join("") + text);
  return { letters: [...before, ...letters.slice(at)], at: before.length };
}

export function eraseBefore({ letters, at }: Editor): Editor {
  return at === 0 ? { letters, at } : { letters: letters.toSpliced(at - 1, 1), at: at - 1 };
}

export function eraseAfter({ letters, at }: Editor): Editor {
  return { letters: letters.toSpliced(at, 1), at };
}

export function eraseWord(editor: Editor): Editor {
  const { at } = wordLeft(editor);
  return { letters: editor.letters.toSpliced(at, editor.at - at), at };
}

export function eraseToLineStart(editor: Editor): Editor {
  const { at } = lineStart(editor);
  return { letters: editor.letters.toSpliced(at, editor.at - at), at };
}

export function eraseToLineEnd(editor: Editor): Editor {
  const { at } = lineEnd(editor);
  return { letters: editor.letters.toSpliced(editor.at, at - editor.at), at: editor.at };
}

export function left({ letters, at }: Editor): Editor {
  return { letters, at: Math.max(0, at - 1) };
}

export function right({ letters, at }: Editor): Editor {
  return { letters, at: Math.min(letters.length, at + 1) };
}

export function wordLeft({ letters, at }: Editor): Editor {
  let to = at;
  while (to > 0 && isBlank(letters[to - 1])) to -= 1;
  while (to > 0 && !isBlank(letters[to - 1])) to -= 1;
  return { letters, at: to };
}

export function wordRight({ letters, at }: Editor): Editor {
  let to = at;
  while (to < letters.length && isBlank(letters[to])) to += 1;
  while (to < letters.length && !isBlank(letters[to])) to += 1;
  return { letters, at: to };
}

export function lineStart({ letters, at }: Editor): Editor {
  return { letters, at: at === 0 ? 0 : letters.lastIndexOf("\n", at - 1) + 1 };
}

export function lineEnd({ letters, at }: Editor): Editor {
  const end = letters.indexOf("\n", at);
  return { letters, at: end < 0 ? letters.length : end };
}

/** A line up or down, keeping the distance from the line's start; undefined where there is no such line. */
export function vertical(editor: Editor, step: -1 | 1): Editor | undefined {
  const start = lineStart(editor).at;
  const distance = editor.at - start;
  const { letters } = editor;
  const target = step < 0 ? start - 1 : lineEnd(editor).at + 1;
  if (target < 0 || target > letters.length) return undefined;
  const first = step < 0 ? lineStart({ letters, at: target }).at : target;
  return { letters, at: Math.min(first + distance, lineEnd({ letters, at: first }).at) };
}

const isBlank = (letter: string | undefined) => letter === undefined || letter.trim() === "";
