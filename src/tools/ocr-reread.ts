import { z } from "zod";
import type { VotedReading } from "../ingest/ocr/vote.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import { plainText } from "../media/plain-text.ts";
import { type Span, timeSpan } from "../media/span.ts";
import { formatSpan } from "../media/time-code.ts";
import { timeMs } from "./common-input.ts";
import { mediaReference, nameOf, resolveMedia } from "./media-reference.ts";
import { type PicturePlace, type ReadPicture, readPicture, refuseTimeOutside } from "./read-picture.ts";
import { defineTool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";
import { voteFrames } from "./vote-frames.ts";

const fraction = z.number().min(0).max(1);
const region = z
  .strictObject({
    x: fraction.describe("Left edge, 0 to 1 of the picture's width."),
    y: fraction.describe("Top edge, 0 to 1 of the picture's height."),
    width: fraction.gt(0).describe("Width, as a fraction of the picture's."),
    height: fraction.gt(0).describe("Height, as a fraction of the picture's."),
  })
  .refine(
    (box) => box.x + box.width <= 1.0001 && box.y + box.height <= 1.0001,
    "the region leaves the picture",
  );

const input = z.strictObject({
  media: mediaReference,
  timeMs: timeMs
    .optional()
    .describe("For a video: when the text is on screen, in milliseconds; default its start."),
  page: z.int().min(1).optional().describe("For a document: the page, from 1; default 1."),
  region: region.optional().describe("Read only this part, in fractions of the picture; default all of it."),
});

/** Frames this far around the asked time are read as well, and vote: compression blurs one frame, not all. */
const aroundMs = [0, -240, 240];
const verifiedFrom = 85;
const mostTextChars = 1_200;

/** Reads the text of a picture again, thoroughly, and says how far to trust it. */
export const ocrReread = (deps: Pick<ToolDeps, "store" | "pictures" | "reread">) =>
  defineTool({
    name: "ocr_reread",
    title: "Read text closely",
    description:
      "Read the text in an image, a video frame or a document page again, closely: crops, straightens, enlarges and " +
      "cleans it, reads several times, and votes. Returns the text with its confidence and how far the passes agree. " +
      "Use it for small or doubtful text, and before quoting a number.",
    input,
    readOnly: true,
    execute: async ({ media, timeMs: time, page, region: part }, { signal, progress }) => {
      const item = await resolveMedia(deps.store, media, signal, ["image", "video", "document"]);
      const place = {
        ...(time === undefined ? {} : { timeMs: time }),
        ...(page === undefined ? {} : { page }),
      };
      const pictures = await readPictures(deps, item, place, signal);
      const readings: VotedReading[] = [];
      for (const { pixels } of pictures) {
        signal.throwIfAborted();
        readings.push(await deps.reread(pixels, part === undefined ? {} : { region: part }, signal));
        progress({ message: "reading", done: readings.length, total: pictures.length });
      }
      return toResult(item, pictures, readings);
    },
  });

async function readPictures(
  { pictures }: Pick<ToolDeps, "pictures">,
  item: MediaItem,
  place: PicturePlace,
  signal: AbortSignal,
): Promise<readonly ReadPicture[]> {
  if (item.kind !== "video") return [await readPicture(pictures, item, place, signal)];
  const asked = place.timeMs ?? 0;
  refuseTimeOutside(item, asked);
  const last = item.durationMs ?? Number.POSITIVE_INFINITY;
  const times = aroundMs.map((offset) => asked + offset).filter((time) => time >= 0 && time <= last);
  const frames = await pictures.framesAt(item, times, signal);
  const distinct = new Map(frames.map((frame) => [frame.timeMs, frame]));
  const nearestFirst = [...distinct.values()].sort(
    (a, b) => Math.abs(a.timeMs - asked) - Math.abs(b.timeMs - asked),
  );
  if (nearestFirst.length === 0) {
    throw new Failure({
      code: "not-found",
      message: `${nameOf(item)} shows no frame there`,
      remedy: "Try a time that is a little earlier.",
    });
  }
  return nearestFirst.map(({ timeMs: at, pixels }) => ({ pixels, span: timeSpan(at, at) }));
}

function toResult(item: MediaItem, pictures: readonly ReadPicture[], readings: readonly VotedReading[]) {
  const vote = voteFrames(readings);
  const reading = readings[vote.winner]!;
  const where = `${nameOf(item)} ${formatSpan(pictures[vote.winner]!.span)}`.trim();
  const text = plainText(reading.text, mostTextChars);
  const verified = reading.verified && reading.confidence >= verifiedFrom;
  const data = {
    text: reading.text,
    confidence: reading.confidence,
    agreement: reading.agreement,
    verified,
    passes: reading.passes.map(({ name, text: read, confidence }) => ({
      name,
      text: plainText(read, 200),
      confidence,
    })),
    ...(readings.length > 1 ? { frames: readings.length, frameAgreement: vote.agreement } : {}),
  };
  if (text === "") return { text: `No text could be read in ${where}.`, findings: [], data };
  const passes = reading.passes.map(({ name, confidence }) => `${name} ${Math.round(confidence)}`).join(", ");
  const frames =
    readings.length > 1
      ? `; ${Math.round(vote.agreement * readings.length)} of ${readings.length} frames alike`
      : "";
  const trust = verified ? "verified" : "unverified";
  return {
    text:
      `Read in ${where}, ${trust}: confidence ${Math.round(reading.confidence)} of 100, ` +
      `${Math.round(reading.agreement * 100)} % of ${reading.passes.length} passes agree (${passes})${frames}.`,
    findings: [
      {
        mediaId: item.id,
        kind: item.kind,
        path: item.path,
        span: spanOf(pictures),
        source: "ocr" as const,
        text,
        confidence: reading.confidence,
      },
    ],
    data,
  };
}

/** The frame nearest to the asked time: the others only vote. */
function spanOf(pictures: readonly ReadPicture[]): Span {
  return pictures[0]!.span;
}
