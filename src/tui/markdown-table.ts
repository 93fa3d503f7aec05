import type { Tokens } from "marked";
import { columnsOfLine, type Line, piece } from "./line.ts";
import { inlinePieces } from "./markdown-inline.ts";
import { cutLine } from "./wrap.ts";

const gap = 2;
const leastColumns = 4;

/** A table with its columns aligned; where it is too wide, the widest columns give way. */
export function tableRows(table: Tokens.Table, columns: number): Line[] {
  const cells = [table.header, ...table.rows].map((row, at) =>
    row.map((cell) => inlinePieces(cell.tokens, at === 0 ? { bold: true } : {})),
  );
  const widths = table.header.map((_, column) =>
    Math.max(1, ...cells.map((row) => columnsOfLine(row[column] ?? []))),
  );
  shrink(widths, columns - gap * (widths.length - 1));
  const rows = cells.map((row) =>
    cutLine(
      row.flatMap((cell, column) => padded(cell, widths[column] ?? 1, column === row.length - 1)),
      columns,
    ),
  );
  const rule = cutLine([piece(widths.map((width) => "─".repeat(width)).join("  "), { dim: true })], columns);
  return [...rows.slice(0, 1), rule, ...rows.slice(1)];
}

function padded(cell: Line, width: number, last: boolean): Line {
  const cut = cutLine(cell, width);
  return last ? cut : [...cut, piece(" ".repeat(Math.max(0, width - columnsOfLine(cut)) + gap))];
}

function shrink(widths: number[], room: number): void {
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= leastColumns) return;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
}
