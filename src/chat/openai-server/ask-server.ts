import { setTimeout as wait } from "node:timers/promises";
import { authorisation, type Endpoint } from "./endpoint.ts";
import {
  busy,
  lineFailure,
  parseJson,
  type RefusedAnswer,
  refusal,
  serverWords,
  webPage,
} from "./failures.ts";
import { type HttpAnswer, readBody, sendRequest } from "./http.ts";

/** How often and how long a busy server is asked again. */
export interface Patience {
  readonly attempts: number;
  /** Of the first pause, in milliseconds; each further one is twice as long. */
  readonly firstPauseMs: number;
  /** A server that asks for a longer pause than this is not waited for. */
  readonly longestPauseMs: number;
  /** Longest silence on the line. */
  readonly idleMs: number;
}

export const usualPatience: Patience = {
  attempts: 6,
  firstPauseMs: 500,
  longestPauseMs: 60_000,
  idleMs: 15 * 60_000,
};

/** More than any answer without a stream has to say. */
const longestBody = 8 * 1024 * 1024;

export interface ServerRequest {
  /** Below the API, or with a leading slash below the server's root: "chat/completions", "/props". */
  readonly route: string;
  /** Given: a POST. */
  readonly json?: unknown;
  readonly model?: string;
  readonly signal: AbortSignal;
}

/**
 * Asks until the server has time: 429 and 503 are asked again after a pause, the one that `Retry-After` names or a
 * growing one. Answers with a good answer whose body is still to be read, or with a refusal other than these.
 * Throws the signal's reason, and `Failure` when no server answers or it stays busy.
 */
export async function askServer(
  endpoint: Endpoint,
  request: ServerRequest,
  patience: Patience,
): Promise<{ readonly good: HttpAnswer } | { readonly refused: RefusedAnswer }> {
  for (let attempt = 1; ; attempt++) {
    const answer = await askOnce(endpoint, request, patience.idleMs);
    if (answer.status >= 200 && answer.status < 300) return { good: answer };
    const body = await onTheLine(endpoint, request.signal, () => readBody(answer, 64 * 1024));
    const refused = { status: answer.status, contentType: answer.contentType, body };
    if (answer.status !== 429 && answer.status !== 503) return { refused };
    const pause = retryAfterMs(answer.header("retry-after"), Date.now());
    const pauseMs = pause ?? patience.firstPauseMs * 2 ** (attempt - 1);
    if (attempt >= patience.attempts || pauseMs > patience.longestPauseMs)
      throw busy(endpoint, serverWords(refused), pause === undefined ? undefined : pause / 1000);
    await wait(pauseMs, undefined, { signal: request.signal }).catch(() => request.signal.throwIfAborted());
  }
}

/** A whole JSON answer. Throws `Failure` for a refusal, and for an answer that is no JSON. */
export async function askForJson(
  endpoint: Endpoint,
  request: ServerRequest,
  patience: Patience,
): Promise<unknown> {
  const answer = await askServer(endpoint, request, patience);
  if ("refused" in answer) throw refusal(endpoint, answer.refused, request.model);
  const { good } = answer;
  const text = await onTheLine(endpoint, request.signal, () => readBody(good, longestBody));
  const value = parseJson(text);
  if (value === undefined) throw webPage(endpoint, good.status);
  return value;
}

function askOnce(
  endpoint: Endpoint,
  { route, json, signal }: ServerRequest,
  idleMs: number,
): Promise<HttpAnswer> {
  const url = route.startsWith("/") ? new URL(route.slice(1), endpoint.root) : new URL(route, endpoint.api);
  const headers = authorisation(endpoint);
  const method = json === undefined ? "GET" : "POST";
  return onTheLine(endpoint, signal, () => sendRequest({ method, url, headers, json, signal, idleMs }));
}

/** Runs a step on the connection; what breaks it becomes the signal's reason or a `Failure`. */
async function onTheLine<T>(endpoint: Endpoint, signal: AbortSignal, step: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  try {
    return await step();
  } catch (error) {
    signal.throwIfAborted();
    throw lineFailure(endpoint, error);
  }
}

/** `Retry-After` in milliseconds: seconds, or a date; undefined when it is neither. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (header.trim() !== "" && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
