import { randomUUID } from "node:crypto";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { Hono } from "hono";
import { isOurHost, isOurOrigin } from "../src/http/this-machine.ts";
import { openEventStore } from "./event-store.ts";
import type { McpHost } from "./host.ts";
import { type Additions, createMcpServer } from "./server.ts";

export interface McpRoutesDeps {
  readonly host: McpHost;
  /** Names under which this machine may be called besides loopback; "any" where whoever mounts this has checked. */
  readonly hosts?: readonly string[] | "any";
  readonly additions?: Additions;
}

interface Session {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly server: Server;
  usedAt: number;
}

const mostSessions = 100;
const idleMs = 60 * 60 * 1000;

/** MCP over Streamable HTTP, to be mounted at `/mcp`: a server for each session, all over one library. */
export function mcpRoutes({ host, hosts = [], additions }: McpRoutesDeps): Hono {
  const sessions = new Map<string, Session>();
  const forget = async (id: string) => {
    const session = sessions.get(id);
    sessions.delete(id);
    await session?.server.close();
  };

  const open = async (): Promise<Session> => {
    await makeRoom(sessions, forget);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        sessions.set(id, session);
      },
      // Without this an ended session would go on answering.
      onsessionclosed: forget,
      eventStore: openEventStore(),
      retryInterval: 1_000,
    });
    const server = createMcpServer(host, additions);
    const session: Session = { transport, server, usedAt: Date.now() };
    await server.connect(transport);
    return session;
  };

  const routes = new Hono();
  routes.all("/", async (c) => {
    if (hosts !== "any" && !isFromHere(c.req.raw.headers, hosts))
      return c.json(rpcError(-32000, "Forbidden"), 403);
    const id = c.req.header("mcp-session-id");
    const known = id === undefined ? undefined : sessions.get(id);
    if (id !== undefined && !known)
      return c.json(rpcError(-32001, "Session not found: initialize again"), 404);
    if (!known && c.req.method !== "POST")
      return c.json(rpcError(-32000, "Bad Request: a session starts with an initialize request"), 400);
    const session = known ?? (await open());
    session.usedAt = Date.now();
    const response = await session.transport.handleRequest(c.req.raw);
    // Anything but an initialize request got its error: nobody knows this session.
    if (!known && session.transport.sessionId === undefined) await session.server.close();
    return response;
  });
  return routes;
}

function isFromHere(headers: Headers, otherNames: readonly string[]): boolean {
  const host = headers.get("host");
  const origin = headers.get("origin");
  if (host === null || !isOurHost(host, otherNames)) return false;
  return origin === null || isOurOrigin(origin, otherNames);
}

/** Sessions whose clients went away without a word end after an hour; of too many, the one unused for longest. */
async function makeRoom(
  sessions: Map<string, Session>,
  forget: (id: string) => Promise<void>,
): Promise<void> {
  const oldestFirst = [...sessions].sort((a, b) => a[1].usedAt - b[1].usedAt);
  const tooMany = sessions.size - mostSessions + 1;
  for (const [i, [id, { usedAt }]] of oldestFirst.entries()) {
    if (i < tooMany || Date.now() - usedAt > idleMs) await forget(id);
  }
}

function rpcError(code: number, message: string) {
  return { jsonrpc: "2.0" as const, error: { code, message }, id: null };
}
