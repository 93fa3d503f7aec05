import { basename } from "node:path";
import { neutralise } from "../src/agent/evidence-text.ts";
import type { ActivityEvent } from "../src/media/activity-event.ts";
import type { Citation, Finding } from "../src/media/citation.ts";
import type { Span } from "../src/media/span.ts";
import { formatSpan } from "../src/media/time-code.ts";
import { frameUri, mediaUri, pageUri } from "./media-uri.ts";

const mostTextChars = 3_000;

/** A finding without a path: an opaque id, a name for people, exact times, and where to read more. */
export function momentJson(finding: Finding): Readonly<Record<string, unknown>> {
  const { mediaId, path, kind, source, span, text, event, confidence, score } = finding;
  return {
    id: mediaId,
    file: neutralise(basename(path), 120),
    kind,
    source,
    ...placeOf(span),
    ...(text === undefined ? {} : { text: neutralise(text, mostTextChars) }),
    ...(event === undefined ? {} : { event: eventJson(event) }),
    ...(confidence === undefined ? {} : { confidence: Math.round(confidence) }),
    ...(score === undefined ? {} : { score: Number(score.toPrecision(4)) }),
    uri: uriOf(finding),
  };
}

export function citationJson(citation: Citation): Readonly<Record<string, unknown>> {
  const { handle, mediaId, path, kind, span, quote, check } = citation;
  return {
    handle,
    id: mediaId,
    file: neutralise(basename(path), 120),
    kind,
    ...placeOf(span),
    ...(quote === undefined ? {} : { quote: neutralise(quote, 500) }),
    check,
    uri: uriOf(citation),
  };
}

function placeOf(span: Span): Readonly<Record<string, unknown>> {
  if (span.kind === "time") return { startMs: span.startMs, endMs: span.endMs, time: formatSpan(span) };
  return span.kind === "page" ? { page: span.page } : {};
}

function eventJson({ kind, colour, size, side, towards, track }: ActivityEvent) {
  return {
    kind,
    colour,
    size,
    object: track,
    ...(side ? { side } : {}),
    ...(towards ? { towards } : {}),
  };
}

/** Of a moment the frame in its middle: at the very edge of an entry there is little to see. */
function uriOf({ mediaId, kind, span }: Pick<Finding, "mediaId" | "kind" | "span">): string {
  if (span.kind === "page") return pageUri(mediaId, span.page);
  if (span.kind === "time" && kind === "video") return frameUri(mediaId, (span.startMs + span.endMs) / 2);
  return mediaUri(mediaId);
}
