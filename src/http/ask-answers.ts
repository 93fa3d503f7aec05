import { z } from "zod";
import { mediaKinds } from "../media/media-item.ts";
import { check, eventAnswer, ms, spanFields } from "./answer-schemas.ts";
import { failureDetail } from "./failure-answer.ts";

/** What `POST /ask` streams, and the citations in it. */

export const citationAnswer = z.strictObject({
  handle: z.string(),
  id: z.string(),
  name: z.string(),
  kind: z.enum(mediaKinds),
  span: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("whole") }),
    z.strictObject({ kind: z.literal("time"), startMs: ms, endMs: ms }),
    z.strictObject({ kind: z.literal("page"), page: z.int() }),
  ]),
  ...spanFields,
  quote: z.string().optional(),
  event: eventAnswer.optional(),
  check,
});

const progress = z.strictObject({
  message: z.string(),
  done: z.number().optional(),
  total: z.number().optional(),
});
const call = { callId: z.string(), name: z.string() };

export const askEvent = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("conversation"), id: z.string() }),
    z.strictObject({ type: z.literal("turn-start"), turn: z.int() }),
    z.strictObject({ type: z.literal("thinking-delta"), text: z.string() }),
    z.strictObject({ type: z.literal("text-delta"), text: z.string() }),
    z.strictObject({ type: z.literal("tool-start"), ...call, input: z.unknown() }),
    z.strictObject({ type: z.literal("tool-progress"), callId: z.string(), progress }),
    z.strictObject({ type: z.literal("tool-end"), ...call, summary: z.string(), ms: z.number() }),
    z.strictObject({ type: z.literal("tool-error"), ...call, failure: failureDetail, ms: z.number() }),
    z.strictObject({ type: z.literal("usage"), promptTokens: z.int(), completionTokens: z.int() }),
    z.strictObject({ type: z.literal("citation"), citation: citationAnswer }),
    z.strictObject({
      type: z.literal("run-end"),
      reason: z.enum(["answered", "aborted", "turn-limit", "failed"]),
      answer: z.string(),
      citations: z.array(citationAnswer),
      warnings: z.array(z.string()),
      failure: failureDetail.optional(),
    }),
  ])
  .describe("Each event's `data` is JSON of this kind, and its `event` is the `type` in it.");
