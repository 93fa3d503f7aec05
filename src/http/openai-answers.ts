import { z } from "zod";
import { citationAnswer } from "./ask-answers.ts";
import { failureAnswer } from "./failure-answer.ts";

/** What the routes under `/v1` answer: OpenAI's shapes, with `citations` and `reasoning_content` added. */

const count = z.int().nonnegative();

export const modelAnswer = z.strictObject({
  id: z.string(),
  object: z.literal("model"),
  created: count,
  owned_by: z.literal("sightline"),
});

export const modelsAnswer = z.strictObject({ object: z.literal("list"), data: z.array(modelAnswer) });

export const embeddingsAnswer = z.strictObject({
  object: z.literal("list"),
  data: z.array(
    z.strictObject({
      object: z.literal("embedding"),
      index: count,
      embedding: z
        .union([z.array(z.number()), z.string()])
        .describe("Text where base64 was asked for: little-endian 32-bit floats."),
    }),
  ),
  model: z.string(),
  usage: z.strictObject({ prompt_tokens: count, total_tokens: count }),
});

const usage = z.strictObject({ prompt_tokens: count, completion_tokens: count, total_tokens: count });
const finishReason = z.enum(["stop", "length"]);
const citations = z.array(
  citationAnswer.extend({ url: z.string().describe("Opens the moment on the page.") }),
);
const head = { id: z.string(), created: count, model: z.string() };

export const completionAnswer = z.strictObject({
  ...head,
  object: z.literal("chat.completion"),
  choices: z.array(
    z.strictObject({
      index: count,
      message: z.strictObject({
        role: z.literal("assistant"),
        content: z.string(),
        reasoning_content: z.string().optional(),
        citations,
      }),
      finish_reason: finishReason,
      logprobs: z.null(),
    }),
  ),
  usage,
});

export const completionChunk = z.strictObject({
  ...head,
  object: z.literal("chat.completion.chunk"),
  choices: z.array(
    z.strictObject({
      index: count,
      delta: z.strictObject({
        role: z.literal("assistant").optional(),
        content: z.string().optional(),
        reasoning_content: z.string().optional(),
        citations: citations.optional(),
      }),
      finish_reason: finishReason.nullable(),
      logprobs: z.null(),
    }),
  ),
  usage: usage.optional(),
});

export const completionEvent = z
  .union([completionChunk, failureAnswer])
  .describe("Each event's `data` is JSON of this kind; the last one is `[DONE]`, unless it is an `error`.");
