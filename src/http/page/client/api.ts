import type { CitationCheck } from "../../../media/citation.ts";
import type { Hit, Item, ItemDetail, LibraryFacts, Likeness, Place, SearchAnswer } from "./api-types.ts";
import { say } from "./say.ts";

/** The start of a long text tells it from another as well as the whole does. */
const checkedText = 2_000;

/** What the server could not do, and what the person can do about it. */
export class ApiFailure extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.name = "ApiFailure";
    this.code = code;
    this.remedy = remedy;
  }
}

/** A request to the server that runs this page. Throws `ApiFailure`, or an `AbortError` when it was stopped. */
export async function request(address: string, options: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, options);
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiFailure("offline", say.errors.offline, say.errors.offlineRemedy);
  }
  if (response.ok) return response;
  throw failureOf(await response.json().catch(() => undefined));
}

/** What the server said went wrong. */
export function failureOf(body: unknown): ApiFailure {
  const outer = isRecord(body) ? body : {};
  const detail = isRecord(outer.error) ? outer.error : outer;
  const text = (key: string, fallback: string) => {
    const value = detail[key];
    return typeof value === "string" && value !== "" ? value : fallback;
  };
  return new ApiFailure(
    text("code", "unavailable"),
    text("message", say.errors.generic),
    text("remedy", say.errors.genericRemedy),
  );
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function json(body: unknown): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function read<Body>(address: string, options: RequestInit = {}): Promise<Body> {
  return (await (await request(address, options)).json()) as Body;
}

/** What to look for: words, a picture or clip from the disk, or a place in the library. */
export interface SearchQuery extends Likeness {
  readonly text?: string;
  readonly kind?: string;
  readonly limit: number;
  /** Of how many of the best moments the bounds are decoded again. */
  readonly refine: number;
  readonly file?: File;
}

export function search({ file, ...query }: SearchQuery, signal: AbortSignal): Promise<SearchAnswer> {
  if (!file) return read("/search", { ...json(query), signal });
  const body = new FormData();
  body.set(isPicture(file) ? "image" : "clip", file);
  for (const [key, value] of Object.entries({
    text: query.text,
    kind: query.kind,
    limit: query.limit,
    refine: query.refine,
  })) {
    if (value !== undefined) body.set(key, String(value));
  }
  return read("/search", { method: "POST", body, signal });
}

/** The verdict on one hit, tested in its file. */
export async function checkMoment(hit: Hit, query: string, signal: AbortSignal): Promise<CitationCheck> {
  const { id, source, startMs, endMs, page, text, event } = hit;
  const named = event && { kind: event.kind, track: event.track, startMs: event.startMs };
  const body = { id, source, startMs, endMs, page, text: text?.slice(0, checkedText), event: named, query };
  return (await read<{ readonly check: CitationCheck }>("/check", { ...json(body), signal })).check;
}

export interface Question {
  readonly question: string;
  readonly conversation?: string;
  readonly thinking: "on" | "off";
  readonly file?: File;
}

/** The run's events as they come; aborting the signal closes the connection, which stops the work. */
export function ask({ file, ...question }: Question, signal: AbortSignal): Promise<Response> {
  if (!file) return request("/ask", { ...json(question), signal });
  const body = new FormData();
  body.set(isPicture(file) ? "image" : "clip", file);
  for (const [key, value] of Object.entries(question)) body.set(key, value);
  return request("/ask", { method: "POST", body, signal });
}

export function isPicture(file: File): boolean {
  return file.type.startsWith("image/");
}

/** The files of the library, as many as asked for; none while nothing is indexed. */
export async function listMedia(limit: number): Promise<readonly Item[]> {
  try {
    const { items } = await read<{ readonly items: readonly Item[] }>(`/media?limit=${limit}`);
    return items;
  } catch (error) {
    if (error instanceof ApiFailure && error.code === "not-found") return [];
    throw error;
  }
}

export function mediaDetail(id: string): Promise<ItemDetail> {
  return read(mediaAddress(id));
}

export function libraryFacts(): Promise<LibraryFacts> {
  return read("/library");
}

export async function startIndexing(paths: readonly string[]): Promise<void> {
  await request("/library", json({ paths }));
}

/** Takes a folder out of the library; its files stay where they are. */
export async function forgetFolder(path: string): Promise<void> {
  await request(`/library?path=${encodeURIComponent(path)}`, { method: "DELETE" });
}

/** Asks an index job to stop; what is done is kept. */
export async function cancelIndexing(job: string): Promise<void> {
  await request(`/library/jobs/${encodeURIComponent(job)}`, { method: "DELETE" });
}

export async function sendFeedback(
  verdict: "like" | "wrong",
  query: string,
  id: string,
  { startMs, endMs, page }: Place,
): Promise<void> {
  await request("/feedback", json({ verdict, query, id, startMs, endMs, page }));
}

export function mediaAddress(id: string, part = ""): string {
  return `/media/${encodeURIComponent(id)}${part}`;
}

/** A still that shows a place: the frame at its middle, its page, or the picture itself; none for sound. */
export function stillAddress(kind: string, id: string, place: Place, width: number): string | undefined {
  if (kind === "image") return mediaAddress(id, `/picture?w=${width}`);
  if (kind === "document") return mediaAddress(id, `/page/${place.page ?? 1}?w=${width}`);
  if (kind !== "video") return undefined;
  const { startMs = 0, endMs = startMs } = place;
  return mediaAddress(id, `/frame?t=${((startMs + endMs) / 2000).toFixed(3)}&w=${width}`);
}
