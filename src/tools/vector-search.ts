import { z } from "zod";
import type { Attachment } from "../media/attachment.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Pixels } from "../media/pixels.ts";
import { plainText } from "../media/plain-text.ts";
import { segmentSources } from "../media/segment.ts";
import { parseClipReference } from "../retrieval/clip-reference.ts";
import { type QueryClip, readClip } from "../retrieval/clip-search.ts";
import { type Moment, toFinding } from "../retrieval/moment.ts";
import type { SearchRequest, SearchResult } from "../retrieval/search.ts";
import { attachedAt, outside, wrongAttachment } from "./attached-media.ts";
import { filterInput, filterOf, timeMs } from "./common-input.ts";
import { mediaReference, resolveMedia } from "./media-reference.ts";
import { readPicture } from "./read-picture.ts";
import { examined, neutral, plural } from "./short-result.ts";
import { defineTool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";

const input = z.strictObject({
  query: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe("What to look for, in words, English or Chinese: `red car`, `invoice March`, `error dialog`."),
  image: mediaReference
    .optional()
    .describe(
      "Find what looks like this picture: file name, path or id in the library, or `#1` for the first attachment.",
    ),
  imageTimeMs: timeMs
    .optional()
    .describe("Where `image` is a video: the time of the frame to compare, in milliseconds."),
  clip: z
    .string()
    .max(1000)
    .optional()
    .describe(
      "Find moments that run like this piece of a video, start and end in seconds: `party.mp4#t=12,18`; or `#1` for an attachment.",
    ),
  kinds: z
    .array(z.enum(["image", "video", "audio", "document"]))
    .min(1)
    .optional()
    .describe("Only files of these kinds."),
  sources: z
    .array(z.enum(segmentSources))
    .min(1)
    .optional()
    .describe("Only what was seen (frame), happened (event), was read (ocr, text) or said (subtitle)."),
  ...filterInput,
  limit: z.int().min(1).max(20).default(8).describe("At most this many moments, best first."),
});

type Input = z.output<typeof input>;

/** Search by words, by picture, by clip, or several together. */
export const vectorSearch = (deps: Pick<ToolDeps, "store" | "search" | "pictures">) =>
  defineTool({
    name: "vector_search",
    title: "Search the library",
    description:
      "Search pictures, video frames, activity events, text in pictures (OCR), subtitles and documents for words, " +
      "for something that looks like a picture, or for a clip. Returns the moments that match, best first, and how much " +
      "was examined. An empty result means: not found. Words the picture search does not know are named.",
    input,
    readOnly: true,
    execute: async (asked, { signal, attachments = [] }) => {
      const request = await requestOf(deps, asked, attachments, signal);
      return toResult(await deps.search.search(request, signal), asked);
    },
  });

async function requestOf(
  deps: Pick<ToolDeps, "store" | "pictures">,
  asked: Input,
  attachments: readonly Attachment[],
  signal: AbortSignal,
): Promise<SearchRequest> {
  signal.throwIfAborted();
  const { query, image, imageTimeMs, clip, kinds, sources, limit } = asked;
  if (query === undefined && image === undefined && clip === undefined) {
    throw new Failure({
      code: "invalid-input",
      message: "Nothing to look for",
      remedy: "Give `query` (words), `image` (a file) or `clip` (file#t=12,18).",
    });
  }
  const filter = await filterOf(deps.store, asked, signal);
  const imagePixels =
    image === undefined ? undefined : await pictureOf(deps, image, imageTimeMs, attachments, signal);
  const queryClip = clip === undefined ? undefined : await clipOf(deps, clip, attachments, signal);
  return {
    filter: {
      ...filter,
      ...(kinds === undefined ? {} : { kinds }),
      ...(sources === undefined ? {} : { sources }),
    },
    limit,
    refine: image === undefined ? 2 : 3,
    ...(query === undefined ? {} : { text: query }),
    ...(imagePixels === undefined ? {} : { imagePixels }),
    ...(queryClip === undefined ? {} : { clip: queryClip }),
  };
}

async function pictureOf(
  { store, pictures }: Pick<ToolDeps, "store" | "pictures">,
  reference: string,
  time: number | undefined,
  attachments: readonly Attachment[],
  signal: AbortSignal,
): Promise<Pixels> {
  const attached = attachedAt(reference, attachments);
  if (attached?.kind === "image") return pictures.image(outside("image", attached.path), signal);
  if (attached) throw wrongAttachment(reference, "a clip", "clip");
  const item = await resolveMedia(store, reference, signal, ["image", "video", "document"]);
  const picture = await readPicture(pictures, item, time === undefined ? {} : { timeMs: time }, signal);
  return picture.pixels;
}

async function clipOf(
  { store, pictures }: Pick<ToolDeps, "store" | "pictures">,
  reference: string,
  attachments: readonly Attachment[],
  signal: AbortSignal,
): Promise<QueryClip> {
  const attached = attachedAt(reference, attachments);
  if (attached?.kind === "image") throw wrongAttachment(reference, "a picture", "image");
  if (attached) {
    const [known] = await store.list({ under: attached.path, limit: 1 });
    return readClip(
      pictures,
      known ?? outside("video", attached.path),
      attached.startMs,
      attached.endMs,
      signal,
    );
  }
  const { path, startMs, endMs } = parseClipReference(reference);
  const item: MediaItem = await resolveMedia(store, path, signal, ["video"]);
  return readClip(pictures, item, startMs, endMs ?? item.durationMs ?? startMs + 10_000, signal);
}

function toResult({ moments, coverage }: SearchResult, asked: Input) {
  const notes = [
    moments.length === 0
      ? `Not found: ${examined(coverage)}.`
      : `${plural(moments.length, "moment")}; ${examined(coverage)}.`,
    unknownNote(coverage.unknownWords, moments.length),
    moments.some((moment) => moment.throughout) ? throughoutNote : "",
  ];
  return {
    text: notes.filter((note) => note !== "").join("\n"),
    findings: moments.map((moment) => neutral(toFinding(moment))),
    coverage,
    data: {
      count: moments.length,
      ...(asked.query === undefined ? {} : { query: plainText(asked.query, 200) }),
      ...indexesOf(moments, "throughout"),
      ...indexesOf(moments, "same"),
    },
  };
}

const throughoutNote =
  "Some videos match throughout, by their background; the frame given for them is merely the most alike.";

/** Which moments, counted from 0, carry a mark. */
function indexesOf(moments: readonly Moment[], mark: "throughout" | "same") {
  const marked = moments.flatMap((moment, i) => (moment[mark] ? [i] : []));
  return marked.length === 0 ? {} : { [mark]: marked };
}

function unknownNote(unknownWords: readonly string[], found: number): string {
  if (unknownWords.length === 0) return "";
  const words = unknownWords.map((word) => `"${plainText(word, 40)}"`).join(", ");
  const caution =
    found > 0
      ? " What is listed need not be that: it holds the word as text, or something of that colour moves."
      : "";
  return `No picture word for ${words}: searched text and events only.${caution} Words of colour, light and scene alone find what looks so.`;
}
