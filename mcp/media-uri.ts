import { parseTimeCode } from "../src/media/time-code.ts";

export type MediaAddress =
  | { readonly kind: "facts"; readonly id: string }
  | { readonly kind: "frame"; readonly id: string; readonly timeMs: number }
  | { readonly kind: "page"; readonly id: string; readonly page: number }
  | { readonly kind: "transcript"; readonly id: string; readonly from: number };

export const mediaUri = (id: string) => `media://${encodeURIComponent(id)}`;
export const frameUri = (id: string, timeMs: number) =>
  `${mediaUri(id)}/frame?t=${(Math.round(timeMs) / 1000).toString()}`;
export const pageUri = (id: string, page: number) => `${mediaUri(id)}/page/${page}`;
export const transcriptUri = (id: string, from = 0) =>
  `${mediaUri(id)}/transcript${from > 0 ? `?from=${from}` : ""}`;

/** Undefined for anything that is not one of the four forms: an id is one segment, and never a path. */
export function parseMediaUri(uri: string): MediaAddress | undefined {
  const match =
    /^media:\/\/([^/?#]+)(?:\/(frame|page|transcript)(?:\/([1-9]\d{0,5}))?)?\/?(?:\?([^#]*))?$/.exec(uri);
  if (!match) return undefined;
  const id = decoded(match[1] ?? "");
  if (id === undefined || /[/\\]|\.\./.test(id)) return undefined;
  const [, , form, page] = match;
  const query = new URLSearchParams(match[4] ?? "");
  if (form === undefined) return { kind: "facts", id };
  if (form === "page") return page === undefined ? undefined : { kind: "page", id, page: Number(page) };
  if (page !== undefined) return undefined;
  if (form === "transcript") return { kind: "transcript", id, from: wholeNumber(query.get("from")) };
  const timeMs = parseTimeCode(query.get("t") ?? "0");
  return timeMs === undefined ? undefined : { kind: "frame", id, timeMs };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function wholeNumber(text: string | null): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
