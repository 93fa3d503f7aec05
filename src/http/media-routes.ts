import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Context, Hono } from "hono";
import { validator } from "hono-openapi";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Segment } from "../media/segment.ts";
import { timeSpan } from "../media/span.ts";
import { everything } from "../retrieval/coverage.ts";
import { itemAnswer, mediaAnswer, type Told, transcriptAnswer } from "./answer-schemas.ts";
import { invalid, tooLarge } from "./failure-response.ts";
import { fileResponse } from "./file-response.ts";
import type { HttpContext } from "./http-context.ts";
import { jpegOf } from "./jpeg.ts";
import { itemJson, segmentJson } from "./json-shapes.ts";
import { describeApi } from "./route-docs.ts";
import { clipQuery, frameQuery, mediaQuery, pictureQuery } from "./schemas.ts";
import { refuseInvalid } from "./validation.ts";

const longestClipMs = 120_000;

/** `/media`: what is indexed, and its bytes, frames, pages and clips. */
export function mediaRoutes(http: HttpContext) {
  return new Hono()
    .get(
      "/",
      describeApi({
        summary: "List media, the newest first by the date that it was taken, or else changed",
        answer: mediaAnswer,
        refuses: [400, 404],
      }),
      validator("query", mediaQuery, refuseInvalid),
      async (context) => {
        const { kind, limit, in: scope } = context.req.valid("query");
        const library = await http.library(scope);
        // All of them: what the store leaves of a list that it cuts is in no order.
        const items = await library.store.list({ limit: everything, ...(kind ? { kinds: [kind] } : {}) });
        return context.json<Told<typeof mediaAnswer>>({
          items: [...items].sort(newestFirst).slice(0, limit).map(itemJson),
        });
      },
    )
    .get(
      "/:id",
      describeApi({ summary: "Facts, segments and shots of one item", answer: itemAnswer, refuses: [404] }),
      async (context) => {
        const item = await http.item(context.req.param("id"));
        const { store } = await http.library();
        const segments = await store.segments(item.id);
        return context.json<Told<typeof itemAnswer>>({
          ...itemJson(item),
          segments: segments.map(segmentJson),
          shots: shotsOf(segments),
        });
      },
    )
    .get(
      "/:id/content",
      describeApi({
        summary: "The file, whole or a range of bytes",
        type: "*/*",
        also: {
          206: { description: "The range that was asked for" },
          304: { description: "Not changed" },
          416: { description: "None of the range exists" },
        },
        refuses: [404],
      }),
      async (context) => fileResponse(context, await http.item(context.req.param("id"))),
    )
    .get(
      "/:id/transcript",
      describeApi({
        summary: "What is said and written, with times",
        answer: transcriptAnswer,
        refuses: [404],
      }),
      async (context) => {
        const item = await http.item(context.req.param("id"));
        const { store } = await http.library();
        const segments = await store.segments(item.id, ["subtitle", "caption", "ocr", "text"]);
        return context.json<Told<typeof transcriptAnswer>>({
          id: item.id,
          segments: segments.map(segmentJson),
        });
      },
    )
    .get(
      "/:id/frame",
      describeApi({
        summary: "The frame on screen at a time, as JPEG; X-Frame-Time-Ms says its exact time",
        type: "image/jpeg",
        refuses: [400, 404, 429],
      }),
      validator("query", frameQuery, refuseInvalid),
      async (context) => {
        const { t, w } = context.req.valid("query");
        const item = await http.item(context.req.param("id"));
        requireKind(item, "video");
        const timeMs = Math.round(t * 1000);
        if (item.durationMs !== undefined && timeMs > item.durationMs)
          throw invalid(`The video ends at ${item.durationMs / 1000} seconds.`, "Ask for an earlier time.");
        return picture(context, http, `${item.id} ${timeMs} ${w}`, async () => {
          const { pictures } = await http.library();
          const [frame] = await pictures.framesAt(item, [timeMs], context.req.raw.signal, { longestSide: w });
          if (!frame) throw notThere("There is no frame at this time.");
          return { jpeg: await jpegOf(frame.pixels), timeMs: frame.timeMs };
        });
      },
    )
    .get(
      "/:id/page/:page{[0-9]{1,6}}",
      describeApi({ summary: "A page of a document, as JPEG", type: "image/jpeg", refuses: [400, 404, 429] }),
      validator("query", pictureQuery, refuseInvalid),
      async (context) => {
        const { w } = context.req.valid("query");
        const item = await http.item(context.req.param("id"));
        requireKind(item, "document");
        const page = Number(context.req.param("page"));
        if (page < 1 || page > (item.pages ?? 0)) throw notThere(`There is no page ${page}.`);
        return picture(context, http, `${item.id} p${page} ${w}`, async () => {
          const { pictures } = await http.library();
          return {
            jpeg: await jpegOf(await pictures.page(item, page, context.req.raw.signal, { longestSide: w })),
          };
        });
      },
    )
    .get(
      "/:id/picture",
      describeApi({
        summary: "An image, upright and scaled, as JPEG",
        type: "image/jpeg",
        refuses: [400, 404, 429],
      }),
      validator("query", pictureQuery, refuseInvalid),
      async (context) => {
        const { w } = context.req.valid("query");
        const item = await http.item(context.req.param("id"));
        requireKind(item, "image");
        return picture(context, http, `${item.id} ${w}`, async () => {
          const { pictures } = await http.library();
          return {
            jpeg: await jpegOf(await pictures.image(item, context.req.raw.signal, { longestSide: w })),
          };
        });
      },
    )
    .get(
      "/:id/clip",
      describeApi({
        summary: "A stretch of a video, at most two minutes, as MP4",
        type: "video/mp4",
        refuses: [400, 404, 413, 429],
      }),
      validator("query", clipQuery, refuseInvalid),
      async (context) => {
        const item = await http.item(context.req.param("id"));
        requireKind(item, "video");
        const [start = 0, end = 0] = context.req
          .valid("query")
          .t.split(",")
          .map((part) => Number(part) * 1000);
        const span = timeSpan(start, Math.min(end, item.durationMs ?? end));
        if (span.endMs <= span.startMs)
          throw invalid("The clip is empty.", "Give a start before the end: t=12,18.");
        if (span.endMs - span.startMs > longestClipMs)
          throw tooLarge("The clip is longer than two minutes.", "Ask for a shorter stretch.");
        const { signal } = context.req.raw;
        const bytes = await http.long.run(() => clipBytes(http, item, span, signal), signal);
        context.header("content-type", "video/mp4");
        return context.body(bytes);
      },
    );
}

/** Of one date, by their paths. */
function newestFirst(a: MediaItem, b: MediaItem): number {
  const later = (b.takenAt ?? b.modifiedAt) - (a.takenAt ?? a.modifiedAt);
  return later || (a.path < b.path ? -1 : Number(a.path > b.path));
}

/** Where a cut begins a shot; the first one begins with the video. Each ends where the next begins. */
function shotsOf(
  segments: readonly Segment[],
): readonly { readonly startMs: number; readonly endMs: number }[] {
  const frames = segments.flatMap((one) =>
    one.source === "frame" && one.span.kind === "time" ? [{ ...one.span, cut: one.startsShot === true }] : [],
  );
  const starts = frames.filter(({ cut }, n) => cut || n === 0).map(({ startMs }) => startMs);
  const last = Math.max(0, ...frames.map(({ endMs }) => endMs));
  return starts.map((startMs, n) => ({ startMs, endMs: starts[n + 1] ?? last }));
}

async function clipBytes(
  http: HttpContext,
  item: MediaItem,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  signal: AbortSignal,
) {
  const { exportClip } = await http.library();
  return http.withUploads(async (folder) => {
    const out = join(folder, "clip.mp4");
    await exportClip(item.path, startMs, endMs, out, signal);
    const bytes = new Uint8Array(await readFile(out));
    await rm(out);
    return bytes;
  });
}

async function picture(
  context: Context,
  http: HttpContext,
  key: string,
  make: Parameters<HttpContext["pictures"]["get"]>[1],
): Promise<Response> {
  const made = await http.pictures.get(key, () => http.short.run(make, context.req.raw.signal));
  context.header("content-type", "image/jpeg");
  context.header("cache-control", "private, max-age=3600");
  if (made.timeMs !== undefined) context.header("x-frame-time-ms", String(made.timeMs));
  return context.body(made.jpeg);
}

function requireKind(item: MediaItem, kind: MediaItem["kind"]): void {
  if (item.kind !== kind) throw invalid(`This item is of the kind ${item.kind}, not ${kind}.`);
}

function notThere(message: string): Failure {
  return new Failure({ code: "not-found", message, remedy: "GET /media/:id says what there is." });
}
