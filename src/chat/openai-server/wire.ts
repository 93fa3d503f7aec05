import { z } from "zod";

/** Servers differ in what they leave out or set to null; only what is read is named, and all of it may be missing. */
const callDelta = z.object({
  index: z.number().int().nullish(),
  id: z.string().nullish(),
  function: z
    .object({
      name: z.string().nullish(),
      arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
    })
    .nullish(),
});

const said = z.object({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(callDelta).max(256).nullish(),
});

/** A chunk of a streamed turn, or a whole one: a server that does not stream answers with `message` for `delta`. */
export const completion = z.object({
  choices: z
    .array(z.object({ delta: said.nullish(), message: said.nullish(), finish_reason: z.string().nullish() }))
    .nullish(),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number().nullish() }).nullish(),
  error: z.unknown().optional(),
});

export type Completion = z.infer<typeof completion>;
export type CallDelta = z.infer<typeof callDelta>;

/** `/v1/models`; the extras are llama.cpp's (`meta`) and vLLM's and SGLang's (`max_model_len`). */
export const modelList = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        owned_by: z.string().nullish(),
        max_model_len: z.number().positive().nullish(),
        meta: z.object({ n_ctx: z.number().positive().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

/** llama-server's `/props`. */
export const serverProps = z.object({
  default_generation_settings: z.object({ n_ctx: z.number().positive().nullish() }).nullish(),
  modalities: z.object({ vision: z.boolean().nullish() }).nullish(),
  chat_template: z.string().nullish(),
});

/** Ollama's `/api/show`. */
export const shownModel = z.object({
  capabilities: z.array(z.string()).nullish(),
  model_info: z.record(z.string(), z.unknown()).nullish(),
});

/** LM Studio's `/api/v0/models`. */
export const studioModels = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      type: z.string().nullish(),
      capabilities: z.array(z.string()).nullish(),
      loaded_context_length: z.number().positive().nullish(),
      max_context_length: z.number().positive().nullish(),
    }),
  ),
});
