import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { openMcpHost } from "../../mcp/host.ts";
import { mcpRoutes } from "../../mcp/http.ts";
import { type App, openApp } from "../app.ts";
import type { Config } from "../config.ts";
import { Failure } from "../media/failure.ts";
import { openHttpContext } from "./http-context.ts";
import { pageRoutes } from "./page/page-routes.ts";
import { openWebApp } from "./web-app.ts";

export interface PageOptions {
  readonly token?: string;
  readonly version: string;
  readonly report: (error: unknown) => void;
  /** What `app` was opened with; sessions of MCP read it. */
  readonly config: Config;
}

export interface ServeOptions extends PageOptions {
  readonly port: number;
  readonly host: string;
  /** Given, or made when the server can be reached from other machines. */
  readonly token?: string;
}

export interface Serving extends AsyncDisposable {
  /** What to open: with the token, where there is one. */
  readonly link: string;
  readonly port: number;
}

const loopback = new Set(["127.0.0.1", "::1", "localhost"]);

/** Page, API and MCP as a function of requests, for a server that is there already. */
export function openLibraryPage(app: App, { token, version, report, config }: PageOptions) {
  const http = openHttpContext(app, report);
  const mcp = openMcpHost({ config, openApp, app, jobs: http.jobs });
  const web = openWebApp(http, { version, ...(token === undefined ? {} : { token }) }, (routes) => {
    routes.route("/mcp", mcpRoutes({ host: mcp, hosts: "any" }));
    routes.route("/", pageRoutes());
  });
  return {
    fetch: web.fetch,
    [Symbol.asyncDispose]: async () => {
      await mcp[Symbol.asyncDispose]();
      await http[Symbol.asyncDispose]();
    },
  };
}

/** Listens until it is disposed. Throws `Failure` when the port is taken. */
export async function serveLibrary(app: App, options: ServeOptions): Promise<Serving> {
  const { host } = options;
  const token = options.token ?? (loopback.has(host) ? undefined : randomBytes(24).toString("base64url"));
  const web = openLibraryPage(app, { ...options, ...(token === undefined ? {} : { token }) });
  const { serve } = await import("@hono/node-server");
  const server = serve({ fetch: web.fetch, port: options.port, hostname: host });
  await new Promise<void>((resolve, reject) => {
    server.once("listening", () => resolve());
    server.once("error", (cause: NodeJS.ErrnoException) => reject(cannotListen(cause, options)));
  });
  const { port } = server.address() as AddressInfo;
  const name = nameFor(host);
  return {
    port,
    link: `http://${name}:${port}/${token === undefined ? "" : `?token=${token}`}`,
    [Symbol.asyncDispose]: async () => {
      if ("closeAllConnections" in server) server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await web[Symbol.asyncDispose]();
    },
  };
}

/** What to call this machine in a link: where it listens on every address, the first that other machines can use. */
function nameFor(host: string): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  const addresses = everywhere ? Object.values(networkInterfaces()).flat() : [];
  const reachable = addresses.find((one) => one !== undefined && !one.internal && one.family === "IPv4");
  const name = reachable?.address ?? (everywhere ? hostname() : host);
  return name.includes(":") ? `[${name}]` : name;
}

function cannotListen(cause: NodeJS.ErrnoException, { host, port }: ServeOptions): Error {
  const taken = cause.code === "EADDRINUSE";
  return new Failure(
    {
      code: "unavailable",
      message: taken ? `Port ${port} is taken already.` : `Cannot listen on ${host}:${port} (${cause.code}).`,
      remedy: `Choose another: sightline serve --port ${port === 7860 ? 7861 : 7860}`,
    },
    { cause },
  );
}
