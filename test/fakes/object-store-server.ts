import { createServer, type IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { answer, refuse, type StoredObject, type StoredObjects } from "./object-store-answers.ts";

export interface ObjectStoreServer extends AsyncDisposable {
  readonly endpoint: string;
  /** Everything stored, as `bucket/key`. */
  readonly objects: Map<string, StoredObject>;
  /** One line for each request: `GET bucket/key`. */
  readonly requests: string[];
}

export interface ObjectStoreOptions {
  readonly buckets: readonly string[];
  /** Access keys, and whether they may write. Others are unknown. Signatures are not looked at. */
  readonly keys: Readonly<Record<string, "write" | "read" | "nothing">>;
  /** Answers instead of the store, for faults; undefined lets the request through. */
  readonly fault?: (method: string, key: string) => "drop" | "lose-answer" | number | undefined;
}

/** As much of the S3 protocol as a table on an object store needs: conditional puts, ranges, lists, uploads in parts. */
export async function openObjectStoreServer(options: ObjectStoreOptions): Promise<ObjectStoreServer> {
  const objects = new Map<string, StoredObject>();
  const requests: string[] = [];
  const state: State = { options, objects, uploads: new Map() };
  const server = createServer((request, response) => {
    serve(state, requests, request, response).catch((error: unknown) => {
      refuse(response, 500, "InternalError");
      throw error;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface State extends StoredObjects {
  readonly options: ObjectStoreOptions;
}

async function serve(state: State, requests: string[], request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", "http://store");
  const path = decodeURIComponent(url.pathname.slice(1));
  const method = request.method ?? "GET";
  const body = await buffer(request);
  requests.push(`${method} ${path}${url.search && " "}${url.search}`);
  const fault = state.options.fault?.(method, path);
  const refusal = path === "" ? undefined : mayNot(state.options, request, path);
  if (fault === "drop") request.socket.destroy();
  else if (typeof fault === "number") refuse(response, fault, "SlowDown");
  else if (refusal) refuse(response, refusal.status, refusal.code);
  else if (fault === "lose-answer") {
    // Done, and nobody hears of it.
    answer(state, { request, response: new ServerResponse(request), url, path, body });
    request.socket.destroy();
  } else answer(state, { request, response, url, path, body });
}

function mayNot({ buckets, keys }: ObjectStoreOptions, request: IncomingMessage, path: string) {
  const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const right = keys[key];
  if (right === undefined) return { status: 403, code: "InvalidAccessKeyId" };
  if (!buckets.includes(path.split("/")[0] ?? "")) return { status: 404, code: "NoSuchBucket" };
  const isReading = request.method === "GET" || request.method === "HEAD";
  return right === "write" || (right === "read" && isReading)
    ? undefined
    : { status: 403, code: "AccessDenied" };
}
