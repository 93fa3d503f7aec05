/** Where in a media item something is. Times are integer milliseconds from the item's start; pages count from 1. */
export type Span =
  | { readonly kind: "whole" }
  | { readonly kind: "time"; readonly startMs: number; readonly endMs: number }
  | { readonly kind: "page"; readonly page: number };

export type TimeSpan = Extract<Span, { kind: "time" }>;

export const wholeSpan: Span = { kind: "whole" };

export function timeSpan(startMs: number, endMs: number): TimeSpan {
  return { kind: "time", startMs: Math.round(startMs), endMs: Math.round(Math.max(startMs, endMs)) };
}

export function pageSpan(page: number): Span {
  return { kind: "page", page };
}

/** Equal spans have equal keys; used to pair rows and hits. */
export function spanKey(span: Span): string {
  if (span.kind === "time") return `t${span.startMs}-${span.endMs}`;
  return span.kind === "page" ? `p${span.page}` : "whole";
}
