import { z } from "zod";
import { activityKinds } from "../media/activity-event.ts";
import { mediaKinds } from "../media/media-item.ts";
import { segmentSources } from "../media/segment.ts";

/** What the routes answer, for their description; a test holds real answers against it. */

const ms = z.number().int().nonnegative();
const span = { startMs: ms.optional(), endMs: ms.optional(), page: z.number().int().optional() };
const side = z.enum(["left", "right", "top", "bottom"]);
const stretch = z.strictObject({ startMs: ms, endMs: ms });

const event = z.strictObject({
  kind: z.enum(activityKinds),
  ...{ startMs: ms, endMs: ms },
  track: z.number().int().describe("Number of the object within its file; -1 where the camera moves."),
  presence: stretch.describe("The object's whole stay."),
  side: side.optional(),
  from: side.optional(),
  towards: side.optional(),
  size: z.enum(["small", "medium", "large"]),
  area: z.number(),
  colour: z.string(),
  box: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
});

export const forgetAnswer = z.strictObject({
  files: z.number().int(),
  moments: z.number().int(),
  failures: z.number().int().describe("Files that could not be read, and are no longer listed."),
  roots: z.array(z.string()).describe("Indexed folders that left."),
  excluded: z.array(z.string()).describe("Places that stay out of a folder that is still indexed."),
});

const source = z.enum(segmentSources);

const why = z
  .strictObject({
    sources: z.array(source).describe("Everything that speaks for it, the strongest first."),
    words: z.array(z.string()).describe("Words of the query that its text holds or its event fits."),
    snippet: z
      .strictObject({
        text: z.string(),
        marks: z.array(z.tuple([ms, ms])).describe("Start and end of each word in `text`, end excluded."),
      })
      .optional(),
  })
  .describe("Why the moment was found.");

const hit = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(mediaKinds),
  source,
  ...span,
  score: z.number().optional().describe("Comparable within one answer only."),
  text: z.string().optional(),
  event: event.optional(),
  why,
});

export const searchAnswer = z.strictObject({
  hits: z.array(hit).describe("Best first; empty when nothing fits."),
  coverage: z
    .object({
      items: ms,
      videoMs: ms,
      images: ms,
      pages: ms,
      unreadable: ms,
      unknownWords: z.array(z.string()),
    })
    .describe("What was examined."),
});

export const checkAnswer = z.strictObject({
  id: z.string(),
  check: z
    .enum(["pixels", "text", "unchecked", "failed"])
    .describe(
      "`pixels`: the picture shows it; `text`: the index holds the text there; `failed`: neither does.",
    ),
});

const item = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(mediaKinds),
  bytes: ms,
  modifiedAt: z.number(),
  durationMs: ms.optional(),
  width: ms.optional(),
  height: ms.optional(),
  takenAt: z.number().optional(),
  pages: ms.optional(),
});

const segment = z.strictObject({
  source,
  ...span,
  text: z.string().optional(),
  confidence: z.number().optional(),
  event: event.optional(),
});

export const mediaAnswer = z.strictObject({ items: z.array(item) });
export const itemAnswer = item.extend({ segments: z.array(segment), shots: z.array(stretch) });
export const transcriptAnswer = z.strictObject({ id: z.string(), segments: z.array(segment) });
export const feedbackAnswer = z.strictObject({ recorded: z.literal(true) });
export const embeddingAnswer = z.strictObject({ embedding: z.array(z.number()) });

export const failureAnswer = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    remedy: z.string().describe("What to do about it."),
    type: z.string(),
    param: z.null(),
  }),
});
