import { z } from "zod";
import { activityKinds } from "../media/activity-event.ts";
import { colourNames } from "../media/colour-name.ts";
import { mediaKinds } from "../media/media-item.ts";
import { segmentSources } from "../media/segment.ts";

/**
 * What the routes answer. The description at /openapi.json, the types of what the routes send and those of the typed
 * client all come from here; a test holds real answers against it.
 */

/** What a route may send where `Schema` describes its answer. */
export type Told<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

export const ms = z.number().int().nonnegative();
export const spanFields = { startMs: ms.optional(), endMs: ms.optional(), page: z.number().int().optional() };
const side = z.enum(["left", "right", "top", "bottom"]);
const stretch = z.strictObject({ startMs: ms, endMs: ms });

export const eventAnswer = z.strictObject({
  kind: z.enum(activityKinds),
  ...{ startMs: ms, endMs: ms },
  track: z.number().int().describe("Number of the object within its file; -1 where the camera moves."),
  presence: stretch.describe("The object's whole stay."),
  side: side.optional(),
  from: side.optional(),
  towards: side.optional(),
  size: z.enum(["small", "medium", "large"]),
  area: z.number(),
  colour: z.enum(colourNames),
  box: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
});

export const forgetAnswer = z.strictObject({
  files: z.number().int(),
  moments: z.number().int(),
  failures: z.number().int().describe("Files that could not be read, and are no longer listed."),
  roots: z.array(z.string()).describe("Indexed folders that left."),
  excluded: z.array(z.string()).describe("Places that stay out of a folder that is still indexed."),
});

export const source = z.enum(segmentSources);

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
  ...spanFields,
  score: z.number().optional().describe("Comparable within one answer only."),
  text: z.string().optional(),
  event: eventAnswer.optional(),
  why,
});

export const searchAnswer = z.strictObject({
  hits: z.array(hit).describe("Best first; empty when nothing fits."),
  coverage: z
    .strictObject({
      items: ms,
      videoMs: ms,
      images: ms,
      pages: ms,
      segments: ms,
      unreadable: ms,
      unknownWords: z.array(z.string()),
    })
    .describe("What was examined."),
});

export const check = z
  .enum(["pixels", "text", "unchecked", "failed"])
  .describe(
    "`pixels`: the picture shows it; `text`: the index holds the text there; `failed`: neither does.",
  );

export const checkAnswer = z.strictObject({
  id: z.string(),
  check,
});

const item = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(mediaKinds),
  bytes: ms,
  modifiedAt: z.number().describe("Epoch milliseconds."),
  durationMs: z.number().optional(),
  width: ms.optional(),
  height: ms.optional(),
  takenAt: z.number().optional().describe("Epoch milliseconds."),
  camera: z.string().optional(),
  place: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
  placeName: z.string().optional(),
  pages: ms.optional(),
  title: z.string().optional(),
  framesPerSecond: z.number().optional(),
  codec: z.string().optional(),
  hasAudio: z.boolean().optional(),
});

const segment = z.strictObject({
  source,
  ...spanFields,
  text: z.string().optional(),
  confidence: z.number().optional(),
  event: eventAnswer.optional(),
});

export const mediaAnswer = z.strictObject({ items: z.array(item) });
export const itemAnswer = item.extend({ segments: z.array(segment), shots: z.array(stretch) });
export const transcriptAnswer = z.strictObject({ id: z.string(), segments: z.array(segment) });
export const feedbackAnswer = z.strictObject({ recorded: z.literal(true) });
export const embeddingAnswer = z.strictObject({ embedding: z.array(z.number()) });

export const healthAnswer = z.strictObject({ status: z.literal("ok"), version: z.string() });
