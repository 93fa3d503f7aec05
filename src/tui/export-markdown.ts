import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { Citation } from "../media/citation.ts";
import { plainLines, plainText } from "../media/plain-text.ts";
import { formatSpan } from "../media/time-code.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { attachmentName } from "./block-rows.ts";
import { endLists } from "./markdown.ts";
import type { Block, CitedMoment } from "./view.ts";

/** The address of a picture, as seen from the page; undefined where there is none. */
export type PictureAt = (block: Block, at: number) => string | undefined;

/** The conversation as a Markdown page, with links to the cited moments and their pictures. */
export function conversationMarkdown(
  blocks: readonly Block[],
  say: TuiMessages,
  pictureAt: PictureAt = () => undefined,
): string {
  const parts = blocks.flatMap((block) => {
    switch (block.type) {
      case "question":
        return [questionText(block, pictureAt)];
      case "answer":
        return [endLists(plainLines(block.text)).trim()];
      case "citations":
        return [block.moments.map((one, at) => momentText(one, say, pictureAt(block, at))).join("\n")];
      case "stopped":
        return [`_${say.stopped}_`];
      case "failure":
        return [`> ${plainText(block.failure.message, 2000)}`];
      default:
        return [];
    }
  });
  return `# Sightline\n\n${parts.join("\n\n")}\n`;
}

function questionText(block: Extract<Block, { type: "question" }>, pictureAt: PictureAt): string {
  const asked = `## ${plainLines(block.text).replace(/\n/g, " ")}`;
  const beside = block.attachments.map((one, at) => {
    const name = escaped(attachmentName(one));
    const picture = pictureAt(block, at);
    return picture === undefined ? `- ${name}` : `![${name}](${picture})`;
  });
  return [asked, ...beside].join("\n\n");
}

function momentText({ number, citation }: CitedMoment, say: TuiMessages, picture: string | undefined) {
  const { path, span, check, quote } = citation;
  const name = escaped(plainText(basename(path), 200));
  const place = [`[${name}](${addressOf(citation)})`, formatSpan(span), say.check(check)].filter(Boolean);
  const said = quote ? `\n   > ${plainLines(quote).replace(/\n/g, " ")}` : "";
  const shown = picture === undefined ? "" : `\n\n   ![${name}](${picture})\n`;
  return `${number}. ${place.join(" ")}${said}${shown}`;
}

/** The file's address with the moment as browsers understand it: `#t=12,18.5`, `#page=3`. */
function addressOf({ path, span }: Pick<Citation, "path" | "span">): string {
  const href = pathToFileURL(path).href.replace(/\(/g, "%28").replace(/\)/g, "%29");
  if (span.kind === "time") return `${href}#t=${span.startMs / 1000},${span.endMs / 1000}`;
  return span.kind === "page" ? `${href}#page=${span.page}` : href;
}

function escaped(text: string): string {
  return text.replace(/[[\]\\]/g, "\\$&");
}
