import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { linkOf } from "../http/answer-links.ts";
import { Failure } from "../media/failure.ts";
import type { CitedPlace } from "./view.ts";

/** The web page of the library, as a function of requests; `token` is what each request has to bring. */
export type OpenPage = (token: string) => Promise<Page>;

export interface Page extends AsyncDisposable {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** Web addresses that open cited moments, good for as long as the chat lives. */
export interface MomentLinks extends AsyncDisposable {
  /** Whether the terminal shows links, so that answers shall have them. */
  readonly isOn: boolean;
  turnOn(): void;
  /** Makes the addresses good: listens on a free port of this machine alone. The page itself is loaded when it is asked for. */
  start(): Promise<void>;
  /** Lets go of what the page was made from; the next request opens it anew. */
  closePage(): Promise<void>;
  /** Undefined before `start`, and where there is no page. */
  addressOf(place: Pick<CitedPlace, "mediaId" | "span">): string | undefined;
}

export function openMomentLinks(openPage: OpenPage | undefined): MomentLinks {
  const token = randomBytes(24).toString("base64url");
  let isOn = false;
  let page: Promise<Page> | undefined;
  let server: Server | undefined;
  let listening: Promise<void> | undefined;
  let origin: string | undefined;

  const listen = async (open: OpenPage) => {
    const { createServer } = await import("node:http");
    server = createServer(async (request, response) => {
      try {
        page ??= open(token);
        const { fetch } = await page;
        const { getRequestListener } = await import("@hono/node-server");
        await getRequestListener(fetch)(request, response);
      } catch (error) {
        // What fails behind a link is told in the browser; the chat goes on, and the next request tries anew.
        page = undefined;
        if (response.headersSent) return void response.destroy();
        response.writeHead(503, { "content-type": "text/plain; charset=utf-8" });
        response.end(error instanceof Failure ? `${error.message}\n${error.remedy}\n` : `${String(error)}\n`);
      }
    });
    // The chat ends when the person leaves it, not when a browser has let go of a connection.
    server.unref();
    await new Promise<void>((resolve, reject) => {
      server?.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  const closePage = async () => {
    const opened = await page?.catch(() => undefined);
    page = undefined;
    await opened?.[Symbol.asyncDispose]();
  };

  return {
    get isOn() {
      return isOn;
    },
    turnOn: () => {
      isOn = openPage !== undefined;
    },
    start: async () => {
      if (openPage === undefined) return;
      // No free port: the file's own address has to do.
      listening ??= listen(openPage).catch(() => {});
      await listening;
    },
    closePage,
    addressOf: (place) => (origin === undefined ? undefined : linkOf(place, origin, token)),
    [Symbol.asyncDispose]: async () => {
      server?.closeAllConnections();
      server?.close();
      await closePage();
    },
  };
}
