import { Failure } from "../../media/failure.ts";
import { plainText } from "../../media/plain-text.ts";
import { askForJson, askServer, type Patience, type ServerRequest } from "./ask-server.ts";
import type { Endpoint } from "./endpoint.ts";
import { refusal } from "./failures.ts";
import { readBody } from "./http.ts";
import { thinkingOfName, thinkingOfTemplate } from "./thinking.ts";
import { modelList, serverProps, shownModel, studioModels } from "./wire.ts";

/** What a server is and can, as far as it could be found out. */
export interface ServerFacts {
  readonly server: "llama.cpp" | "vLLM" | "SGLang" | "Ollama" | "LM Studio" | "unknown server";
  readonly model: string;
  /** Undefined: it does not say. */
  readonly contextTokens: number | undefined;
  readonly vision: boolean;
  readonly tools: boolean;
  /** How a thought is asked for: a switch of the template, an effort; "forced": opened by us; "always": not to be stopped. */
  readonly thinks: "template" | "effort" | "forced" | "always" | "unknown";
}

type Known = { -readonly [K in keyof ServerFacts]?: ServerFacts[K] | undefined };
type Ask = (route: string, json?: unknown) => Promise<unknown>;

/** 64×64 white: smaller ones are refused by the picture preparation of some models. */
const whitePicture =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAAAAACPAi4CAAAAKUlEQVR42u3MQREAAAwCIPuX1hD77SAA6VEEAoFAIBAIBAKBQCAQfA8Gpwvw4qrwDDIAAAAASUVORK5CYII=";

/** Listed beside chat models, and none. */
const noChatModel = /embed|rerank|whisper|tts|bge-|\bclip\b/i;

/**
 * Asks a server what it is and can: first what it says of itself, then by tries of one token. Throws `Failure` when
 * it does not answer as a model server does, refuses the key, or has no such model.
 */
export async function probeServer(
  endpoint: Endpoint,
  wantedModel: string | undefined,
  patience: Patience,
  signal: AbortSignal,
): Promise<ServerFacts> {
  const list = await listModels(endpoint, wantedModel, patience, signal);
  const ask: Ask = (route, json) => askForJson(endpoint, { route, json, signal }, patience);
  const said = await ownWords(list, ask, signal);
  const trial = (extra: Readonly<Record<string, unknown>>, content: unknown) =>
    tryTurn(
      endpoint,
      { model: list.model, max_tokens: 1, messages: [{ role: "user", content }], ...extra },
      patience,
      signal,
    );
  const tools = said.tools ?? (await trial({ tools: [trialTool] }, "Hello"));
  const vision =
    said.vision ??
    (await trial({}, [
      { type: "text", text: "What is this?" },
      { type: "image_url", image_url: { url: whitePicture } },
    ]));
  return {
    server: said.server ?? "unknown server",
    model: list.model,
    contextTokens: said.contextTokens ?? list.contextTokens,
    vision,
    tools,
    thinks: said.thinks ?? "unknown",
  };
}

interface ListedModel {
  readonly model: string;
  readonly owner: string;
  readonly contextTokens: number | undefined;
}

async function listModels(
  endpoint: Endpoint,
  wanted: string | undefined,
  patience: Patience,
  signal: AbortSignal,
): Promise<ListedModel> {
  const listed = modelList.safeParse(await askForJson(endpoint, { route: "models", signal }, patience));
  const models = listed.data?.data ?? [];
  const chosen = wanted
    ? models.find((one) => one.id === wanted)
    : (models.find((one) => !noChatModel.test(one.id)) ?? models[0]);
  if (!chosen && (!wanted || models.length > 0))
    throw noSuchModel(
      endpoint,
      wanted,
      models.map((one) => one.id),
    );
  return {
    model: chosen?.id ?? wanted ?? "",
    owner: chosen?.owned_by ?? "",
    contextTokens: chosen?.max_model_len ?? chosen?.meta?.n_ctx ?? undefined,
  };
}

function noSuchModel(endpoint: Endpoint, wanted: string | undefined, names: readonly string[]): Failure {
  const has = plainText(names.slice(0, 12).join(", "), 400);
  return new Failure({
    code: "not-found",
    message: wanted
      ? `The model server at ${endpoint.host} has no model "${wanted}". It has: ${has}.`
      : `The model server at ${endpoint.host} has no model loaded.`,
    remedy: wanted
      ? "Set SIGHTLINE_SERVER_MODEL to one of these."
      : "Load a model in the server, then ask again.",
  });
}

/** What servers say of themselves beside the protocol; what they do not say stays undefined. */
async function ownWords({ model, owner }: ListedModel, ask: Ask, signal: AbortSignal): Promise<Known> {
  const listen = async (read: () => Promise<Known>): Promise<Known> => {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Failure) return {};
      throw error;
    }
  };
  if (owner === "vllm") return { server: "vLLM", thinks: thinkingOfName(model) };
  if (owner === "sglang") return { server: "SGLang", thinks: thinkingOfName(model) };
  const llama = async () => llamaWords(await ask("/props"));
  // Ollama's and LM Studio's models are owned by anyone: they are known by what they answer.
  const others = [
    async () => ollamaWords(await ask("/api/show", { model })),
    async () => studioWords(model, await ask("/api/v0/models")),
  ];
  for (const read of owner === "llamacpp" ? [llama] : [...others, llama]) {
    const words = await listen(read);
    if (words.server) return words;
  }
  return {};
}

function llamaWords(answer: unknown): Known {
  const { data } = serverProps.safeParse(answer);
  if (!data?.default_generation_settings) return {};
  return {
    server: "llama.cpp",
    contextTokens: data.default_generation_settings.n_ctx ?? undefined,
    vision: data.modalities?.vision ?? false,
    // Its own fallback writes the tools into the prompt where a template knows none.
    tools: true,
    thinks: thinkingOfTemplate(data.chat_template ?? undefined),
  };
}

function ollamaWords(answer: unknown): Known {
  const { data } = shownModel.safeParse(answer);
  if (!data?.capabilities) return {};
  const can = new Set(data.capabilities);
  return {
    server: "Ollama",
    vision: can.has("vision"),
    tools: can.has("tools"),
    thinks: can.has("thinking") ? "effort" : "unknown",
  };
}

function studioWords(model: string, answer: unknown): Known {
  const one = studioModels.safeParse(answer).data?.data.find((candidate) => candidate.id === model);
  if (!one) return {};
  return {
    server: "LM Studio",
    contextTokens: one.loaded_context_length ?? undefined,
    vision: one.type ? one.type === "vlm" : undefined,
    tools: one.capabilities?.includes("tool_use") || undefined,
  };
}

const trialTool = {
  type: "function",
  function: { name: "nothing", description: "Does nothing.", parameters: { type: "object", properties: {} } },
};

/** Whether a turn is taken. A refusal that has nothing to do with the content of the turn is thrown. */
async function tryTurn(
  endpoint: Endpoint,
  json: Readonly<Record<string, unknown>>,
  patience: Patience,
  signal: AbortSignal,
): Promise<boolean> {
  const request: ServerRequest = { route: "chat/completions", json, signal };
  const answer = await askServer(endpoint, request, patience);
  if ("good" in answer) {
    await readBody(answer.good, 1024 * 1024);
    return true;
  }
  const { status } = answer.refused;
  if (status === 401 || status === 403 || (status >= 300 && status < 400))
    throw refusal(endpoint, answer.refused, String(json.model));
  return false;
}
