import type { TuiMessages } from "../messages/tui.ts";
import { blockRows, type RowOptions } from "./block-rows.ts";
import { textOfLine } from "./line.ts";
import type { Block } from "./view.ts";

const labelOf: Readonly<Partial<Record<Block["type"], keyof TuiMessages["labels"]>>> = {
  thought: "thought",
  "tool-done": "tool",
  "tool-stopped": "tool",
  "tool-failed": "toolFailed",
  answer: "answer",
  citations: "sources",
  warning: "warning",
  failure: "failure",
};

/** A block as a screen reader is to read it: a word before it that says what it is, no marks, no drawing. */
export function spokenRows(block: Block, options: RowOptions): readonly string[] {
  const rows = blockRows(block, options)
    .map((row) => withoutMarks(textOfLine(row)))
    .filter((row) => row !== "");
  const name = labelOf[block.type];
  return name === undefined || rows.length === 0
    ? rows
    : [`${options.say.labels[name]}: ${rows[0]}`, ...rows.slice(1)];
}

function withoutMarks(row: string): string {
  return row
    .replace(/[\u2500-\u259f]+/gu, " ") // rules, boxes, blocks
    .replace(/^\s*[!·•→▸] /u, "")
    .replace(/[✓✗▸→]\s*/gu, "")
    .replace(/ {2,}(?=\S)/gu, " ")
    .replaceAll(" · ", ", ")
    .trim();
}
