import { basename } from "node:path";
import type { AgentEvent } from "../agent/agent-event.ts";
import type { ActivityEvent } from "../media/activity-event.ts";
import type { Citation, Finding } from "../media/citation.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Segment } from "../media/segment.ts";
import { pageSpan, type Span, timeSpan, wholeSpan } from "../media/span.ts";
import { whyOf } from "./why.ts";

interface Place {
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  readonly page?: number | undefined;
}

/** What the API tells: opaque ids and file names, never a path of the disk. */

export function itemJson(item: MediaItem) {
  const { path, copies: _, sidecarsAt: __, ...facts } = item;
  return { ...facts, name: basename(path) };
}

export function segmentJson({ source, span, text, confidence, event }: Segment) {
  return {
    source,
    ...spanJson(span),
    ...(text === undefined ? {} : { text }),
    ...(confidence === undefined ? {} : { confidence }),
    ...eventJsonOf(event),
  };
}

/** `queryWords`: what was searched for, in words. */
export function hitJson(finding: Finding, queryWords: Parameters<typeof whyOf>[1]) {
  const { mediaId, path, kind, source, span, score, text, event } = finding;
  return {
    id: mediaId,
    name: basename(path),
    kind,
    source,
    ...spanJson(span),
    ...(score === undefined ? {} : { score }),
    ...(text === undefined ? {} : { text }),
    ...eventJsonOf(event),
    why: whyOf(finding, queryWords),
  };
}

export function citationJson({ handle, mediaId, kind, path, span, quote, event, check }: Citation) {
  return {
    handle,
    id: mediaId,
    name: basename(path),
    kind,
    span,
    ...spanJson(span),
    ...(quote === undefined ? {} : { quote }),
    ...eventJsonOf(event),
    check,
  };
}

/** `from` says of every kind of event where its object came from or stands; `side` is the same. */
function eventJsonOf(event: ActivityEvent | undefined) {
  return event === undefined ? {} : { event: { ...event, ...(event.side ? { from: event.side } : {}) } };
}

/** An agent event with its citations as the API tells them. */
export function eventJson(event: AgentEvent) {
  if (event.type === "citation") return { ...event, citation: citationJson(event.citation) };
  if (event.type === "run-end") return { ...event, citations: event.citations.map(citationJson) };
  return event;
}

/** A place as a client names it. */
export function spanOf({ startMs, endMs, page }: Place): Span {
  if (page !== undefined) return pageSpan(page);
  return startMs === undefined ? wholeSpan : timeSpan(startMs, endMs ?? startMs);
}

function spanJson(span: Span): { startMs?: number; endMs?: number; page?: number } {
  if (span.kind === "time") return { startMs: span.startMs, endMs: span.endMs };
  return span.kind === "page" ? { page: span.page } : {};
}
