import { join } from "node:path";
import { z } from "zod";
import { askEyes, type EyesPicture } from "../chat/ask-eyes.ts";
import type { ChatModel } from "../chat/chat-model.ts";
import type { Finding } from "../media/citation.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import { plainText } from "../media/plain-text.ts";
import { pageSpan, type Span, timeSpan, wholeSpan } from "../media/span.ts";
import { formatSpan } from "../media/time-code.ts";
import { timeMs } from "./common-input.ts";
import { mediaReference, nameOf, resolveMedia } from "./media-reference.ts";
import { refusePageOutside, refuseTimeOutside } from "./read-picture.ts";
import { scratchName } from "./scratch-pictures.ts";
import { plural } from "./short-result.ts";
import { defineTool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";

const input = z.strictObject({
  media: mediaReference,
  question: z
    .string()
    .min(1)
    .max(500)
    .describe("What to look for in the pictures: `Is the person carrying a bag? What colour is it?`"),
  timesMs: z
    .array(timeMs)
    .min(1)
    .max(8)
    .optional()
    .describe("For a video: the times of the frames, in milliseconds; at most 8, close together."),
  page: z.int().min(1).optional().describe("For a document: the page, from 1."),
});

/** The model that looks, beside what reads the pictures. */
type LookDeps = Pick<ToolDeps, "store" | "pictures" | "scratchFolder" | "savePicture"> & {
  readonly eyes: ChatModel;
};

const longestSide = 1024;
const longestObservation = 500;

/** Shows frames to the eyes, with a question, and ties what they say to each frame. */
export const look = (deps: LookDeps) =>
  defineTool({
    name: "look",
    title: "Look at pictures",
    description:
      "Show frames of a video (at most 8, with their exact times), an image or a page to the eyes with a question, and get " +
      "an observation for each picture. Use it after a search, on the few seconds that matter.",
    input,
    readOnly: true,
    execute: async (asked, { signal, progress }) => {
      const item = await resolveMedia(deps.store, asked.media, signal, ["video", "image", "document"]);
      const seen = await picturesOf(deps, item, asked, signal);
      const findings: Finding[] = [];
      for (const [index, { span, picture }] of seen.entries()) {
        progress({ message: formatSpan(span) || nameOf(item), done: index, total: seen.length });
        const said = plainText(
          await askEyes(deps.eyes, [picture], asked.question, signal),
          longestObservation,
        );
        findings.push({
          mediaId: item.id,
          kind: item.kind,
          path: item.path,
          span,
          source: "frame",
          preview: picture.imagePath,
          ...(said === "" ? {} : { text: said }),
        });
      }
      progress({ message: nameOf(item), done: seen.length, total: seen.length });
      const silent = findings.filter(({ text }) => text === undefined).length;
      return {
        text:
          `${deps.eyes.name} looked at ${plural(seen.length, "picture")} of ${nameOf(item)}.` +
          (silent > 0 ? ` It said nothing of ${silent} of them.` : ""),
        findings,
        imagePaths: seen.map(({ picture }) => picture.imagePath),
        data: { question: plainText(asked.question, 500) },
      };
    },
  });

interface Seen {
  readonly span: Span;
  readonly picture: EyesPicture;
}

async function picturesOf(
  deps: LookDeps,
  item: MediaItem,
  { timesMs, page = 1 }: z.output<typeof input>,
  signal: AbortSignal,
): Promise<readonly Seen[]> {
  const keep = async (pixels: Parameters<LookDeps["savePicture"]>[0], name: string): Promise<string> => {
    const path = join(deps.scratchFolder, `look-${scratchName(item.id)}-${name}.jpg`);
    await deps.savePicture(pixels, path);
    return path;
  };
  if (item.kind === "image") {
    const pixels = await deps.pictures.image(item, signal, { longestSide });
    return [{ span: wholeSpan, picture: { imagePath: await keep(pixels, "whole") } }];
  }
  if (item.kind === "document") {
    refusePageOutside(item, page);
    const pixels = await deps.pictures.page(item, page, signal, { longestSide });
    return [{ span: pageSpan(page), picture: { imagePath: await keep(pixels, `p${page}`) } }];
  }
  if (timesMs === undefined) {
    throw new Failure({
      code: "invalid-input",
      message: `Which moments of ${nameOf(item)}?`,
      remedy: "Give timesMs: up to 8 times in milliseconds. find_moments and vector_search find them.",
    });
  }
  for (const time of timesMs) refuseTimeOutside(item, time);
  const frames = await deps.pictures.framesAt(item, timesMs, signal, { longestSide });
  const seen: Seen[] = [];
  for (const { timeMs: exact, pixels } of frames) {
    const imagePath = await keep(pixels, `${exact}ms`);
    seen.push({ span: timeSpan(exact, exact), picture: { imagePath, timeMs: exact } });
  }
  return seen;
}
