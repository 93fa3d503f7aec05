import { basename } from "node:path";
import { z } from "zod";
import type { Finding } from "../media/citation.ts";
import { dateOf, factLine } from "../media/fact-line.ts";
import type { MediaItem } from "../media/media-item.ts";
import { plainText } from "../media/plain-text.ts";
import { wholeSpan } from "../media/span.ts";
import { everything } from "../retrieval/coverage.ts";
import { filterInput, filterOf } from "./common-input.ts";
import { countKinds } from "./media-reference.ts";
import { defineTool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";

const input = z.strictObject({
  kind: z.enum(["image", "video", "audio", "document"]).optional().describe("Only files of this kind."),
  name: z.string().min(1).max(200).optional().describe("Only files whose name contains this."),
  place: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("Only files taken at a place whose name contains this."),
  folder: filterInput.folder,
  from: filterInput.from,
  to: filterInput.to,
  sort: z
    .enum(["newest", "oldest", "name", "longest", "largest"])
    .default("newest")
    .describe("Order: by date, name, duration or size on disk. For the latest file: newest with limit 1."),
  limit: z
    .int()
    .min(1)
    .max(50)
    .default(20)
    .describe("At most this many; the count is always of all that fit."),
});

/** What files the library holds, and what they say of themselves. */
export const listMedia = (deps: Pick<ToolDeps, "store">) =>
  defineTool({
    name: "list_media",
    title: "List files",
    description:
      "List the library's files with their facts: kind, date, duration, size, place, camera, pages. Filters by kind, " +
      "name, place, folder and date. Use it for how many files there are, the latest one, and to learn names.",
    input,
    readOnly: true,
    execute: async ({ kind, name, place, sort, limit, folder, from, to }, { signal }) => {
      const filter = await filterOf(deps.store, { folder, from, to }, signal);
      const all = await deps.store.list({
        ...filter,
        ...(kind === undefined ? {} : { kinds: [kind] }),
        limit: everything,
      });
      signal.throwIfAborted();
      const fitting = all
        .filter((item) => name === undefined || holds(basename(item.path), name))
        .filter((item) => place === undefined || holds(item.placeName ?? "", place))
        .sort(orders[sort]);
      const shown = fitting.slice(0, limit);
      const rest = fitting.length - shown.length;
      return {
        text: `${countKinds(fitting)}${rest > 0 ? `; ${sort} ${shown.length} shown` : ""}.`,
        findings: shown.map(toFinding),
        data: {
          total: fitting.length,
          byKind: countBy(fitting),
          totalDurationMs: fitting.reduce((sum, item) => sum + (item.durationMs ?? 0), 0),
          items: shown.map(factsOf),
        },
      };
    },
  });

const orders = {
  newest: (a: MediaItem, b: MediaItem) => dateOf(b) - dateOf(a),
  oldest: (a: MediaItem, b: MediaItem) => dateOf(a) - dateOf(b),
  name: (a: MediaItem, b: MediaItem) =>
    basename(a.path).localeCompare(basename(b.path), "en", { numeric: true }),
  longest: (a: MediaItem, b: MediaItem) => (b.durationMs ?? 0) - (a.durationMs ?? 0),
  largest: (a: MediaItem, b: MediaItem) => b.bytes - a.bytes,
};

function holds(text: string, part: string): boolean {
  return text.normalize("NFC").toLowerCase().includes(part.normalize("NFC").toLowerCase());
}

function countBy(items: readonly MediaItem[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of items) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function factsOf(item: MediaItem) {
  const { id, kind, path, bytes, durationMs, width, height, pages, camera, placeName, title, place } = item;
  const words = { camera, placeName, title };
  const said = Object.entries(words).filter(([, text]) => text !== undefined);
  return {
    id,
    kind,
    path,
    name: basename(path),
    bytes,
    date: new Date(dateOf(item)).toISOString(),
    ...Object.fromEntries(said.map(([key, text]) => [key, plainText(text ?? "", 120)])),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(width === undefined || height === undefined ? {} : { width, height }),
    ...(pages === undefined ? {} : { pages }),
    ...(place === undefined ? {} : { place }),
  };
}

function toFinding(item: MediaItem): Finding {
  const text = factLine(item);
  return { mediaId: item.id, kind: item.kind, path: item.path, span: wholeSpan, source: "metadata", text };
}
