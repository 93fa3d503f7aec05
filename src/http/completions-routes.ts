import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { z } from "zod";
import type { AgentEvent } from "../agent/agent-event.ts";
import type { Conversation } from "../agent/conversation.ts";
import type { Library } from "../library.ts";
import type { Attachment } from "../media/attachment.ts";
import { Failure } from "../media/failure.ts";
import { linkedAnswer, linkOf } from "./answer-links.ts";
import { errorBody, invalid, toldOf } from "./failure-response.ts";
import type { HttpContext } from "./http-context.ts";
import { citationJson } from "./json-shapes.ts";
import { parse } from "./read-body.ts";
import { bodyOf, describeApi } from "./route-docs.ts";
import { completionsBody } from "./schemas.ts";
import { bytesOfDataUrl, keepUpload } from "./uploads.ts";

type Body = z.output<typeof completionsBody>;
type Message = Body["messages"][number];
type RunEnd = Extract<AgentEvent, { type: "run-end" }>;

/** `POST /v1/chat/completions`: the whole agent behind OpenAI's protocol. It runs its own tools. */
export function completionsRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({
      summary: "Ask in OpenAI's form; streams if asked",
      requestBody: bodyOf(completionsBody),
    }),
    async (context) => {
      const text = await context.req.text();
      const body = parse(completionsBody, parseJson(text));
      const library = await http.library();
      http.long.refuseWhenFull();
      return body.stream ? streamed(context, http, library, body) : whole(context, http, library, body);
    },
  );
}

/** `GET /v1/models`: the one that answers, and the encoder. */
export function openaiModelRoutes(http: HttpContext) {
  const models = async () => {
    const { model, encoder } = await http.library();
    return [model.name, encoder.space].map((id) => ({
      id,
      object: "model",
      created: 0,
      owned_by: "sightline",
    }));
  };
  return (
    new Hono()
      .get("/", describeApi({ summary: "Models in OpenAI's form" }), async (context) =>
        context.json({ object: "list", data: await models() }),
      )
      // A model's name may hold slashes, as on a server of many models.
      .get("/:id{.+}", describeApi({ summary: "One model in OpenAI's form" }), async (context) => {
        const wanted = context.req.param("id");
        const model = (await models()).find(({ id }) => id === wanted);
        if (model) return context.json(model);
        throw new Failure({
          code: "not-found",
          message: `There is no model ${wanted} here.`,
          remedy: "GET /v1/models lists them.",
        });
      })
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("The body is not valid JSON.");
  }
}

async function whole(context: Context, http: HttpContext, library: Library, body: Body): Promise<Response> {
  const usage = emptyUsage();
  let thoughts = "";
  let end: RunEnd | undefined;
  await run(http, library, body, context.req.raw.signal, async (event) => {
    if (event.type === "thinking-delta") thoughts += event.text;
    if (event.type === "usage") addUsage(usage, event);
    if (event.type === "run-end") end = event;
  });
  if (!end) throw new Error("The run ended without a run-end event.");
  const message = {
    role: "assistant",
    content: answerOf(end, context),
    ...(thoughts ? { reasoning_content: thoughts } : {}),
    citations: citationsOf(end, context),
  };
  return context.json({
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: library.model.name,
    choices: [{ index: 0, message, finish_reason: finishOf(end), logprobs: null }],
    usage,
  });
}

function streamed(context: Context, http: HttpContext, library: Library, body: Body): Response {
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion.chunk",
    created: Math.floor(Date.now() / 1000),
    model: library.model.name,
  };
  return streamSSE(context, async (stream) => {
    const stop = new AbortController();
    stream.onAbort(() => stop.abort());
    const usage = emptyUsage();
    const send = (delta: object, finish: string | null = null) =>
      stream.writeSSE({
        data: JSON.stringify({
          ...head,
          choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }],
        }),
      });
    try {
      await send({ role: "assistant", content: "" });
      await run(http, library, body, stop.signal, async (event) => {
        if (event.type === "thinking-delta") await send({ reasoning_content: event.text });
        if (event.type === "usage") addUsage(usage, event);
        if (event.type !== "run-end") return;
        // Handles become numbers and links only when all is known and checked: then line by line.
        for (const line of answerOf(event, context).split(/(?<=\n)/)) await send({ content: line });
        await send({ citations: citationsOf(event, context) }, finishOf(event));
      });
      if (body.stream_options?.include_usage)
        await stream.writeSSE({ data: JSON.stringify({ ...head, choices: [], usage }) });
      await stream.writeSSE({ data: "[DONE]" });
    } catch (error) {
      if (stop.signal.aborted) return;
      await stream.writeSSE({ data: JSON.stringify(errorBody(toldOf(error, http.report))) });
    }
  });
}

async function run(
  http: HttpContext,
  library: Library,
  body: Body,
  signal: AbortSignal,
  hear: (event: AgentEvent) => Promise<void>,
): Promise<void> {
  const last = body.messages.findLast((message) => message.role === "user");
  const question = last ? textOf(last) : "";
  if (!last || question === "")
    throw invalid("There is no question.", "End `messages` with one of the role user.");
  const conversation = await library.startConversation();
  replay(conversation, body.messages.slice(0, body.messages.lastIndexOf(last)));
  await http.withUploads((folder) =>
    http.long.run(async () => {
      const attachments = await picturesOf(last, folder);
      const thinking = thinkingOf(body);
      for await (const event of library.ask(question, conversation, { thinking, attachments }, signal))
        await hear(event);
    }, signal),
  );
}

/** What was said before, so that follow-ups have something to lean on; the system text is our own. */
function replay(conversation: Conversation, messages: readonly Message[]): void {
  for (const message of messages) {
    const text = textOf(message);
    if (message.role === "user" && text) conversation.add({ role: "user", text });
    if (message.role === "assistant" && text) conversation.add({ role: "assistant", text });
  }
}

function textOf({ content }: Message): string {
  if (typeof content === "string") return content.trim();
  return (content ?? [])
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n")
    .trim();
}

async function picturesOf({ content }: Message, folder: string): Promise<readonly Attachment[]> {
  const urls = Array.isArray(content)
    ? content.flatMap((part) => (part.type === "image_url" ? [part.image_url.url] : []))
    : [];
  if (urls.length > 1) throw invalid("At most one picture can come with a question.");
  const attachments: Attachment[] = [];
  for (const url of urls) {
    attachments.push({ kind: "image", path: await keepUpload(bytesOfDataUrl(url), "image", folder) });
  }
  return attachments;
}

function thinkingOf({ reasoning_effort: effort }: Body): "on" | "off" | "auto" {
  if (!effort) return "auto";
  return effort === "none" || effort === "minimal" ? "off" : "on";
}

function answerOf(end: RunEnd, context: Context): string {
  if (end.reason === "failed" && end.failure) return `${end.failure.message} ${end.failure.remedy}`;
  return linkedAnswer(end.answer, end.citations, originOf(context));
}

function citationsOf(end: RunEnd, context: Context) {
  const origin = originOf(context);
  return end.citations.map((citation) => ({ ...citationJson(citation), url: linkOf(citation, origin) }));
}

function originOf(context: Context): string {
  return new URL(context.req.url).origin;
}

function finishOf({ reason }: RunEnd): "stop" | "length" {
  return reason === "turn-limit" ? "length" : "stop";
}

interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

const emptyUsage = (): Usage => ({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });

function addUsage(usage: Usage, event: Extract<AgentEvent, { type: "usage" }>): void {
  usage.prompt_tokens += event.promptTokens;
  usage.completion_tokens += event.completionTokens;
  usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
}
