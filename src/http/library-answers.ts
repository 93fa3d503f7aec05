import { z } from "zod";
import { ms } from "./answer-schemas.ts";
import { failureDetail } from "./failure-answer.ts";

/** What `/library` tells: the only answers that hold paths of the disk. */

const failedFile = failureDetail.extend({ path: z.string() });

const indexEvent = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("index-waiting"),
    holder: z.strictObject({
      pid: z.int(),
      host: z.string(),
      since: z.number(),
      token: z.string(),
      processStart: z.string().optional(),
    }),
  }),
  z.strictObject({
    type: z.literal("index-plan"),
    new: ms,
    changed: ms,
    moved: ms,
    gone: ms,
    unchanged: ms,
    notMounted: z.array(z.string()),
    estimate: z.strictObject({ ms: z.number(), bytes: z.number() }),
  }),
  z.strictObject({
    type: z.literal("index-progress"),
    done: ms,
    total: ms,
    path: z.string(),
    fraction: z.number(),
    rate: z.number().describe("Bytes of media a second."),
    etaMs: z.number(),
  }),
  z.strictObject({
    type: z.literal("index-file"),
    path: z.string(),
    status: z.enum(["added", "updated", "moved", "removed", "failed"]),
    segments: ms.optional(),
    from: z.string().optional(),
    failure: failureDetail.optional(),
  }),
  z.strictObject({
    type: z.literal("index-end"),
    added: ms,
    updated: ms,
    moved: ms,
    removed: ms,
    unchanged: ms,
    failed: z.array(failedFile),
    notMounted: z.array(z.string()),
    interrupted: z.boolean().optional(),
  }),
]);

export const indexJob = z.strictObject({
  id: z.string(),
  roots: z.array(z.string()),
  state: z.enum(["running", "done", "cancelled", "failed"]),
  event: indexEvent.optional().describe("The newest; of a job that is done the last one, `index-end`."),
  failure: failureDetail.optional(),
});

export const jobAnswer = z.strictObject({ job: indexJob });

export const libraryAnswer = z.strictObject({
  roots: z.array(z.string()),
  failures: z.array(failedFile).describe("Files that could not be read when they were last tried."),
  counts: z.strictObject({ items: ms, segments: ms, vectors: ms }).optional().describe("None: no index yet."),
  jobs: z.array(indexJob),
  model: z
    .strictObject({
      name: z.string(),
      runsOn: z.string(),
      byRules: z.boolean().describe("The built-in responder: no language model."),
      sees: z.boolean(),
    })
    .optional()
    .describe("What answers questions; none while nothing can be asked."),
});
