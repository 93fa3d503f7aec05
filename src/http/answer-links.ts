import type { Citation } from "../media/citation.ts";

/**
 * The page, opened at a cited moment: `http://127.0.0.1:7860/#media=ID&t=12.3,18.6`, or `&page=3`. With a token it
 * opens in a browser that has never been here: the server takes the token, and the browser keeps what follows `#`.
 */
export function linkOf(
  { mediaId, span }: Pick<Citation, "mediaId" | "span">,
  origin: string,
  token?: string,
): string {
  const place = [`media=${encodeURIComponent(mediaId)}`];
  const seconds = (ms: number) => String(ms / 1000);
  if (span.kind === "time") place.push(`t=${seconds(span.startMs)},${seconds(span.endMs)}`);
  if (span.kind === "page") place.push(`page=${span.page}`);
  const entry = token === undefined ? "/" : `/?token=${encodeURIComponent(token)}`;
  return `${origin}${entry}#${place.join("&")}`;
}

/** The answer's numbers `[2]` as Markdown links to their moments; numbers without a citation stay text. */
export function linkedAnswer(answer: string, citations: readonly Citation[], origin: string): string {
  return answer.replace(/\[(\d{1,3})\]/g, (whole, number: string) => {
    const citation = citations[Number(number) - 1];
    return citation ? `[\\[${number}\\]](${linkOf(citation, origin)})` : whole;
  });
}
