import { plainText } from "../media/plain-text.ts";
import type { ChatModel } from "./chat-model.ts";
import { askServer, type Patience, usualPatience } from "./openai-server/ask-server.ts";
import { parseEndpoint } from "./openai-server/endpoint.ts";
import { requireTools, whatIsMissing } from "./openai-server/missing.ts";
import { probeServer } from "./openai-server/probe.ts";
import { createServerTurns, type ServerTurns } from "./openai-server/server-turns.ts";
import { thoughtBudgetTokens } from "./thinking.ts";

export interface ServerModelOptions {
  /** http or https; with or without `/v1`. */
  readonly url: string;
  readonly key?: string;
  /** Default: the first chat model that the server lists. */
  readonly model?: string;
  /** Only asked about pictures: a server that takes no tools is good enough. */
  readonly asEyes?: boolean;
  /** It is our own llama-server: Qwen's sampling is asked for. */
  readonly isOurs?: boolean;
  /** Longest thought, in tokens. */
  readonly thinkingTokens?: number;
  readonly patience?: Partial<Patience>;
  readonly signal?: AbortSignal;
}

export interface ServerModel extends ChatModel {
  readonly stream: ServerTurns;
}

/** For a server that does not say how much its model reads: what the smallest usual setting holds. */
const guessedContextTokens = 8192;

/** Long enough for a server that loads its model only when it is asked. */
const longestProbeMs = 120_000;

/**
 * A chat model behind any server that speaks OpenAI's chat completions: vLLM, SGLang, llama-server, Ollama, LM Studio.
 * Asks it first what it can. Throws `Failure` when it cannot be used.
 */
export async function openServerModel(options: ServerModelOptions): Promise<ServerModel> {
  const { url, key, model, asEyes = false, isOurs = false, thinkingTokens = thoughtBudgetTokens } = options;
  const patience = { ...usualPatience, ...options.patience };
  const endpoint = parseEndpoint(url, key);
  const probing = { ...patience, idleMs: Math.min(patience.idleMs, longestProbeMs) };
  const facts = await probeServer(endpoint, model, probing, options.signal ?? new AbortController().signal);
  if (!asEyes) requireTools(endpoint, facts);
  const turns = createServerTurns({
    endpoint,
    facts,
    thinkingTokens,
    isOurs,
    post: (json, signal) =>
      askServer(endpoint, { route: "chat/completions", json, model: facts.model, signal }, patience),
  });
  return {
    name: titleOf(facts.model),
    runsOn: `${facts.server} at ${endpoint.host}`,
    contextTokens: facts.contextTokens ?? guessedContextTokens,
    accepts: new Set(facts.vision ? ["text", "image"] : ["text"]),
    missing: whatIsMissing(facts),
    stream: turns,
    [Symbol.asyncDispose]: async () => {},
  };
}

/** A server's id for a model, for people: llama-server gives the whole path of its file. */
function titleOf(model: string): string {
  return plainText(/\.gguf$/i.test(model) ? (model.split(/[\\/]/).at(-1) ?? model) : model, 120);
}
