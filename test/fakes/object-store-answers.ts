import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

export interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly at: Date;
}

export interface StoredObjects {
  readonly objects: Map<string, StoredObject>;
  /** Uploads that are not complete: their parts by number. */
  readonly uploads: Map<string, Map<number, Buffer>>;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** `bucket/key` */
  readonly path: string;
  readonly body: Buffer;
}

/** Answers a request that may be answered, in the words of the S3 protocol. */
export function answer(state: StoredObjects, exchange: Exchange): void {
  const { request, url, response, path } = exchange;
  const isList = url.searchParams.has("list-type");
  switch (request.method) {
    case "GET":
    case "HEAD":
      if (isList) list(state, exchange);
      else read(state, exchange);
      break;
    case "PUT":
      if (url.searchParams.has("partNumber")) putPart(state, exchange);
      else put(state, exchange);
      break;
    case "POST":
      post(state, exchange);
      break;
    default:
      if (!state.uploads.delete(url.searchParams.get("uploadId") ?? "")) state.objects.delete(path);
      response.writeHead(204).end();
  }
}

function putPart({ uploads }: StoredObjects, { url, response, body }: Exchange): void {
  const parts = uploads.get(url.searchParams.get("uploadId") ?? "");
  parts?.set(Number(url.searchParams.get("partNumber")), body);
  if (parts) response.writeHead(200, { etag: '"part"' }).end();
  else refuse(response, 404, "NoSuchUpload");
}

function post(state: StoredObjects, exchange: Exchange): void {
  const { url, path, body, response } = exchange;
  const query = url.searchParams;
  if (query.has("delete")) {
    const keys = [...body.toString().matchAll(/<Key>(.*?)<\/Key>/g)].map((match) => match[1] ?? "");
    for (const key of keys) state.objects.delete(`${path.replace(/\/$/, "")}/${key}`);
    xml(response, "DeleteResult", keys.map((key) => `<Deleted><Key>${key}</Key></Deleted>`).join(""));
  } else if (query.has("uploads")) {
    const id = `upload-${Math.random()}`;
    state.uploads.set(id, new Map());
    xml(response, "InitiateMultipartUploadResult", `<UploadId>${id}</UploadId>`);
  } else {
    const id = query.get("uploadId") ?? "";
    const parts = [...(state.uploads.get(id) ?? [])].sort(([a], [b]) => a - b).map(([, part]) => part);
    state.uploads.delete(id);
    put(state, { ...exchange, body: Buffer.concat(parts) }, "CompleteMultipartUploadResult");
  }
}

/** Between the look and the write no other request is served: a condition holds or does not, as the protocol has it. */
function put({ objects }: StoredObjects, { request, response, path, body }: Exchange, result?: string): void {
  const before = objects.get(path);
  const { "if-none-match": absent, "if-match": same } = request.headers;
  if ((absent === "*" && before) || (same !== undefined && same !== before?.etag)) {
    refuse(response, 412, "PreconditionFailed");
    return;
  }
  const etag = `"${createHash("md5").update(body).digest("hex")}"`;
  objects.set(path, { body, etag, at: new Date() });
  if (result === undefined) response.writeHead(200, { etag }).end();
  else xml(response, result, `<ETag>${etag}</ETag>`);
}

function read({ objects }: StoredObjects, { request, response, path }: Exchange): void {
  const found = objects.get(path);
  if (!found) {
    refuse(response, 404, "NoSuchKey");
    return;
  }
  const size = found.body.length;
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
  const [start, end] = range ? bounds(range[1] ?? "", range[2] ?? "", size) : [0, size];
  const part = found.body.subarray(start, end);
  const place = range ? { "content-range": `bytes ${start}-${end - 1}/${size}` } : {};
  const headers = {
    etag: found.etag,
    "last-modified": found.at.toUTCString(),
    "content-length": part.length,
  };
  response.writeHead(range ? 206 : 200, { ...headers, ...place });
  response.end(request.method === "HEAD" ? undefined : part);
}

function bounds(first: string, last: string, size: number): readonly [number, number] {
  if (first === "") return [Math.max(0, size - Number(last)), size];
  return [Number(first), last === "" ? size : Math.min(size, Number(last) + 1)];
}

function list({ objects }: StoredObjects, { url, response, path }: Exchange): void {
  const query = url.searchParams;
  const bucket = `${path.replace(/\/$/, "")}/`;
  const prefix = query.get("prefix") ?? "";
  const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(bucket + prefix))
    .map((key) => key.slice(bucket.length));
  const rows = new Map<string, string>();
  for (const key of keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    const folder = folderOf(key, prefix, query.get("delimiter") ?? "");
    const row = folder === undefined ? contents(key, objects.get(bucket + key)) : commonPrefix(folder);
    if ((folder ?? key) > after) rows.set(folder ?? key, row);
  }
  const page = [...rows].slice(0, Number(query.get("max-keys") ?? 1_000));
  const next = escaped(page.at(-1)?.[0] ?? "");
  const isCut = rows.size > page.length;
  const head = `<IsTruncated>${isCut}</IsTruncated><KeyCount>${page.length}</KeyCount>`;
  const token = isCut ? `<NextContinuationToken>${next}</NextContinuationToken>` : "";
  xml(response, "ListBucketResult", head + token + page.map(([, row]) => row).join(""));
}

function folderOf(key: string, prefix: string, delimiter: string): string | undefined {
  const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
}

function contents(key: string, object: StoredObject | undefined): string {
  if (!object) return "";
  const facts = `<LastModified>${object.at.toISOString()}</LastModified><ETag>${escaped(object.etag)}</ETag>`;
  return `<Contents><Key>${escaped(key)}</Key>${facts}<Size>${object.body.length}</Size></Contents>`;
}

function commonPrefix(prefix: string): string {
  return `<CommonPrefixes><Prefix>${escaped(prefix)}</Prefix></CommonPrefixes>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function xml(response: ServerResponse, name: string, content: string): void {
  response.writeHead(200, { "content-type": "application/xml" }).end(`<${name}>${content}</${name}>`);
}

export function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<Error><Code>${code}</Code><Message></Message></Error>`);
}
