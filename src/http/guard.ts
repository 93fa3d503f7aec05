import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { Failure } from "../media/failure.ts";
import { failureResponse } from "./failure-response.ts";
import { refusalPage } from "./refusal-page.ts";
import { isOurHost, isOurOrigin } from "./this-machine.ts";

export interface GuardOptions {
  /** Needed by every request, once the server can be reached from another machine. */
  readonly token?: string;
}

/** Browsers keep the cookies of all ports of a host together, and two servers of this program may be at work. */
const cookieName = (context: Context) =>
  `sightline_token_${/:(\d+)$/.exec(context.req.header("host") ?? "")?.[1] ?? "80"}`;

/**
 * The first thing that every request meets. On loopback a page of another site must not reach the library through the
 * browser: Host has to name this machine (against DNS rebinding) and Origin, where there is one, too. With a token
 * any Host is served, to those who hold it: as bearer, as cookie, or once as `?token=` in the printed link. Only
 * `/health` asks for none then.
 */
export function guard({ token }: GuardOptions = {}): MiddlewareHandler {
  return async (context, next) => {
    // Before anything of the token: a request without it must never be given its cookie.
    if (token !== undefined && asksHowItIs(context)) return next();
    const refused = token === undefined ? refuseStrangers(context) : refuseWithoutToken(context, token);
    if (refused) return refusal(context, refused);
    if (token !== undefined && context.req.query("token") !== undefined) {
      // Lax: a link to a moment in another site's chat opens; what changes anything is a POST, which has no cookie then.
      setCookie(context, cookieName(context), token, { httpOnly: true, sameSite: "Lax", path: "/" });
      if (context.req.method === "GET" && context.req.path === "/") return context.redirect("/", 303);
    }
    return next();
  };
}

function refusal(context: Context, refused: Failure) {
  return isForReading(context) ? context.html(refusalPage(refused), 403) : failureResponse(context, refused);
}

/** What watches over a container holds no token, and learns no more than that the server is at work. */
function asksHowItIs({ req }: Context): boolean {
  return req.method === "GET" && req.path === "/health";
}

/** A person typed or followed the address: programs ask for something else, or for anything. */
function isForReading({ req }: Context): boolean {
  return req.method === "GET" && (req.header("accept") ?? "").includes("text/html");
}

function refuseStrangers(context: Context): Failure | undefined {
  const host = context.req.header("host") ?? new URL(context.req.url).host;
  if (!isOurHost(host)) return forbidden("the Host header names another machine");
  const origin = context.req.header("origin");
  if (origin !== undefined && !isOurOrigin(origin)) return forbidden("the request comes from another site");
  const site = context.req.header("sec-fetch-site");
  if (site === "cross-site" && !isLinkToThePage(context))
    return forbidden("the request comes from another site");
  return undefined;
}

/** A person followed a link on another site: the page opens, as it does from a bookmark. It holds nothing yet. */
function isLinkToThePage({ req }: Context): boolean {
  return (
    req.method === "GET" &&
    req.path === "/" &&
    req.header("sec-fetch-mode") === "navigate" &&
    req.header("sec-fetch-dest") === "document"
  );
}

function refuseWithoutToken(context: Context, token: string): Failure | undefined {
  const bearer = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  const given = bearer ?? context.req.query("token") ?? getCookie(context, cookieName(context));
  if (given === undefined || !sameText(given, token)) {
    return new Failure({
      code: "unreadable",
      message: "This server asks for its token.",
      remedy: "Open the link that `sightline serve` printed, or send `Authorization: Bearer TOKEN`.",
    });
  }
  const origin = context.req.header("origin");
  const host = context.req.header("host");
  if (origin !== undefined && hostOf(origin) !== host)
    return forbidden("the request comes from another site");
  return undefined;
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function forbidden(reason: string): Failure {
  return new Failure({
    code: "unreadable",
    message: `Refused: ${reason}.`,
    remedy:
      "Open http://127.0.0.1 with the port of `sightline serve` on this machine; for others see --host and --token.",
  });
}
