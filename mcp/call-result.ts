import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import type { Failure } from "../src/media/failure.ts";
import type { HidePaths } from "./hide-paths.ts";
import type { Rest } from "./mcp-tool.ts";

/** Some 7,000 tokens: clients warn at 10,000 and cut at 25,000. */
export const mostResultBytes = 20_000;
const mostDataBytes = 12_000;

export interface ResultParts extends Rest {
  readonly summary: string;
  readonly coverage?: Readonly<Record<string, unknown>>;
}

type Structured = Record<string, unknown>;

/** The same JSON twice, since some clients read only one of them. */
export function structuredResult(structured: Structured): CallToolResult {
  return { content: [{ type: "text", text: JSON.stringify(structured) }], structuredContent: structured };
}

/** As much as a client takes; for the rest an address. Moments go first, since they come best first. */
export function fitResult(parts: ResultParts, keepRest: (rest: Rest) => string): Structured {
  const { summary, coverage, data = {} } = parts;
  const fits = byteLength(data) <= mostDataBytes;
  const head = {
    summary,
    ...(coverage ? { coverage } : {}),
    ...(fits && Object.keys(data).length > 0 ? { data } : {}),
  };
  const moments = fitting(parts.moments, mostResultBytes - byteLength(head));
  const omitted = parts.moments.length - moments.length;
  if (omitted === 0 && fits) return { ...head, moments };
  const rest = keepRest({ moments: parts.moments.slice(moments.length), ...(fits ? {} : { data }) });
  return { ...head, moments, ...(omitted > 0 ? { omitted } : {}), rest };
}

/** The first ones that take no more than so many bytes together. */
export function fitting(moments: readonly unknown[], bytes: number): readonly unknown[] {
  let used = 0;
  const end = moments.findIndex((moment) => {
    used += byteLength(moment) + 1;
    return used > bytes;
  });
  return end < 0 ? moments : moments.slice(0, end);
}

/** What a model or a person can mend, said as a result, so that the model reads it and goes on. */
export function failureResult(error: Failure, hide: HidePaths): CallToolResult {
  return errorResult(`${hide(error.message).replace(/[.\s]+$/, "")}. ${hide(error.remedy)}`);
}

export function errorResult(text: string): CallToolResult {
  return { isError: true, content: [{ type: "text", text: text.slice(0, 4_000) }] };
}

function byteLength(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
