import { basename } from "node:path";
import type { AgentEvent } from "../agent/agent-event.ts";
import type { Citation, Finding } from "../media/citation.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Segment } from "../media/segment.ts";
import type { Span } from "../media/span.ts";

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
    ...(event === undefined ? {} : { event: { ...event, ...(event.side ? { from: event.side } : {}) } }),
  };
}

export function hitJson(finding: Finding) {
  const { mediaId, path, kind, source, span, score, text, event } = finding;
  return {
    id: mediaId,
    name: basename(path),
    kind,
    source,
    ...spanJson(span),
    ...(score === undefined ? {} : { score }),
    ...(text === undefined ? {} : { text }),
    ...(event === undefined ? {} : { event: { ...event, ...(event.side ? { from: event.side } : {}) } }),
  };
}

export function citationJson({ handle, mediaId, kind, path, span, quote, check }: Citation) {
  return {
    handle,
    id: mediaId,
    name: basename(path),
    kind,
    span,
    ...spanJson(span),
    ...(quote === undefined ? {} : { quote }),
    check,
  };
}

/** An agent event with its citations as the API tells them. */
export function eventJson(event: AgentEvent) {
  if (event.type === "citation") return { ...event, citation: citationJson(event.citation) };
  if (event.type === "run-end") return { ...event, citations: event.citations.map(citationJson) };
  return event;
}

function spanJson(span: Span): { startMs?: number; endMs?: number; page?: number } {
  if (span.kind === "time") return { startMs: span.startMs, endMs: span.endMs };
  return span.kind === "page" ? { page: span.page } : {};
}
