import { columnsOf, graphemesOf } from "./graphemes.ts";
import { columnsOfLine, type Line, type Piece } from "./line.ts";

/**
 * Words and the spaces between them. Chinese, Japanese and wide characters may be parted anywhere but before what closes
 * a phrase.
 */
const words =
  /(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[)\]}\u2019\u201d\u2026,.;:!?\u3001\u3002\u3009\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff1a\uff1b\uff1f]*|\s+/gu;

/**
 * Breaks a paragraph into rows of at most `columns`, between words where it can. `first` and `rest` are put before
 * the first and the other rows.
 */
export function wrapLine(pieces: Line, columns: number, first: Line = [], rest: Line = first): Line[] {
  const page = openPage(columns, first, rest);
  for (const one of pieces) for (const [word] of one.text.matchAll(words)) page.word({ ...one, text: word });
  return page.rows;
}

function openPage(columns: number, first: Line, rest: Line) {
  const rows: Piece[][] = [[...first]];
  const indent = columnsOfLine(rest);
  let used = columnsOfLine(first);
  const room = Math.max(columns, indent + 2, used + 2);
  const breakRow = () => {
    rows.push([...rest]);
    used = indent;
  };
  const put = (one: Piece, width: number) => {
    if (used + width > room) breakRow();
    const row = rows.at(-1)!;
    const last = row.at(-1);
    const joins = last !== undefined && last.style === one.style && last.link === one.link && row.length > 1;
    if (joins) row[row.length - 1] = { ...last, text: last.text + one.text };
    else row.push(one);
    used += width;
  };
  const word = (one: Piece) => {
    const width = columnsOf(one.text);
    const fits = used + width <= room;
    if (fits || (one.text.trim() !== "" && width <= room - indent)) put(one, width);
    else if (one.text.trim() !== "")
      for (const letter of graphemesOf(one.text)) put({ ...one, text: letter }, columnsOf(letter));
  };
  return { rows, word };
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
