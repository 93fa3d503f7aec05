import { Hono } from "hono";
import { validator } from "hono-openapi";
import type { z } from "zod";
import type { ActivityEvent } from "../media/activity-event.ts";
import type { Finding } from "../media/citation.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Segment } from "../media/segment.ts";
import { type Span, spanKey } from "../media/span.ts";
import { checkAnswer, type Told } from "./answer-schemas.ts";
import type { HttpContext } from "./http-context.ts";
import { spanOf } from "./json-shapes.ts";
import { describeApi } from "./route-docs.ts";
import { checkBody } from "./schemas.ts";
import { refuseInvalid } from "./validation.ts";

type Moment = z.output<typeof checkBody>;

/**
 * `POST /check`: the verdict on one moment of a search, tested as the citations of an answer are. It decodes, so it
 * is no part of the search: whoever shows hits asks for those that a person sees.
 */
export function checkRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({
      summary: "Test a moment of a search against its file: `pixels`, `text`, `unchecked` or `failed`",
      answer: checkAnswer,
      refuses: [400, 404, 429],
    }),
    validator("json", checkBody, refuseInvalid),
    async (context) => {
      const moment = context.req.valid("json");
      const { signal } = context.req.raw;
      const item = await http.item(moment.id);
      const library = await http.library();
      const check = await http.checks.run(async () => {
        const segments = moment.source === "event" ? await library.store.segments(item.id, ["event"]) : [];
        return library.check(findingOf(moment, item, segments), signal);
      }, signal);
      return context.json<Told<typeof checkAnswer>>({ id: item.id, check });
    },
  );
}

/** What happened is taken from the index: a client names it, it cannot make it up. */
function findingOf(moment: Moment, item: MediaItem, segments: readonly Segment[]): Finding {
  const { source } = moment;
  const text = moment.text ?? (source === "frame" ? moment.query : undefined);
  const span = spanOf(moment);
  const event = moment.source === "event" ? eventOf(moment, span, segments) : undefined;
  return {
    mediaId: item.id,
    kind: item.kind,
    path: item.path,
    span,
    source,
    ...(text === undefined ? {} : { text }),
    ...(event === undefined ? {} : { event }),
  };
}

/** The event that is named, or else the one of exactly this span. */
function eventOf(moment: Moment, span: Span, segments: readonly Segment[]): ActivityEvent | undefined {
  const wanted = moment.event;
  const known = segments.find((segment) =>
    wanted
      ? segment.event?.kind === wanted.kind &&
        segment.event.track === wanted.track &&
        segment.event.startMs === wanted.startMs
      : spanKey(segment.span) === spanKey(span),
  );
  return known?.event;
}
