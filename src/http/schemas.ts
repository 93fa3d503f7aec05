import { z } from "zod";
import { activityKinds } from "../media/activity-event.ts";
import { mediaKinds } from "../media/media-item.ts";
import { segmentSources } from "../media/segment.ts";

/** What the routes take. Form fields are text, so numbers are read from text, too. */

const wholeMs = z.coerce.number<number | string>().int().nonnegative();
const kind = z.enum(mediaKinds);
const mediaId = z.string().min(1).max(128).describe("The id of an item, from GET /media.");
const scope = z
  .string()
  .min(1)
  .max(4096)
  .describe("Only this item (id), or what was indexed under this path.");

export const mediaQuery = z.object({
  kind: kind.optional(),
  in: scope.optional(),
  limit: z.coerce
    .number<number | string>()
    .int()
    .min(1)
    .max(10_000)
    .default(500)
    .describe("Of more than these the oldest are left out."),
});

export const forgetQuery = z.object({
  path: z
    .string()
    .min(1)
    .max(4096)
    .describe("Absolute path of a file or folder; it need not exist any more."),
});

export const pictureQuery = z.object({
  w: z.coerce
    .number<number | string>()
    .int()
    .min(16)
    .max(2048)
    .default(640)
    .describe("Longest side of the answer, in pixels."),
});

export const frameQuery = pictureQuery.extend({
  t: z.coerce.number<number | string>().nonnegative().describe("Seconds from the video's start."),
});

export const clipQuery = z.object({
  t: z
    .string()
    .regex(/^\d+(?:\.\d+)?,\d+(?:\.\d+)?$/)
    .describe("Start and end in seconds: `12,18`."),
});

/** Either an object of a JSON body, or its JSON text in a form. */
const part = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value: z.input<Schema> | string) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }, schema);

export const searchBody = z.object({
  text: z.string().max(500).optional(),
  kind: kind.optional(),
  in: scope.optional(),
  limit: z.coerce.number<number | string>().int().min(1).max(100).default(20),
  refine: z.coerce
    .number<number | string>()
    .int()
    .min(0)
    .max(3)
    .default(0)
    .describe(
      "Decode the bounds of so many of the best moments again: exact, and some tenths of a second each.",
    ),
  image: part(z.object({ id: mediaId, timeMs: wholeMs.optional() }))
    .optional()
    .describe("What looks like this picture of the library, or a file of that name in a form."),
  clip: part(z.object({ id: mediaId, startMs: wholeMs, endMs: wholeMs }))
    .optional()
    .describe("What runs like this stretch of a video, or a file of that name in a form."),
});

export const askBody = z.object({
  question: z.string().trim().min(1).max(4000),
  conversation: z.string().max(64).optional(),
  thinking: z.enum(["on", "off", "auto"]).default("auto"),
  in: scope.optional(),
});

export const indexBody = z.object({
  paths: z
    .array(z.string().min(1).max(4096))
    .min(1)
    .max(100)
    .describe("Absolute files and folders of this machine."),
});

export const feedbackBody = z.object({
  verdict: z.enum(["like", "wrong"]),
  query: z.string().max(4000),
  id: mediaId,
  startMs: wholeMs.optional(),
  endMs: wholeMs.optional(),
  page: z.int().min(1).optional(),
  note: z.string().max(2000).optional(),
});

export const checkBody = z
  .object({
    id: mediaId,
    source: z.enum(segmentSources).describe("As the hit says."),
    startMs: wholeMs.optional(),
    endMs: wholeMs.optional(),
    page: z.int().min(1).optional(),
    text: z.string().max(100_000).optional().describe("The hit's text: it is looked for in its place again."),
    query: z
      .string()
      .max(500)
      .optional()
      .describe(
        "The words that were searched for: a model that sees is asked whether the picture shows them.",
      ),
    event: z
      .object({ kind: z.enum(activityKinds), track: z.int(), startMs: wholeMs })
      .optional()
      .describe("Which event of the file; without it the one of exactly this span."),
  })
  .describe("A hit of POST /search as it came; fields that are not named here are left aside.");

export const embeddingForm = z.object({ text: z.string().max(8000).optional() });

const embeddingInput = z.union([
  z.string().max(64 * 1024 * 1024),
  z.object({ text: z.string().optional(), image: z.string().optional() }),
]);

export const embeddingsBody = z.object({
  model: z.string().optional(),
  input: z
    .union([embeddingInput, z.array(embeddingInput).min(1).max(256)])
    .describe("Texts, or pictures as data URLs; an object with `text` and `image` gives their mean."),
  encoding_format: z.enum(["float", "base64"]).default("float"),
  dimensions: z.int().optional(),
});

const contentPart = z.union([
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) }),
]);

export const completionsBody = z.object({
  model: z.string().optional(),
  messages: z
    .array(
      z.object({
        role: z.enum(["system", "developer", "user", "assistant", "tool"]),
        content: z.union([z.string(), z.array(contentPart), z.null()]).optional(),
      }),
    )
    .min(1)
    .max(500),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  reasoning_effort: z.string().nullish().describe("`none` turns thinking off; any other effort turns it on."),
});
