import { basename } from "node:path";
import { plainLines, plainText } from "../media/plain-text.ts";
import { formatSpan } from "../media/time-code.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { attachmentName, toolTitle } from "./block-rows.ts";
import { textOfLine } from "./line.ts";
import { markdownRows } from "./markdown.ts";
import type { Block, CitedMoment, ToolCard } from "./view.ts";

export interface PlainOptions {
  readonly say: TuiMessages;
  readonly showThoughts: boolean;
  readonly showResults: boolean;
}

/** A finished block as lines to be read aloud or logged: a word says what each is, nothing is drawn. */
export function plainRows(block: Block, options: PlainOptions): readonly string[] {
  const { labels } = options.say;
  switch (block.type) {
    case "greeting":
    case "note":
      return plainLines(block.text).split("\n");
    case "question":
      return [
        `${labels.question}: ${plainText(block.text, 2000)}`,
        ...block.attachments.map((one) => `  ${attachmentName(one)}`),
      ];
    case "command":
      return []; // It stands where it was typed.
    case "thought":
      return [
        `${labels.thought}: ${(block.ms / 1000).toFixed(1)} s`,
        ...(options.showThoughts ? plainLines(block.text).split("\n") : []),
      ];
    case "tool-done":
      return [toolRow(labels.tool, block.card, block.summary, block.ms), ...toolDetail(block, options)];
    case "tool-failed":
      return [
        toolRow(labels.toolFailed, block.card, block.failure.message, block.ms),
        `  ${plainText(block.failure.remedy, 500)}`,
      ];
    case "tool-stopped":
      return [`${labels.toolStopped}: ${textOfLine(toolTitle(block.card))}`];
    case "answer":
      return [`${labels.answer}:`, ...markdownRows(block.text, 10_000).map(spoken)];
    case "citations":
      return block.moments.flatMap((moment) => citationRows(moment, options.say));
    case "expanded":
      return block.blocks.flatMap((one) =>
        plainRows(one, { ...options, showThoughts: true, showResults: true }),
      );
    case "stopped":
      return [options.say.stopped];
    case "warning":
      return [`${labels.warning}: ${plainText(block.text, 500)}`];
    case "failure":
      return [
        `${labels.failure}: ${plainText(block.failure.message, 2000)}`,
        `  ${plainText(block.failure.remedy, 2000)}`,
      ];
  }
}

function toolRow(label: string, card: ToolCard, summary: string, ms: number): string {
  const [first = ""] = summary.split("\n");
  return `${label}: ${textOfLine(toolTitle(card))}, ${plainText(first, 160)}, ${(ms / 1000).toFixed(1)} s`;
}

function toolDetail(block: Extract<Block, { type: "tool-done" }>, { showResults }: PlainOptions) {
  if (!showResults) return [];
  return plainLines(block.summary)
    .split("\n")
    .map((row) => `  ${row}`);
}

function citationRows({ number, citation }: CitedMoment, say: TuiMessages): readonly string[] {
  const { path, span, check, quote } = citation;
  const facts = [
    plainText(basename(path), 80),
    formatSpan(span),
    say.check(check).replace(/^[^\p{L}]+/u, ""),
  ];
  return [
    `${say.labels.citation} ${number}: ${facts.filter(Boolean).join(", ")}, ${say.open(number)}`,
    ...(quote ? [`  "${plainText(quote, 160)}"`] : []),
  ];
}

/** Without the characters that only draw. */
function spoken(row: Parameters<typeof textOfLine>[0]): string {
  return textOfLine(row)
    .replace(/^(\s*)• /, "$1- ")
    .replace(/[│─┌┐└┘├┤┬┴┼]+/g, " ")
    .trimEnd();
}
