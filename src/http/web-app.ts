import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { generateSpecs, openAPIRouteHandler } from "hono-openapi";
import { Failure } from "../media/failure.ts";
import { askRoutes } from "./ask-routes.ts";
import { checkRoutes } from "./check-routes.ts";
import { completionsRoutes } from "./completions-routes.ts";
import { docsPage, docsStyle } from "./docs-page.ts";
import { embeddingRoutes, openaiEmbeddingRoutes } from "./embedding-routes.ts";
import { failureResponse, tooLarge } from "./failure-response.ts";
import { type GuardOptions, guard } from "./guard.ts";
import type { HttpContext } from "./http-context.ts";
import { feedbackRoutes, libraryRoutes } from "./library-routes.ts";
import { mediaRoutes } from "./media-routes.ts";
import { openaiModelRoutes } from "./openai-model-routes.ts";
import { failureComponents } from "./route-docs.ts";
import { searchRoutes } from "./search-routes.ts";
import { statusRoutes } from "./status-routes.ts";

export interface WebOptions extends GuardOptions {
  readonly version: string;
  /** Bytes; a clip of the largest size and the form around it, unless told otherwise. */
  readonly largestBody?: number;
}

/** The typed routes: what a client of Hono's `hc` knows. */
function apiRoutes(http: HttpContext, version: string) {
  return new Hono()
    .route("/", statusRoutes(http, version))
    .route("/media", mediaRoutes(http))
    .route("/search", searchRoutes(http))
    .route("/check", checkRoutes(http))
    .route("/ask", askRoutes(http))
    .route("/library", libraryRoutes(http))
    .route("/feedback", feedbackRoutes(http))
    .route("/embeddings", embeddingRoutes(http))
    .route("/v1/embeddings", openaiEmbeddingRoutes(http))
    .route("/v1/models", openaiModelRoutes(http))
    .route("/v1/chat/completions", completionsRoutes(http));
}

export type ApiRoutes = ReturnType<typeof apiRoutes>;

/** One Hono app: guard first, then the API, its description and what `mount` adds (the page, MCP). */
export function openWebApp(
  http: HttpContext,
  options: WebOptions,
  mount: (web: Hono) => void = () => {},
): Hono {
  const web = new Hono();
  const { largestBody = 300 * 1024 * 1024 } = options;
  web.use(http.metrics.middleware);
  web.use(strictContent);
  web.use(
    secureHeaders({
      crossOriginResourcePolicy: "same-origin",
      referrerPolicy: "no-referrer",
      strictTransportSecurity: false,
      xFrameOptions: "DENY",
    }),
  );
  web.use(guard(options));
  const onError = (context: Context) => failureResponse(context, bodyTooLarge(largestBody));
  web.use(bodyLimit({ maxSize: largestBody, onError }));
  const api = apiRoutes(http, options.version);
  web.route("/", api);
  const documentation = {
    info: { title: "Sightline", version: options.version },
    components: failureComponents,
  };
  web.get("/openapi.json", openAPIRouteHandler(api, { documentation }));
  web.get("/docs", async (context) => {
    const { paths } = await generateSpecs(api, { documentation });
    return context.html(docsPage(paths as Parameters<typeof docsPage>[0]));
  });
  web.get("/docs/style.css", (context) => {
    context.header("content-type", "text/css; charset=utf-8");
    return context.body(docsStyle);
  });
  mount(web);
  web.notFound((context) => failureResponse(context, noRoute(context.req.method, context.req.path)));
  web.onError((error, context) => failureResponse(context, error, http.report));
  return web;
}

/** What brings no policy of its own may load nothing but the docs' style. */
const strictContent: MiddlewareHandler = async (context, next) => {
  await next();
  if (!context.res.headers.has("content-security-policy"))
    context.header("content-security-policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'");
};

function noRoute(method: string, path: string): Failure {
  return new Failure({ code: "not-found", message: `There is no ${method} ${path}.`, remedy: "See /docs." });
}

function bodyTooLarge(largestBody: number) {
  return tooLarge(`The body is larger than ${largestBody >> 20} MiB.`, "Send a shorter clip.");
}
