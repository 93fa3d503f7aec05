import { randomUUID } from "node:crypto";
import { Failure } from "../src/media/failure.ts";
import { fitting, mostResultBytes } from "./call-result.ts";
import type { Rest } from "./mcp-tool.ts";
import type { ResourceSource } from "./resource-source.ts";

const mostKept = 20;

/** What results of this session had no room for, for as long as the newest twenty of them. */
export function openRestResources() {
  const kept = new Map<string, Rest>();
  const keep = (rest: Rest): string => {
    const key = randomUUID();
    kept.set(key, rest);
    for (const old of [...kept.keys()].slice(0, -mostKept)) kept.delete(old);
    return `rest://${key}`;
  };
  const source: ResourceSource = {
    templates: [
      {
        uriTemplate: "rest://{key}{?from}",
        name: "rest",
        title: "The rest of a result",
        description: "What a result had no room for; its address stands in the result as `rest`.",
        mimeType: "application/json",
      },
    ],
    list: async () => [],
    read: async (uri) => {
      const match = /^rest:\/\/([0-9a-f-]{36})(?:\?from=(\d{1,6}))?$/.exec(uri);
      if (!match) return undefined;
      const rest = kept.get(match[1] ?? "");
      if (!rest) throw forgotten();
      const page = pageOf(rest, Number(match[2] ?? 0), `rest://${match[1]}`);
      return [{ uri, mimeType: "application/json", text: JSON.stringify(page) }];
    },
  };
  return { keep, source };
}

/** The data come with the first part; an answer of a resource may be larger than a tool's. */
function pageOf({ moments, data }: Rest, from: number, address: string) {
  const shown = fitting(moments.slice(from), mostResultBytes);
  const next = from + shown.length;
  return {
    moments: shown,
    ...(from === 0 && data ? { data } : {}),
    ...(next < moments.length && shown.length > 0 ? { rest: `${address}?from=${next}` } : {}),
  };
}

function forgotten(): Failure {
  return new Failure({
    code: "not-found",
    message: "The rest of this result is no longer kept",
    remedy: "Call the tool again, with a narrower question or a smaller limit.",
  });
}
