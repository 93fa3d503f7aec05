import { lexer, type Token, type Tokens } from "marked";
import { plainLines } from "../media/plain-text.ts";
import { columnsOfLine, type Line, line, type Piece, piece, restyle } from "./line.ts";
import { inlinePieces } from "./markdown-inline.ts";
import { tableRows } from "./markdown-table.ts";
import { cutLine, wrapLine } from "./wrap.ts";

/** Markdown as rows of at most `columns`. Terminal control sequences in it are gone. */
export function markdownRows(text: string, columns: number): Line[] {
  return blockRows(lexer(endLists(plainLines(text)), { gfm: true }), columns);
}

/** A row right after a list that is neither indented nor an item begins a paragraph, as people mean it. */
export function endLists(text: string): string {
  const item = /^ {0,3}(?:[-*+]|\d+[.)]) /;
  const rows = text.split("\n");
  let code = false;
  return rows
    .map((row, at) => {
      if (/^ {0,3}(?:```|~~~)/.test(row)) code = !code;
      const ends = !code && /^\S/.test(row) && !item.test(row) && item.test(rows[at - 1] ?? "");
      return ends ? `\n${row}` : row;
    })
    .join("\n");
}

function blockRows(tokens: readonly Token[], columns: number): Line[] {
  const rows: Line[] = [];
  for (const token of tokens) {
    if (token.type === "space" || token.type === "def") continue;
    const own = rowsOf(token, columns);
    if (rows.length > 0 && own.length > 0) rows.push([]);
    rows.push(...own);
  }
  return rows;
}

function rowsOf(token: Token, columns: number): Line[] {
  switch (token.type) {
    case "heading":
      return paragraph(inlinePieces(token.tokens, { bold: true }), columns);
    case "list":
      return listRows(token as Tokens.List, columns);
    case "code":
      return codeRows(token.text, columns);
    case "blockquote":
      return blockRows(token.tokens ?? [], columns - 2).map((row) => [
        piece("│ ", { dim: true }),
        ...restyle(row, { dim: true }),
      ]);
    case "hr":
      return [line("─".repeat(Math.min(20, columns)), { dim: true })];
    case "table":
      return tableRows(token as Tokens.Table, columns);
    case "paragraph":
    case "text":
      return paragraph(inlinePieces(token.tokens ?? [token]), columns);
    default:
      return paragraph(line(token.raw.trimEnd()), columns);
  }
}

function paragraph(pieces: Line, columns: number): Line[] {
  return splitLines(pieces).flatMap((one) => wrapLine(one, columns));
}

/** Line breaks of the source are kept: answers list moments line by line. */
function splitLines(pieces: Line): Line[] {
  const rows: Piece[][] = [[]];
  for (const one of pieces) {
    const [first = "", ...others] = one.text.split("\n");
    if (first !== "") rows.at(-1)?.push({ ...one, text: first });
    for (const text of others) rows.push(text === "" ? [] : [{ ...one, text }]);
  }
  while (rows.length > 1 && rows.at(-1)?.length === 0) rows.pop();
  return rows;
}

/** Code is not wrapped at words: a row that is too long goes on in the next. */
function codeRows(text: string, columns: number): Line[] {
  return text.split("\n").flatMap((row) => wrapLine([piece(row, { colour: "cyan" })], columns, line("  ")));
}

function listRows(list: Tokens.List, columns: number): Line[] {
  const start = typeof list.start === "number" ? list.start : 1;
  return list.items.flatMap((item, index) => {
    const box = item.task ? (item.checked ? "[x] " : "[ ] ") : "";
    const mark = line(list.ordered ? `${start + index}. ` : "• ");
    const indent = columnsOfLine(mark);
    const tokens = item.tokens.filter(({ type }) => type !== "checkbox");
    const own = tokens.flatMap((token) => rowsOf(token, Math.max(8, columns - indent)));
    const rows = box === "" ? own : [[piece(box), ...(own[0] ?? [])], ...own.slice(1)];
    return rows.map((row, at) => cutLine([...(at === 0 ? mark : line(" ".repeat(indent))), ...row], columns));
  });
}
