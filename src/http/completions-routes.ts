import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import type { AgentEvent } from "../agent/agent-event.ts";
import type { Library } from "../library.ts";
import type { Told } from "./answer-schemas.ts";
import { answerOf, noUsage, type RunEnd, withTurn } from "./completions-answer.ts";
import { type CompletionsBody, type CompletionsQuestion, questionOf } from "./completions-question.ts";
import { type EventStream, eventStream } from "./event-stream.ts";
import { errorBody, toldOf } from "./failure-response.ts";
import type { HttpContext } from "./http-context.ts";
import { completionAnswer, type completionChunk, completionEvent } from "./openai-answers.ts";
import { takesBody } from "./read-body.ts";
import { bodyOf, describeApi } from "./route-docs.ts";
import { completionsBody } from "./schemas.ts";

type Chunk = Told<typeof completionChunk>;

/** What one request asks, and of what. */
interface Asked {
  readonly library: Library;
  readonly question: CompletionsQuestion;
  readonly includeUsage: boolean;
}

/** `POST /v1/chat/completions`: the whole agent behind OpenAI's protocol. It runs its own tools. */
export function completionsRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({
      summary: "Ask in OpenAI's form; streams if asked",
      requestBody: bodyOf(completionsBody),
      answer: completionAnswer,
      events: completionEvent,
      refuses: [400, 404, 413, 429],
    }),
    takesBody(completionsBody),
    async (context) => {
      const body: CompletionsBody = context.var.body.fields;
      const question = questionOf(body);
      const library = await http.library();
      http.long.refuseWhenFull();
      const asked = { library, question, includeUsage: body.stream_options?.include_usage === true };
      if (body.stream) return streamed(context, http, asked);
      return context.json<Told<typeof completionAnswer>>(await whole(context, http, asked));
    },
  );
}

async function whole(
  context: Context,
  http: HttpContext,
  asked: Asked,
): Promise<Told<typeof completionAnswer>> {
  let usage = noUsage;
  let thoughts = "";
  let end: RunEnd | undefined;
  await run(http, asked, context.req.raw.signal, async (event) => {
    if (event.type === "thinking-delta") thoughts += event.text;
    if (event.type === "usage") usage = withTurn(usage, event);
    if (event.type === "run-end") end = event;
  });
  if (!end) throw new Error("The run ended without a run-end event.");
  const { content, citations, finish } = answerOf(end, originOf(context));
  const message = {
    role: "assistant" as const,
    content,
    ...(thoughts ? { reasoning_content: thoughts } : {}),
    citations,
  };
  return {
    ...headOf(asked),
    object: "chat.completion",
    choices: [{ index: 0, message, finish_reason: finish, logprobs: null }],
    usage,
  };
}

function streamed(context: Context, http: HttpContext, asked: Asked): EventStream {
  const head = { ...headOf(asked), object: "chat.completion.chunk" as const };
  return eventStream(context, http, async ({ send, signal }) => {
    let usage = noUsage;
    const tell = (part: Pick<Chunk, "choices" | "usage">) => send(JSON.stringify({ ...head, ...part }));
    const say = (delta: Chunk["choices"][number]["delta"], finish_reason: "stop" | "length" | null = null) =>
      tell({ choices: [{ index: 0, delta, finish_reason, logprobs: null }] });
    try {
      await say({ role: "assistant", content: "" });
      await run(http, asked, signal, async (event) => {
        if (event.type === "thinking-delta") await say({ reasoning_content: event.text });
        if (event.type === "usage") usage = withTurn(usage, event);
        if (event.type !== "run-end") return;
        const { content, citations, finish } = answerOf(event, originOf(context));
        // Handles become numbers and links only when all is known and checked: then line by line.
        for (const line of content.split(/(?<=\n)/)) await say({ content: line });
        await say({ citations }, finish);
      });
      if (asked.includeUsage) await tell({ choices: [], usage });
      await send("[DONE]");
    } catch (error) {
      if (!signal.aborted) await send(JSON.stringify(errorBody(toldOf(error, http.report))));
    }
  });
}

function headOf({ library }: Asked) {
  return {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: library.model.name,
  };
}

async function run(
  http: HttpContext,
  { library, question }: Asked,
  signal: AbortSignal,
  hear: (event: AgentEvent) => Promise<void>,
): Promise<void> {
  const conversation = await library.startConversation();
  question.replay(conversation);
  await http.withUploads((folder) =>
    http.long.run(async () => {
      const { text, thinking } = question;
      const attachments = await question.attachments(folder);
      const events = library.ask(text, conversation, { thinking, attachments }, signal);
      for await (const event of events) await hear(event);
    }, signal),
  );
}

function originOf(context: Context): string {
  return new URL(context.req.url).origin;
}
