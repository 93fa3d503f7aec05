import type { Finding } from "../media/citation.ts";
import type { Coverage } from "../media/coverage.ts";
import { plainText } from "../media/plain-text.ts";
import { formatTimeCode } from "../media/time-code.ts";

/** A finding's text in a result is a quotation, not the document. */
const mostQuotedChars = 400;

/** The finding with its text as neutral, short data. */
export function neutral(finding: Finding, maxChars: number = mostQuotedChars): Finding {
  return finding.text === undefined ? finding : { ...finding, text: plainText(finding.text, maxChars) };
}

/** "412 of 412 s" for people: "2 videos' 1:02.5, 12 images, 3 pages". */
export function examined(coverage: Coverage): string {
  const parts = [
    coverage.videoMs > 0 ? `${formatTimeCode(coverage.videoMs)} of video` : "",
    coverage.images > 0 ? `${coverage.images} images` : "",
    coverage.pages > 0 ? `${coverage.pages} pages` : "",
  ].filter((part) => part !== "");
  const unread = coverage.unreadable > 0 ? `; ${coverage.unreadable} files could not be read` : "";
  return `examined ${parts.length === 0 ? "nothing" : parts.join(", ")}${unread}`;
}

export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
