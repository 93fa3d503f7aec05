import { basename } from "node:path";
import type { Evidence } from "../../media/citation.ts";
import type { Coverage } from "../../media/coverage.ts";
import { plainText } from "../../media/plain-text.ts";
import { formatSpan } from "../../media/time-code.ts";
import type { Messages } from "../../messages/messages.ts";
import type { Done } from "./history.ts";

type Words = Messages["answer"];

const quotedLength = 300;
/** More lines than this help nobody; the count says how many there are. */
export const mostLines = 20;

export function nameOf(evidence: Pick<Evidence, "path">): string {
  return plainText(basename(evidence.path), 80);
}

/** `car.mp4 0:15.0–0:18.9 [e1]`. */
export function place(evidence: Evidence): string {
  return [nameOf(evidence), formatSpan(evidence.span), `[${evidence.handle}]`].filter(Boolean).join(" ");
}

/** The text of evidence in quotation marks, as neutral data; handles that stand in it are no citations. */
export function quoted(evidence: Evidence, words: Words, length = quotedLength): string {
  return words.quote(asData(evidence.text ?? "", length));
}

export function asData(text: string, length = quotedLength): string {
  return plainText(text, length).replace(/\[(e\d+)\]/gi, "($1)");
}

/** A list of at most `mostLines` lines, and how many more there are. */
export function bullets(items: readonly Evidence[], words: Words, line: (one: Evidence) => string): string {
  const shown = items.slice(0, mostLines).map((one) => `- ${line(one)}`);
  const rest = items.length - shown.length;
  return [...shown, ...(rest > 0 ? [words.more(rest)] : [])].join("\n");
}

/** What was looked at, from the widest coverage of these results. */
export function examinedLine(results: readonly Done[], words: Words): string {
  const coverages = results.flatMap((done) => done.coverage ?? []);
  const widest = coverages.reduce<Coverage | undefined>(
    (best, one) => (best && best.segments >= one.segments ? best : one),
    undefined,
  );
  if (!widest) return "";
  const parts = [
    widest.items > 0 ? words.files(widest.items) : "",
    widest.videoMs > 0 ? words.videoTime(widest.videoMs / 1000) : "",
    widest.images > 0 ? words.images(widest.images) : "",
    widest.pages > 0 ? words.pages(widest.pages) : "",
  ].filter(Boolean);
  const unreadable = widest.unreadable > 0 ? [words.unreadable(widest.unreadable)] : [];
  // A Chinese full stop brings its own room.
  return [words.examined(parts), ...unreadable].join(" ").replaceAll("。 ", "。");
}

/** Terms of the question that the picture search does not know, by these results. */
export function unknownTerms(terms: readonly string[], results: readonly Done[]): readonly string[] {
  const unknown = results.flatMap((done) => done.coverage?.unknownWords ?? []);
  return terms.filter((term) => unknown.some((word) => term.includes(word) || word.includes(term)));
}

/** Why the tools gave nothing, where they failed. */
export function failuresIn(results: readonly Done[]): string {
  return [...new Set(results.filter((done) => done.isError).map((done) => asData(done.text)))].join("\n");
}

export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n");
}
