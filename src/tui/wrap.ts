import { columnsOf, graphemesOf } from "./graphemes.ts";
import { columnsOfLine, type Line, type Piece } from "./line.ts";

/** Words with the spaces after them; Chinese, Japanese and wide characters may be parted anywhere. */
const words = /[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/gu;

/**
 * Breaks a paragraph into rows of at most `columns`, between words where it can. `first` and `rest` are put before
 * the first and the other rows.
 */
export function wrapLine(pieces: Line, columns: number, first: Line = [], rest: Line = first): Line[] {
  const rows: Piece[][] = [[...first]];
  let used = columnsOfLine(first);
  const indent = columnsOfLine(rest);
  const room = Math.max(columns, indent + 2, used + 2);
  const breakRow = () => {
    rows.push([...rest]);
    used = indent;
  };
  const put = (one: Piece, width: number) => {
    const row = rows.at(-1)!;
    const last = row.at(-1);
    if (last && last.style === one.style && last.link === one.link && row.length > 1)
      row[row.length - 1] = { ...last, text: last.text + one.text };
    else row.push(one);
    used += width;
  };
  for (const one of pieces) {
    for (const [word] of one.text.matchAll(words)) {
      const width = columnsOf(word);
      const blank = word.trim() === "";
      if (used + width <= room) put({ ...one, text: word }, width);
      else if (blank) continue;
      else if (width <= room - indent) {
        breakRow();
        put({ ...one, text: word }, width);
      } else
        for (const letter of graphemesOf(word)) {
          const own = columnsOf(letter);
          if (used + own > room) breakRow();
          put({ ...one, text: letter }, own);
        }
    }
  }
  return rows;
}

/** Cuts a row to `columns`, the last an ellipsis where something was cut. */
export function cutLine(pieces: Line, columns: number): Line {
  if (columnsOfLine(pieces) <= columns) return pieces;
  const kept: Piece[] = [];
  let left = columns - 1;
  for (const one of pieces) {
    let text = "";
    for (const letter of graphemesOf(one.text)) {
      left -= columnsOf(letter);
      if (left < 0) break;
      text += letter;
    }
    if (text !== "") kept.push({ ...one, text });
    if (left < 0) break;
  }
  return [...kept, { text: "…" }];
}
