import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { type Language, languageOfLocale } from "../../messages/messages.ts";
import { renderDocument } from "./document.tsx";
import { mainScriptAddress, readPageFile, scriptAddresses, styleAddresses } from "./page-files.ts";

/** Own files only: no inline script or style, no other host, no frame around the page. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The web page, its styles and its scripts: `/` and `/page/…`. It reads the API as any other client does. */
export function pageRoutes(): Hono {
  const routes = new Hono();
  routes.get("/", async (context) => {
    const scripts = await scriptAddresses();
    const page = renderDocument({
      language: wantedLanguage(context),
      styles: styleAddresses,
      mainScript: mainScriptAddress,
      scripts,
    });
    secure(context);
    context.header("vary", "accept-language");
    context.header("cache-control", "no-cache");
    return context.html(page);
  });
  routes.get("/page/*", async (context) => {
    const file = await readPageFile(context.req.path);
    if (!file) return context.notFound();
    const tag = `"${createHash("sha256").update(file.body).digest("base64url").slice(0, 22)}"`;
    secure(context);
    context.header("etag", tag);
    context.header("cache-control", "no-cache");
    if (context.req.header("if-none-match") === tag) return context.body(null, 304);
    context.header("content-type", file.type);
    return context.body(file.body);
  });
  return routes;
}

function secure(context: Context): void {
  context.header("content-security-policy", contentSecurityPolicy);
  context.header("x-content-type-options", "nosniff");
  context.header("referrer-policy", "no-referrer");
}

/** The first language of the browser that the page speaks; English where there is none. */
export function wantedLanguage(context: Pick<Context, "req">): Language {
  const asked = (context.req.header("accept-language") ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", weight] = part.trim().split(/;\s*q=/);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => /^(?:en|zh)\b/i.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return languageOfLocale(asked[0]?.tag);
}
