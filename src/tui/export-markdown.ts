import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { plainLines } from "../media/plain-text.ts";
import { formatSpan } from "../media/time-code.ts";
import type { TuiMessages } from "../messages/tui.ts";
import type { Block, CitedMoment } from "./view.ts";

/** The conversation as a Markdown page, with links to the cited files; pictures are shown. */
export function conversationMarkdown(blocks: readonly Block[], say: TuiMessages): string {
  const parts = blocks.flatMap((block) => {
    if (block.type === "question") return [`## ${plainLines(block.text).replace(/\n/g, " ")}`];
    if (block.type === "answer") return [plainLines(block.text).trim()];
    if (block.type === "citations") return [block.moments.map((one) => momentLine(one, say)).join("\n")];
    if (block.type === "stopped") return [`_${say.stopped}_`];
    return [];
  });
  return `# Sightline\n\n${parts.join("\n\n")}\n`;
}

function momentLine({ number, citation }: CitedMoment, say: TuiMessages): string {
  const { path, span, check, kind, quote } = citation;
  const href = pathToFileURL(path).href.replace(/[()]/g, (one) => (one === "(" ? "%28" : "%29"));
  const name = plainLines(basename(path)).replace(/[[\]\\\n]/g, "\\$&");
  const place = [`[${name}](${href})`, formatSpan(span), say.check(check)].filter(Boolean).join(" ");
  const said = quote ? `\n   > ${plainLines(quote).replace(/\n/g, " ")}` : "";
  const picture = kind === "image" ? `\n\n   ![${name}](${href})\n` : "";
  return `${number}. ${place}${said}${picture}`;
}
