import { neutralise } from "../src/agent/evidence-text.ts";
import type { HidePaths } from "./hide-paths.ts";

const mostStringChars = 4_000;

/** Data of a tool with every path shortened and every text harmless; numbers to six digits. */
export function hiddenData(value: unknown, hide: HidePaths): unknown {
  if (typeof value === "string") return neutralise(hide(value), mostStringChars);
  if (typeof value === "number") return Number.isInteger(value) ? value : Number(value.toPrecision(6));
  if (Array.isArray(value)) return value.map((entry) => hiddenData(entry, hide));
  if (typeof value !== "object" || value === null) return value;
  return hiddenFields(Object.entries(value), hide);
}

/** `path` is called `file` outside; pictures made on the way (`paths`) are sent, not named. */
export function hiddenFields(
  entries: readonly (readonly [string, unknown])[],
  hide: HidePaths,
): Readonly<Record<string, unknown>> {
  const kept = entries.filter(([key]) => key !== "paths" && key !== "preview");
  return Object.fromEntries(
    kept.map(([key, entry]) => [key === "path" ? "file" : key, hiddenData(entry, hide)]),
  );
}
