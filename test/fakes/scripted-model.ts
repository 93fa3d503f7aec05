import type { ChatChunk, ChatModel, ChatRequest } from "../../src/chat/chat-model.ts";

/** One turn: its chunks, or a function of the request that gives them or throws. */
export type ScriptedTurn =
  | readonly ChatChunk[]
  | ((request: ChatRequest) => Iterable<ChatChunk> | AsyncIterable<ChatChunk>);

export interface ScriptedModel extends ChatModel {
  /** What the model was asked so far. */
  readonly requests: readonly ChatRequest[];
  /** Throws when the script has turns left. */
  assertFinished(): void;
}

/** A model that says what is written, turn by turn, and fails on a turn that is not. */
export function openScriptedModel(
  script: readonly ScriptedTurn[],
  options: { readonly contextTokens?: number } = {},
): ScriptedModel {
  const requests: ChatRequest[] = [];
  return {
    name: "scripted",
    runsOn: "a test",
    contextTokens: options.contextTokens ?? 100_000,
    accepts: new Set(["text"]),
    requests,
    async *stream(request) {
      request.signal.throwIfAborted();
      const turn = script[requests.length];
      requests.push({ ...request, messages: [...request.messages] });
      if (!turn) throw new Error(`Unscripted call ${requests.length}: ${request.messages.at(-1)?.text}`);
      for await (const chunk of typeof turn === "function" ? turn(request) : turn) {
        request.signal.throwIfAborted();
        yield chunk;
      }
    },
    assertFinished() {
      if (requests.length !== script.length)
        throw new Error(`The script has ${script.length} turns; ${requests.length} were asked for.`);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

export function says(text: string): ChatChunk {
  return { type: "text", text };
}

export function calls(name: string, input: unknown, id = `${name}-1`): ChatChunk {
  const argumentsJson = typeof input === "string" ? input : JSON.stringify(input);
  return { type: "tool-call", call: { id, name, argumentsJson } };
}
