import { z } from "zod";
import type { Finding } from "../media/citation.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import { plainText } from "../media/plain-text.ts";
import type { Segment, SegmentSource } from "../media/segment.ts";
import { timeMs } from "./common-input.ts";
import { mediaReference, nameOf, resolveMedia } from "./media-reference.ts";
import { refusePageOutside, refuseTimeOutside } from "./read-picture.ts";
import { plural } from "./short-result.ts";
import { defineTool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";

const input = z.strictObject({
  media: mediaReference,
  fromPage: z.int().min(1).optional().describe("For a document: the first page to read, from 1."),
  toPage: z.int().min(1).optional().describe("For a document: the last page to read."),
  startMs: timeMs
    .optional()
    .describe("For a video or audio file: read subtitles and screen text from here, in milliseconds."),
  endMs: timeMs.optional().describe("For a video or audio file: up to here, in milliseconds."),
  skip: z
    .int()
    .nonnegative()
    .default(0)
    .describe("Passages to skip: go on with the `next` of the last result."),
});

type Input = z.output<typeof input>;

const textSources: readonly SegmentSource[] = ["text", "ocr", "subtitle", "caption"];
const mostPassages = 12;
const mostCharsInAll = 8_000;
const mostCharsEach = 3_000;

/** The text of one file in order: pages and sections, what was read on screen, what subtitles say. */
export const readDocument = (deps: Pick<ToolDeps, "store">) =>
  defineTool({
    name: "read_document",
    title: "Read a file's text",
    description:
      "Read the text of one file in order: a document's pages or sections, a video's subtitles and the text on its " +
      "screen, the text in an image. Long texts come in parts: go on with `skip`. To find text, use vector_search.",
    input,
    readOnly: true,
    execute: async (asked, { signal }) => {
      const item = await resolveMedia(deps.store, asked.media, signal);
      refuseOutside(item, asked);
      const segments = await deps.store.segments(item.id, textSources);
      signal.throwIfAborted();
      const passages = segments.filter(
        (segment) => (segment.text ?? "").trim() !== "" && inRange(segment, asked),
      );
      const shown = fill(item, passages.slice(asked.skip));
      const next = asked.skip + shown.length;
      const more = next < passages.length;
      return {
        text: summary(item, passages.length, asked.skip, shown.length),
        findings: shown,
        data: { passages: passages.length, shown: shown.length, ...(more ? { next } : {}) },
      };
    },
  });

function refuseOutside(item: MediaItem, { fromPage, startMs, endMs, toPage }: Input): void {
  if (fromPage !== undefined && item.kind === "document") refusePageOutside(item, fromPage);
  if (startMs !== undefined && item.kind === "video") refuseTimeOutside(item, startMs);
  const emptyPages = fromPage !== undefined && toPage !== undefined && toPage < fromPage;
  const emptyTimes = startMs !== undefined && endMs !== undefined && endMs < startMs;
  if (!emptyPages && !emptyTimes) return;
  throw new Failure({
    code: "invalid-input",
    message: `The range asked of ${nameOf(item)} ends before it begins`,
    remedy: "Give an end that is not before the start.",
  });
}

function inRange({ span }: Segment, { fromPage, toPage, startMs, endMs }: Input): boolean {
  if (span.kind === "page")
    return span.page >= (fromPage ?? 1) && span.page <= (toPage ?? Number.POSITIVE_INFINITY);
  if (span.kind === "time")
    return span.endMs >= (startMs ?? 0) && span.startMs <= (endMs ?? Number.POSITIVE_INFINITY);
  return true;
}

/** As many passages as a result may hold, at least one. */
function fill(item: MediaItem, passages: readonly Segment[]): readonly Finding[] {
  const findings: Finding[] = [];
  let chars = 0;
  for (const { span, source, text = "", confidence, preview } of passages.slice(0, mostPassages)) {
    const clean = plainText(text, mostCharsEach);
    chars += clean.length;
    if (chars > mostCharsInAll && findings.length > 0) break;
    findings.push({
      mediaId: item.id,
      kind: item.kind,
      path: item.path,
      span,
      source,
      text: clean,
      ...(confidence === undefined ? {} : { confidence }),
      ...(preview === undefined ? {} : { preview }),
    });
  }
  return findings;
}

function summary(item: MediaItem, all: number, skip: number, shown: number): string {
  if (all === 0)
    return `No text is known of ${nameOf(item)} there. ocr_reread reads a frame, page or image closely.`;
  if (shown === 0) return `${nameOf(item)} has ${plural(all, "passage")} there; none is left after ${skip}.`;
  const part = shown === all ? plural(all, "passage") : `passages ${skip + 1} to ${skip + shown} of ${all}`;
  const rest = skip + shown < all ? `; go on with skip ${skip + shown}` : "";
  return `${nameOf(item)}: ${part}${rest}.`;
}
