import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What goes wrong with the next request for the bytes of a file. */
export type Fault =
  | "cut"
  | "ends early"
  | "ignores the range"
  | "other range"
  | "cannot satisfy"
  | "too long"
  | "flipped"
  | "stalls"
  | { readonly status: number; readonly retryAfter?: string }
  | { readonly redirect: string };

export interface PublishedFile {
  readonly content: Buffer;
  /** Small files lie in git itself and are hashed as git does. */
  readonly lfs: boolean;
}

export interface HubServer extends AsyncDisposable {
  readonly url: string;
  /** `GET /path` and the range asked for, of every request. */
  readonly requests: readonly { readonly path: string; readonly range: string | undefined }[];
  publish(repository: string, files: Readonly<Record<string, PublishedFile>>): string;
  /** Faults for the coming requests of a file's bytes, one each; `forever` repeats the last. */
  misbehave(file: string, faults: readonly Fault[], options?: { readonly forever?: boolean }): void;
  /** A status for every request of a repository's lists. */
  breakLists(status: number | undefined): void;
  /** Bytes a second of what is sent. */
  slowDown(bytesPerTick: number | undefined): void;
}

interface Repository {
  readonly revision: string;
  readonly files: Readonly<Record<string, PublishedFile>>;
}

const filesAPage = 2;

/** A hub on loopback: Hugging Face's and ModelScope's addresses, large files through a redirect. */
export async function openHubServer(): Promise<HubServer> {
  const repositories = new Map<string, Repository>();
  const requests: { path: string; range: string | undefined }[] = [];
  const faults = new Map<string, { queue: Fault[]; forever: boolean }>();
  let listStatus: number | undefined;
  let slow: number | undefined;

  const nextFault = (file: string): Fault | undefined => {
    const entry = faults.get(file);
    if (!entry) return undefined;
    return entry.forever && entry.queue.length === 1 ? entry.queue[0] : entry.queue.shift();
  };

  const answer = (incoming: IncomingMessage, response: ServerResponse) => {
    const url = new URL(incoming.url ?? "/", "http://hub");
    requests.push({ path: url.pathname, range: incoming.headers.range });
    const route = routes.find(({ pattern }) => pattern.test(url.pathname));
    const match = route?.pattern.exec(url.pathname);
    if (!route || !match) return void response.writeHead(404).end();
    route.handle({ match, url, incoming, response });
  };

  interface Call {
    readonly match: RegExpExecArray;
    readonly url: URL;
    readonly incoming: IncomingMessage;
    readonly response: ServerResponse;
  }
  const json = (response: ServerResponse, value: unknown, headers: Record<string, string> = {}) =>
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
  const listed = (name: string | undefined, response: ServerResponse, list: (found: Repository) => void) => {
    const found = repositories.get(name ?? "");
    if (listStatus !== undefined) response.writeHead(listStatus).end();
    else if (!found) response.writeHead(404).end("Repository not found");
    else list(found);
  };

  const sendBytes = (name: string, content: Buffer, { incoming, response }: Call) => {
    const fault = nextFault(name);
    if (fault === "cannot satisfy") response.writeHead(416).end();
    else if (typeof fault === "object") refuse(fault, response);
    else sendFrom(startAsked(fault, incoming.headers.range), content, { fault, slow, response });
  };

  const routes: { pattern: RegExp; handle: (call: Call) => void }[] = [
    {
      pattern: /^\/api\/models\/([^/]+\/[^/]+)\/revision\/main$/,
      handle: ({ match, response }) =>
        listed(match[1], response, ({ revision }) => json(response, { sha: revision })),
    },
    {
      pattern: /^\/api\/models\/([^/]+\/[^/]+)\/tree\/[0-9a-f]+$/,
      handle: ({ match, url, response }) =>
        listed(match[1], response, ({ files }) => {
          const page = Number(url.searchParams.get("page") ?? 0);
          const all = [
            { type: "directory", path: "onnx", size: 0, oid: "0" },
            ...Object.entries(files).map(treeEntry),
          ];
          const rest = all.length > (page + 1) * filesAPage;
          const next = `<${url.origin}${url.pathname}?recursive=true&page=${page + 1}>; rel="next"`;
          json(response, all.slice(page * filesAPage, (page + 1) * filesAPage), rest ? { link: next } : {});
        }),
    },
    {
      pattern: /^\/api\/v1\/models\/([^/]+\/[^/]+)\/repo\/files$/,
      handle: ({ match, response }) =>
        listed(match[1], response, ({ files }) =>
          json(response, { Code: 200, Data: { Files: Object.entries(files).map(modelScopeEntry) } }),
        ),
    },
    {
      pattern: /^\/models\/([^/]+\/[^/]+)\/resolve\/master\/(.+)$/,
      handle: (call) => sendFile(call, repositories.get(call.match[1] ?? ""), false),
    },
    {
      pattern: /^\/cdn\/([^/]+\/[^/]+)\/(.+)$/,
      handle: (call) => sendFile(call, repositories.get(call.match[1] ?? ""), false),
    },
    {
      pattern: /^\/([^/]+\/[^/]+)\/resolve\/[0-9a-f]+\/(.+)$/,
      handle: (call) => sendFile(call, repositories.get(call.match[1] ?? ""), true),
    },
  ];
  const sendFile = (call: Call, repository: Repository | undefined, asHub: boolean) => {
    const name = decodeURIComponent(call.match[2] ?? "");
    const file = repository?.files[name];
    if (!file) return void call.response.writeHead(404).end();
    if (asHub && file.lfs) {
      const headers = {
        "x-linked-etag": `"${sha256(file.content)}"`,
        location: `/cdn/${call.match[1]}/${call.match[2]}`,
      };
      return void call.response.writeHead(302, headers).end();
    }
    sendBytes(name, file.content, call);
  };

  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    publish: (repository, files) => {
      const lines = Object.entries(files).map(([name, { content }]) => name + sha256(content));
      const revision = createHash("sha1").update(lines.join()).digest("hex");
      repositories.set(repository, { revision, files });
      return revision;
    },
    misbehave: (file, queue, { forever = false } = {}) => faults.set(file, { queue: [...queue], forever }),
    breakLists: (status) => {
      listStatus = status;
    },
    slowDown: (bytesPerTick) => {
      slow = bytesPerTick;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function refuse(fault: Extract<Fault, object>, response: ServerResponse): void {
  if ("redirect" in fault) response.writeHead(302, { location: fault.redirect }).end();
  else {
    const headers = fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter };
    response.writeHead(fault.status, headers).end();
  }
}

function startAsked(fault: Fault | undefined, range: string | undefined): number {
  if (fault === "ignores the range") return 0;
  return Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
}

interface Sending {
  readonly fault: Fault | undefined;
  readonly slow: number | undefined;
  readonly response: ServerResponse;
}

function sendFrom(start: number, content: Buffer, { fault, slow, response }: Sending): void {
  const body = spoilt(Buffer.from(content.subarray(start)), fault);
  const half = body.subarray(0, body.length >> 1);
  const from = fault === "other range" ? start + 1 : start;
  const range = { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` };
  const length = fault === "ends early" ? {} : { "content-length": body.length };
  response.writeHead(start > 0 ? 206 : 200, start > 0 ? { ...length, ...range } : length);
  if (fault === "cut") response.write(half, () => response.destroy());
  else if (fault === "ends early") response.end(half);
  else if (fault === "stalls") response.write(half);
  else if (slow === undefined) response.end(body);
  else trickle(response, body, slow);
}

function spoilt(body: Buffer, fault: Fault | undefined): Buffer {
  if (fault === "too long") return Buffer.concat([body, Buffer.from("and more")]);
  if (fault === "flipped") body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
  return body;
}

function trickle(response: ServerResponse, body: Buffer, bytesPerTick: number): void {
  let at = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(at, at + bytesPerTick));
    at += bytesPerTick;
    if (at < body.length && !response.destroyed) return;
    clearInterval(timer);
    response.end();
  }, 20);
}

function treeEntry([path, { content, lfs }]: [string, PublishedFile]) {
  const base = { type: "file", path, size: content.length, oid: gitHash(content) };
  return lfs ? { ...base, lfs: { oid: sha256(content), size: content.length, pointerSize: 134 } } : base;
}

function modelScopeEntry([Path, { content }]: [string, PublishedFile]) {
  return { Type: "blob", Path, Size: content.length, Sha256: sha256(content) };
}

export function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

export function gitHash(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
