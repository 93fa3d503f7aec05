import { once } from "node:events";
import { serve } from "@hono/node-server";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { Hono } from "hono";
import { afterAll, expect, test } from "vitest";
import { openMcpHost } from "../../mcp/host.ts";
import { mcpRoutes } from "../../mcp/http.ts";
import { libraryUri } from "../../mcp/library-resource.ts";
import { openApp } from "../../src/app.ts";
import { temporaryFolder } from "../media-makers/clips.ts";
import { makeSmallLibrary } from "./small-library.ts";

const folder = await temporaryFolder();
const { config } = await makeSmallLibrary(folder.path);
const host = openMcpHost({ config, openApp });
const app = new Hono().route("/mcp", mcpRoutes({ host }));
const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
await once(server, "listening");
const address = server.address();
const url = new URL(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/mcp`);
afterAll(async () => {
  if ("closeAllConnections" in server) server.closeAllConnections();
  server.close();
  await host[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function connect() {
  const client = new Client({ name: "test", version: "1" });
  const transport = new StreamableHTTPClientTransport(url);
  // The SDK's own types disagree under exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return { client, transport };
}

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};
const post = (headers: Record<string, string>, body: unknown = initialize) =>
  app.request("/mcp", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
    },
    body: JSON.stringify(body),
  });

test("several clients at once have their own sessions over one library", async () => {
  const sessions = await Promise.all([connect(), connect(), connect()]);
  expect(new Set(sessions.map(({ transport }) => transport.sessionId)).size).toBe(3);
  const lists = await Promise.all(
    sessions.map(({ client }) => client.callTool({ name: "list_media", arguments: {} })),
  );
  for (const list of lists) expect(list.structuredContent).toMatchObject({ data: { total: 3 } });
  for (const { client } of sessions) await client.close();
});

test("a session that its client ended is gone; another goes on", async () => {
  const [one, other] = [await connect(), await connect()];
  const id = one.transport.sessionId ?? "";
  await one.transport.terminateSession();
  const headers = { host: "localhost", "mcp-session-id": id };
  expect((await post(headers, { jsonrpc: "2.0", id: 2, method: "ping" })).status).toBe(404);
  await other.client.ping();
  await other.client.close();
});

test("a request without a session gets an error, and a made-up session is not found", async () => {
  expect((await post({ host: "localhost" }, { jsonrpc: "2.0", id: 2, method: "tools/list" })).status).toBe(
    400,
  );
  expect((await post({ host: "localhost", "mcp-session-id": "made-up" })).status).toBe(404);
  const get = await app.request("/mcp", { headers: { host: "localhost", accept: "text/event-stream" } });
  expect(get.status).toBe(400);
});

test("only this machine is answered: a foreign Host or Origin is refused, whatever the session", async () => {
  const refused = [
    { host: "evil.example" },
    { host: "localhost.evil.example:7860" },
    { host: "127.0.0.1.evil.example" },
    { host: "localhost", origin: "http://evil.example" },
    { host: "localhost", origin: "null" },
    { host: "localhost", origin: "file://localhost" },
    { host: "localhost@evil.example" },
  ];
  for (const headers of refused) expect((await post(headers)).status, JSON.stringify(headers)).toBe(403);
  const answered = [
    { host: "localhost:7860" },
    { host: "127.0.0.1:7860", origin: "http://127.0.0.1:7860" },
    { host: "[::1]:7860", origin: "http://localhost:3000" },
  ];
  for (const headers of answered) {
    const response = await post(headers);
    expect(response.status, JSON.stringify(headers)).toBe(200);
    await response.body?.cancel();
  }
});

test("a subscriber hears that the library changed, from a job of another client", async () => {
  const [watcher, other] = [await connect(), await connect()];
  const updated = new Promise<string>((resolve) => {
    watcher.client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) =>
      resolve(params.uri),
    );
  });
  const listChanged = new Promise<void>((resolve) => {
    watcher.client.setNotificationHandler(ResourceListChangedNotificationSchema, () => resolve());
  });
  await watcher.client.subscribeResource({ uri: libraryUri });
  await other.client.callTool({ name: "index_media", arguments: {} });
  expect(await updated).toBe(libraryUri);
  await listChanged;
  for (const { client } of [watcher, other]) await client.close();
});
