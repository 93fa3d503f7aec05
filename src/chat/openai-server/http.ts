import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";

/** The head of an answer; its body is read by whoever asked. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower case, without parameters. */
  readonly contentType: string;
  readonly header: (name: string) => string | undefined;
  /** Leaving the loop over it closes the connection. */
  readonly body: AsyncIterable<Buffer>;
}

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly signal: AbortSignal;
  /** Longest silence on the line, in milliseconds. */
  readonly idleMs: number;
}

/** Thrown when nothing came over the line for `idleMs`. */
export class SilentServerError extends Error {
  override readonly name = "SilentServerError";
}

/** A host that takes longer to pick up is not there. */
const longestConnectMs = 15_000;

/**
 * One request on a connection of its own. Not `fetch`: that gives up when the head takes five minutes, which a long
 * prompt on a CPU does, and it follows redirects, which would carry pictures to a place that nobody named.
 */
export function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  const { method, url, json, signal, idleMs } = request;
  const payload = json === undefined ? undefined : Buffer.from(JSON.stringify(json), "utf8");
  const headers: Record<string, string> = {
    accept: "application/json, text/event-stream",
    ...request.headers,
  };
  if (payload) {
    headers["content-type"] = "application/json";
    headers["content-length"] = String(payload.byteLength);
  }
  const { request: open } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const sent = open(url, { method, headers, signal, agent: false }, (answer) => {
      resolve({
        status: answer.statusCode ?? 0,
        contentType: (answer.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase(),
        header: (name) => {
          const value = answer.headers[name];
          return Array.isArray(value) ? value[0] : value;
        },
        body: answer,
      });
    });
    sent.setTimeout(idleMs, () => sent.destroy(new SilentServerError(`Nothing came for ${idleMs} ms.`)));
    sent.on("socket", (socket) => limitConnecting(socket, (error) => sent.destroy(error)));
    sent.on("error", reject);
    sent.end(payload);
  });
}

function limitConnecting(socket: Socket, giveUp: (error: Error) => void): void {
  if (!socket.connecting) return;
  const late = Object.assign(new Error("The connection was not taken."), { code: "ETIMEDOUT" });
  const timer = setTimeout(() => giveUp(late), longestConnectMs);
  for (const event of ["connect", "close"]) socket.once(event, () => clearTimeout(timer));
}

/** The body as text, cut off at `maxBytes`. */
export async function readBody(answer: HttpAnswer, maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer.body) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes >= maxBytes) break;
  }
  return Buffer.concat(parts).toString("utf8", 0, Math.min(bytes, maxBytes));
}
