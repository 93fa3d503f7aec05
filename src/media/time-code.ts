import type { Span } from "./span.ts";

/** 62_500 → "1:02.5". From an hour on "1:00:02.5". */
export function formatTimeCode(ms: number): string {
  const tenths = Math.round(ms / 100);
  const hours = Math.floor(tenths / 36_000);
  const minutes = Math.floor(tenths / 600) - hours * 60;
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/** "0:15.0–0:18.9", "0:15.0" for an instant, "p. 3" for a page, "" for a whole item. */
export function formatSpan(span: Span): string {
  if (span.kind === "page") return `p. ${span.page}`;
  if (span.kind === "whole") return "";
  const start = formatTimeCode(span.startMs);
  const end = formatTimeCode(span.endMs);
  return start === end ? start : `${start}–${end}`;
}

/** "12", "12.4", "1:02.5" or "1:00:02.5" → milliseconds; undefined when it is none of these. */
export function parseTimeCode(text: string): number | undefined {
  const match = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d+)?)$/.exec(text.trim());
  if (!match) return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = match;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}
