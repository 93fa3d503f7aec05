import { setTimeout as pause } from "node:timers/promises";
import { Failure } from "../media/failure.ts";

/** How long to bear with a hub; shorter in tests. */
export interface Patience {
  /** First pause before another try; it doubles. */
  readonly pauseMs: number;
  /** Tries in a row that bring nothing. */
  readonly tries: number;
  /** The longest `Retry-After` that is waited for. */
  readonly longestWaitMs: number;
  /** A connection that brings nothing for so long is taken for dead. */
  readonly stallMs: number;
}

export const usualPatience: Patience = { pauseMs: 1_000, tries: 5, longestWaitMs: 300_000, stallMs: 60_000 };

const mostRedirects = 8;
const mostJsonBytes = 20_000_000;

/** A connection that failed or broke: worth another try. */
export class BrokenConnection extends Error {}

export interface Answer {
  readonly response: Response;
  /** What the hub itself said of a file, before it sent us to where the bytes lie. */
  readonly announcedHash?: string;
}

/**
 * Gets an address, through redirects, and waits where the hub says so (429, 503 with `Retry-After`). Throws
 * `BrokenConnection`, or a `Failure` that no other try would mend. The caller reads or cancels the body.
 */
export async function request(
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  patience: Patience,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await follow(address, headers, signal, patience.stallMs);
    const { status } = answer.response;
    if (status === 200 || status === 206 || status === 416) return answer;
    await answer.response.body?.cancel();
    const mayWait = status === 429 || status >= 500;
    if (!mayWait) throw refused(address, status);
    const waitMs =
      retryAfterMs(answer.response.headers.get("retry-after")) ?? patience.pauseMs * 2 ** (attempt - 1);
    if (attempt >= patience.tries || waitMs > patience.longestWaitMs)
      throw overloaded(address, status, waitMs);
    await pause(waitMs, undefined, { signal });
  }
}

async function follow(
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  stallMs: number,
): Promise<Answer> {
  let url = address;
  let announcedHash: string | undefined;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const response = await connect(url, headers, signal, stallMs);
    announcedHash ??= response.headers.get("x-linked-etag")?.replaceAll('"', "");
    if (response.status < 300 || response.status >= 400) {
      return { response, ...(announcedHash ? { announcedHash } : {}) };
    }
    await response.body?.cancel();
    url = redirected(url, response.headers.get("location"));
  }
  throw unusable(address, "it redirects in circles");
}

/** `identity`: a length that is counted after unpacking could not be checked. The watch ends with the headers. */
async function connect(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  stallMs: number,
): Promise<Response> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error("no answer")), stallMs);
  try {
    return await fetch(url, {
      redirect: "manual",
      headers: { "accept-encoding": "identity", "user-agent": "sightline", ...headers },
      signal: AbortSignal.any([signal, stalled.signal]),
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw new BrokenConnection(reasonOf(cause), { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Only to where a browser would go too: never from https down to http, never to a file. */
function redirected(from: string, location: string | null): string {
  if (location === null || !URL.canParse(location, from)) throw unusable(from, "it redirects to nowhere");
  const target = new URL(location, from);
  const allowed = from.startsWith("https:") ? ["https:"] : ["https:", "http:"];
  if (!allowed.includes(target.protocol))
    throw unusable(from, `it redirects to ${target.protocol} addresses`);
  return target.href;
}

/** Reads a small answer. A hub that cannot be reached after all tries is a `Failure`. */
export async function requestJson(
  address: string,
  signal: AbortSignal,
  patience: Patience,
): Promise<{ readonly json: unknown; readonly link: string | null }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { response } = await request(address, { accept: "application/json" }, signal, patience);
      const text = await response.text();
      if (text.length > mostJsonBytes) throw unusable(address, "its answer is too long");
      return { json: JSON.parse(text), link: response.headers.get("link") };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Failure) throw error;
      if (error instanceof SyntaxError) throw unusable(address, "its answer is no JSON", error);
      if (attempt >= Math.min(2, patience.tries)) throw unreachable(address, error);
      await pause(patience.pauseMs, undefined, { signal });
    }
  }
}

/** Seconds or a date, as HTTP has it; undefined where there is none. */
function retryAfterMs(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** The words of the system, not of the library: "ENOTFOUND", "ECONNREFUSED". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
}

const otherPlaces =
  "Name a mirror (SIGHTLINE_HUB=https://hf-mirror.com, SIGHTLINE_HUB=modelscope), or use files that you have: --model-file F.gguf --mmproj F.gguf";

export function unreachable(address: string, cause: unknown): Failure {
  const { host } = new URL(address);
  return new Failure(
    {
      code: "unavailable",
      message: `${host} cannot be reached (${reasonOf(cause)}).`,
      remedy: `Check the network and run the command again: it goes on where it stopped. ${otherPlaces}`,
    },
    { cause },
  );
}

function refused(address: string, status: number): Failure {
  const { host, pathname } = new URL(address);
  const locked = status === 401 || status === 403;
  return new Failure({
    code: locked ? "unavailable" : "not-found",
    message: locked
      ? `${host} does not hand out ${pathname} without a login (HTTP ${status}).`
      : `${host} has no ${pathname} (HTTP ${status}).`,
    remedy: locked
      ? `It may have been withdrawn, or the hub wants its terms accepted in a browser. ${otherPlaces}`
      : `The repository may have been renamed, or this hub may lack it. ${otherPlaces}`,
  });
}

function overloaded(address: string, status: number, waitMs: number): Failure {
  const { host } = new URL(address);
  return new Failure({
    code: "busy",
    message: `${host} answers HTTP ${status} and asks to wait ${Math.ceil(waitMs / 1000)} s or more.`,
    remedy: `Run the command again later: it goes on where it stopped. ${otherPlaces}`,
  });
}

function unusable(address: string, reason: string, cause?: unknown): Failure {
  return new Failure(
    {
      code: "unavailable",
      message: `${new URL(address).host} cannot be used as a model hub: ${reason}.`,
      remedy: `Look at the setting hub (SIGHTLINE_HUB, HF_ENDPOINT). ${otherPlaces}`,
    },
    { cause },
  );
}
