import type { ChatChunk, ChatRequest } from "../chat-model.ts";
import type { askServer } from "./ask-server.ts";
import type { Endpoint } from "./endpoint.ts";
import { brokenStream, lineFailure, type RefusedAnswer, refusal, serverWords, webPage } from "./failures.ts";
import { type HttpAnswer, readBody } from "./http.ts";
import { toWireMessages, toWireTools } from "./messages.ts";
import { pictureUrl } from "./picture-url.ts";
import type { ServerFacts } from "./probe.ts";
import { BrokenTurnError, readTurn, type TurnManners } from "./read-turn.ts";
import { readEvents } from "./sse.ts";
import { continuation, planThinking, qwenSampling } from "./thinking.ts";

export interface ServerTurnsOptions {
  readonly endpoint: Endpoint;
  readonly facts: ServerFacts;
  readonly thinkingTokens: number;
  /** It is our own llama-server, with a Qwen model: nobody else has set its sampling. */
  readonly isOurs: boolean;
  readonly post: (json: unknown, signal: AbortSignal) => ReturnType<typeof askServer>;
}

/** What this server has been found not to take. Learned from its refusals, kept for its life. */
interface Manners {
  picturesInTools: boolean;
  usage: boolean;
  thinkingFields: boolean;
}

/** Rough, and on the safe side: a token of English has four characters, one of Chinese one or two. */
const charactersPerToken = 3;

/** One turn; `begun`: it goes on with an answer that was cut off after these words. */
export type ServerTurns = (request: ChatRequest, begun?: string) => AsyncGenerator<ChatChunk>;

/** Turns by one server. Each is one request; a forced thought that grows too long is closed by a second one. */
export function createServerTurns(options: ServerTurnsOptions): ServerTurns {
  const { endpoint, facts, thinkingTokens } = options;
  const manners: Manners = { picturesInTools: true, usage: true, thinkingFields: true };

  async function* once(request: ChatRequest, extras: Extras, turn: Partial<TurnManners>) {
    const answer = await ask(options, manners, request, extras);
    const takesCalls = request.tools.length > 0;
    yield* readAnswer(endpoint, answer, request.signal, { inThought: false, takesCalls, ...turn });
  }

  return async function* stream(request, begun = "") {
    request.signal.throwIfAborted();
    const { thinks, opening, ...plan } = planThinking(facts, request, thinkingTokens);
    const fields = { ...(options.isOurs ? qwenSampling(thinks) : {}), ...plan.fields };
    if (begun !== "") {
      yield* once(request, { fields, begun }, { goesOn: true });
    } else if (opening === undefined) {
      // Its template opens the thought, and a server that does not part thoughts leaves only the closing tag.
      yield* once(request, { fields }, { inThought: facts.thinks === "always" });
    } else {
      const longest = thinkingTokens * charactersPerToken;
      const thought = yield* untilThought(
        longest,
        once(request, { fields, begun: opening }, { inThought: true }),
      );
      if (thought.length <= longest) return;
      yield* once(request, { fields, begun: `${opening}${thought}\n</think>\n\n` }, {});
    }
  };
}

/** Passes chunks on until the thought is longer than `longest`; answers with the thought. */
async function* untilThought(
  longest: number,
  chunks: AsyncIterable<ChatChunk>,
): AsyncGenerator<ChatChunk, string> {
  let thought = "";
  for await (const chunk of chunks) {
    yield chunk;
    if (chunk.type === "thinking") thought += chunk.text;
    if (thought.length > longest) break;
  }
  return thought;
}

interface Extras {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The beginning of the answer, which the server goes on with. */
  readonly begun?: string;
}

/** Sends the turn; a refusal that names something we can do without is answered by doing without it. */
async function ask(
  options: ServerTurnsOptions,
  manners: Manners,
  request: ChatRequest,
  extras: Extras,
): Promise<HttpAnswer> {
  const { endpoint, facts, post } = options;
  for (;;) {
    const answer = await post(await bodyOf(facts, manners, request, extras), request.signal);
    if ("good" in answer) return answer.good;
    if (!learn(manners, answer.refused, request)) throw refusal(endpoint, answer.refused, facts.model);
  }
}

async function bodyOf(
  facts: ServerFacts,
  manners: Manners,
  { messages, tools }: ChatRequest,
  { fields, begun }: Extras,
): Promise<unknown> {
  const pictures = { sends: facts.vision, inTools: manners.picturesInTools, urlOf: pictureUrl };
  const wire = await toWireMessages(messages, pictures);
  return {
    model: facts.model,
    messages: begun === undefined ? wire : [...wire, { role: "assistant", content: begun }],
    ...(tools.length > 0 ? { tools: toWireTools(tools) } : {}),
    stream: true,
    ...(manners.usage ? { stream_options: { include_usage: true } } : {}),
    ...(manners.thinkingFields ? fields : {}),
    ...(begun === undefined ? {} : continuation),
  };
}

/** True when something new was learned, so that asking again makes sense. */
function learn(manners: Manners, refused: RefusedAnswer, { messages }: ChatRequest): boolean {
  if (refused.status !== 400 && refused.status !== 422) return false;
  const words = `${refused.body} ${serverWords(refused)}`;
  const showsInTools = messages.some((message) => message.role === "tool" && message.imagePaths?.length);
  if (manners.usage && /stream_options|include_usage/.test(words)) {
    manners.usage = false;
  } else if (manners.thinkingFields && /chat_template_kwargs|enable_thinking|reasoning_/.test(words)) {
    manners.thinkingFields = false;
  } else if (manners.picturesInTools && showsInTools && /image|content|tool/i.test(words)) {
    manners.picturesInTools = false;
  } else {
    return false;
  }
  return true;
}

async function* readAnswer(
  endpoint: Endpoint,
  answer: HttpAnswer,
  signal: AbortSignal,
  turn: TurnManners,
): AsyncGenerator<ChatChunk> {
  if (answer.contentType === "text/html") throw webPage(endpoint, answer.status);
  const streams = answer.contentType !== "application/json";
  try {
    yield* readTurn(streams ? readEvents(answer.body) : wholeBody(answer), turn);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BrokenTurnError)
      throw brokenStream(endpoint, error.message === "" ? "" : serverWords({ body: error.message }), error);
    if (isConnectionError(error)) throw brokenStream(endpoint, "the connection broke", error);
    throw lineFailure(endpoint, error);
  }
}

/** A server that does not stream: its answer is one event. */
async function* wholeBody(answer: HttpAnswer): AsyncGenerator<string> {
  yield await readBody(answer, 16 * 1024 * 1024);
}

function isConnectionError(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && /^(?:ECONN|EPIPE|HPE_|ERR_STREAM)/.test(String(error.code))
  );
}
