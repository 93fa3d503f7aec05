import type { Citation } from "../media/citation.ts";

/** The page, opened at a cited moment. */
export function linkOf({ mediaId, span }: Pick<Citation, "mediaId" | "span">, origin: string): string {
  const fields = new URLSearchParams({ media: mediaId });
  if (span.kind === "time") fields.set("t", (span.startMs / 1000).toFixed(3));
  if (span.kind === "page") fields.set("page", String(span.page));
  return `${origin}/#${fields.toString()}`;
}

/** The answer's numbers `[2]` as Markdown links to their moments; numbers without a citation stay text. */
export function linkedAnswer(answer: string, citations: readonly Citation[], origin: string): string {
  return answer.replace(/\[(\d{1,3})\]/g, (whole, number: string) => {
    const citation = citations[Number(number) - 1];
    return citation ? `[\\[${number}\\]](${linkOf(citation, origin)})` : whole;
  });
}
