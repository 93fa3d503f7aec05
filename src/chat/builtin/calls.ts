import type { PictureSide } from "../../media/activity-event.ts";
import type { Evidence } from "../../media/citation.ts";
import type { ColourName } from "../../media/colour-name.ts";
import type { MediaKind } from "../../media/media-item.ts";
import type { SegmentSource } from "../../media/segment.ts";
import type { EventWish } from "./lexicon.ts";
import type { Question } from "./question.ts";

/** A tool call before it has an id. Names and inputs are those of `src/tools`. */
export interface PlannedCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export const textSources: readonly SegmentSource[] = ["ocr", "text", "subtitle", "caption", "metadata"];

export interface FindMomentsInput {
  readonly what: EventWish;
  readonly colour?: ColourName;
  readonly side?: PictureSide;
  readonly towards?: PictureSide;
  readonly media?: string;
  readonly startMs?: number;
  readonly endMs?: number;
  readonly from?: string;
  readonly to?: string;
}

export function findMoments(input: FindMomentsInput): PlannedCall {
  return { name: "find_moments", input: { ...input, limit: 50 } };
}

export interface SearchInput {
  readonly query: string;
  readonly kinds?: readonly MediaKind[];
  readonly sources?: readonly SegmentSource[];
  readonly media?: string;
  readonly from?: string;
  readonly to?: string;
}

export function search(input: SearchInput): PlannedCall {
  return { name: "vector_search", input: { ...input, query: input.query.slice(0, 500), limit: 12 } };
}

export interface ListInput {
  readonly kind?: MediaKind;
  readonly name?: string;
  readonly place?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sort?: "newest" | "oldest" | "name" | "longest" | "largest";
}

export function listMedia(input: ListInput): PlannedCall {
  return { name: "list_media", input: { ...input, limit: 50 } };
}

export function readDocument(input: {
  readonly media: string;
  readonly fromPage?: number;
  readonly toPage?: number;
  readonly startMs?: number;
  readonly endMs?: number;
}): PlannedCall {
  return { name: "read_document", input };
}

/** Reads the picture that the evidence points at: the middle of its span. */
export function readClosely(evidence: Evidence): PlannedCall {
  const { span, path: media } = evidence;
  const timeMs = span.kind === "time" ? { timeMs: Math.round((span.startMs + span.endMs) / 2) } : {};
  const page = span.kind === "page" ? { page: span.page } : {};
  return { name: "ocr_reread", input: { media, ...timeMs, ...page } };
}

export function exportClip(evidence: Evidence): PlannedCall | undefined {
  if (evidence.span.kind !== "time") return undefined;
  const { startMs, endMs } = evidence.span;
  const instant = endMs - startMs < 1000;
  const start = instant ? Math.max(0, startMs - 1000) : startMs;
  return {
    name: "export_clip",
    input: { media: evidence.path, startMs: start, endMs: instant ? endMs + 1000 : endMs },
  };
}

/** The days that the question names. */
export function datesOf({ date }: Question): { from?: string; to?: string } {
  return date ? { from: date.from, to: date.to } : {};
}

export function mediaOf({ fileNames }: Question): { media?: string } {
  return fileNames[0] ? { media: fileNames[0] } : {};
}
