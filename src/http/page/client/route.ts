import type { Likeness, Place } from "./api-types.ts";

export type ViewName = "home" | "search" | "ask" | "library";

/** What the address after `#` asks for; it makes the browser's back button and bookmarks work. */
export interface Route {
  readonly view: ViewName;
  readonly words?: string;
  readonly kind?: string;
  /** A file to find more like: the whole picture, the frame at a time, or a stretch. */
  readonly like?: string;
  /** A file to open, at a time or a stretch in seconds, or at a page. */
  readonly media?: string;
  readonly seconds?: number;
  readonly endSeconds?: number;
  readonly page?: number;
}

export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#/, "");
  if (text === "library" || text === "ask") return { view: text };
  if (text === "results") return { view: "search" };
  const fields = new URLSearchParams(text);
  const words = fields.get("q");
  const media = fields.get("media");
  const like = fields.get("like");
  if (words) return { view: "search", words, ...optional("kind", fields.get("kind")) };
  if (!media && !like) return { view: "home" };
  const [from, to] = (fields.get("t") ?? "").split(",");
  const time = {
    ...optional("seconds", numberOf(from)),
    ...optional("endSeconds", from === undefined ? undefined : numberOf(to)),
  };
  if (media) return { view: "home", media, ...time, ...optional("page", numberOf(fields.get("page"))) };
  return { view: "search", ...optional("like", like), ...time };
}

export function likeHash({ image, clip }: Likeness): string {
  const fields = new URLSearchParams({ like: clip?.id ?? image?.id ?? "" });
  const seconds = (ms: number) => String(ms / 1000);
  if (clip) fields.set("t", `${seconds(clip.startMs)},${seconds(clip.endMs)}`);
  else if (image?.timeMs !== undefined) fields.set("t", seconds(image.timeMs));
  return `#${fields.toString()}`;
}

/** What an address of `likeHash` asks for. */
export function likenessOf(route: Route): Likeness | undefined {
  const { like: id } = route;
  if (id === undefined) return undefined;
  const { startMs, endMs } = placeOfRoute(route);
  if (startMs === undefined) return { image: { id } };
  return endMs === undefined ? { image: { id, timeMs: startMs } } : { clip: { id, startMs, endMs } };
}

export function searchHash(words: string, kind: string | undefined): string {
  const fields = new URLSearchParams({ q: words });
  if (kind) fields.set("kind", kind);
  return `#${fields.toString()}`;
}

/** The place in the file that the address names. */
export function placeOfRoute({ seconds, endSeconds, page }: Route): Place {
  return {
    ...(seconds === undefined ? {} : { startMs: Math.round(seconds * 1000) }),
    ...(endSeconds === undefined ? {} : { endMs: Math.round(endSeconds * 1000) }),
    ...(page === undefined ? {} : { page }),
  };
}

function numberOf(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || !/^\d+(?:\.\d+)?$/.test(text)) return undefined;
  return Number(text);
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | null | undefined,
): { [key in Key]?: Value } {
  return value === null || value === undefined ? {} : ({ [key]: value } as { [key in Key]: Value });
}
