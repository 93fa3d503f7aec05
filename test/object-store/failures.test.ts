import { createServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { indexPlace, loadConfig } from "../../src/config.ts";
import type { FailureDetail } from "../../src/media/failure.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import { objectStoreOptions } from "../../src/store/object-store.ts";
import { isPassing, objectStoreFailure } from "../../src/store/object-store-errors.ts";
import { contractDimensions, itemNamed, numberedSegments } from "../contracts/store-items.ts";
import { type ObjectStoreServer, openObjectStoreServer } from "../fakes/object-store-server.ts";

const space = { space: "failures", dimensions: contractDimensions };
const secret = "a-secret-that-nobody-may-read";
const before = { ...process.env };
let server: ObjectStoreServer;

beforeAll(async () => {
  const keys = { writer: "write", reader: "read", stranger: "nothing" } as const;
  server = await openObjectStoreServer({ buckets: ["media"], keys });
});

afterAll(() => server[Symbol.asyncDispose]());

beforeEach(() => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: "writer",
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_ENDPOINT_URL: server.endpoint,
  });
});

afterEach(() => {
  process.env = { ...before };
});

/** What a person is told of a place; it may not hold the secret, and may not take for ever. */
async function failureAt(place: string, environment: Record<string, string> = {}): Promise<FailureDetail> {
  Object.assign(process.env, environment);
  const began = performance.now();
  const failure = await openLanceStore(place, space).then(
    () => undefined,
    (error: unknown) => error as FailureDetail,
  );
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(failure?.remedy).toBeTruthy();
  expect(`${failure?.message} ${failure?.remedy}`).not.toContain(secret);
  return failure as FailureDetail;
}

test("a bucket that is not there is named", async () => {
  expect(await failureAt("s3://nowhere/x")).toMatchObject({
    code: "not-found",
    message: "There is no bucket for the index at s3://nowhere/x.",
  });
});

test("an unknown key, and one that may do nothing, are told apart", async () => {
  expect(await failureAt("s3://media/x", { AWS_ACCESS_KEY_ID: "unknown" })).toMatchObject({
    code: "invalid-input",
    message: "The object store refuses the credentials for s3://media/x.",
  });
  expect(await failureAt("s3://media/x", { AWS_ACCESS_KEY_ID: "stranger" })).toMatchObject({
    code: "unreadable",
    message: "These credentials may not read or write the index at s3://media/x.",
  });
});

test("a key that may only read searches what is there, and cannot write", async () => {
  const item = itemNamed("a.mp4", { bytes: 3 });
  await using writer = await openLanceStore("s3://media/shared", space);
  await writer.put(item, numberedSegments(item, 3));
  process.env.AWS_ACCESS_KEY_ID = "reader";
  await using reader = await openLanceStore("s3://media/shared", space);
  expect(await reader.list({})).toHaveLength(1);
  expect((await reader.matching("version", {})).length).toBeGreaterThan(0);
  await expect(reader.put(item, numberedSegments(item, 4))).rejects.toMatchObject({ code: "unreadable" });
  expect(await failureAt("s3://media/new")).toMatchObject({ code: "unreadable" });
});

test("an address where nobody listens, and one that never answers, are given up in seconds", async () => {
  const silent = createServer();
  const sockets: Socket[] = [];
  silent.on("connection", (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : 0;
  const endpoint = `http://127.0.0.1:${port}`;
  expect(await failureAt("s3://media/x", { AWS_ENDPOINT_URL: endpoint })).toMatchObject({
    code: "unavailable",
    message: `The object store at 127.0.0.1:${port} does not answer.`,
  });
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
  expect(await failureAt("s3://media/x", { AWS_ENDPOINT_URL: endpoint })).toMatchObject({
    code: "unavailable",
  });
});

test("an index of another model's vectors, or of a newer Sightline, is not written to", async () => {
  await (await openLanceStore("s3://media/wide", space))[Symbol.asyncDispose]();
  const other = openLanceStore("s3://media/wide", { ...space, dimensions: 9 });
  await expect(other).rejects.toMatchObject({ code: "corrupt" });
});

test("a web address of a store holds no password, and goes without encryption only where that was said", () => {
  const environment = { AWS_ENDPOINT_URL: `https://key:${secret}@store.example` };
  expect(() => objectStoreOptions(environment)).toThrow(/no web address/);
  expect(() => objectStoreOptions(environment)).not.toThrow(new RegExp(secret));
  const plain = { AWS_ENDPOINT_URL: "http://store.lan:9000" };
  expect(() => objectStoreOptions(plain)).toThrow(/without encryption/);
  expect(objectStoreOptions({ ...plain, AWS_ALLOW_HTTP: "true" })).toMatchObject({
    aws_endpoint: "http://store.lan:9000",
    allow_http: "true",
    aws_region: "us-east-1",
  });
  expect(objectStoreOptions({ AWS_REGION: "eu-central-1" })).toMatchObject({ aws_region: "eu-central-1" });
});

test("what the engine says of missing credentials, quotas and regions becomes something to do", () => {
  const code = (message: string) => objectStoreFailure("s3://b/p", new Error(message))?.code;
  expect(code("Failed to get AWS credentials: ProviderError(…)")).toBe("invalid-input");
  expect(code("<Code>QuotaExceeded</Code>")).toBe("disk-full");
  expect(code("Status { status: 301, body: <Code>PermanentRedirect</Code> }")).toBe("invalid-input");
  expect(code("HTTP error: error sending request")).toBe("unavailable");
  const untrusted = new Error("HTTP error: error sending request: invalid peer certificate: UnknownIssuer");
  expect(objectStoreFailure("s3://b/p", untrusted)?.remedy).toContain("SSL_CERT_FILE");
  expect(isPassing(untrusted)).toBe(false);
  expect(code("Server returned error: 503 Service Unavailable")).toBe("unavailable");
  expect(code("a bug of ours")).toBeUndefined();
  expect(code("a bug of ours: 500 rows were expected")).toBeUndefined();
});

test("the index lies in the library's folder unless a place on an object store is named, and nothing else may be", () => {
  const none = { SIGHTLINE_CONFIG: "/nonexistent/config.json" };
  expect(indexPlace(loadConfig({ library: "/data/library" }, none))).toBe("/data/library/index");
  const named = { ...none, SIGHTLINE_INDEX: "s3://media/sightline" };
  expect(indexPlace(loadConfig({ library: "/data/library" }, named))).toBe("s3://media/sightline");
  expect(indexPlace(loadConfig({ index: "s3://other/one" }, named))).toBe("s3://other/one");
  for (const index of [
    "/mnt/nas/index",
    "s3://",
    "S3://media/x",
    `s3://key:${secret}@media/x`,
    "gs://media/x",
  ]) {
    expect(() => loadConfig({ index }, none)).toThrow(/s3:\/\/bucket\/prefix/);
    expect(() => loadConfig({ index }, none)).not.toThrow(new RegExp(secret));
  }
});
