import type { ChatHistoryItem, ChatModelFunctionCall, ChatModelResponse } from "node-llama-cpp";
import type { ChatMessage, ToolCall } from "../chat-model.ts";

type ToolMessage = Extract<ChatMessage, { role: "tool" }>;
type AssistantMessage = Extract<ChatMessage, { role: "assistant" }>;
type Responses = ChatModelResponse["response"];

/**
 * Our messages as node-llama-cpp wants them: all that a model says between two questions, calls with their results
 * included, is one response. Ends with the response that is to be continued.
 */
export function toChatHistory(messages: readonly ChatMessage[]): ChatHistoryItem[] {
  const results = new Map(
    messages.flatMap((message) => (message.role === "tool" ? [[message.callId, message] as const] : [])),
  );
  const history: ChatHistoryItem[] = [];
  for (const message of messages) {
    if (message.role === "assistant") responseAtEnd(history).push(...saidBy(message, results));
    else if (message.role === "user") history.push({ type: "user", text: asLetters(message.text) });
    else if (message.role === "system") history.push({ type: "system", text: message.text });
  }
  responseAtEnd(history);
  return history;
}

function responseAtEnd(history: ChatHistoryItem[]): Responses {
  const last = history.at(-1);
  if (last?.type === "model") return last.response;
  const response: Responses = [];
  history.push({ type: "model", response });
  return response;
}

function saidBy(message: AssistantMessage, results: ReadonlyMap<string, ToolMessage>): Responses {
  const calls = (message.toolCalls ?? []).map((call, index): ChatModelFunctionCall => {
    const result = results.get(call.id)?.text ?? "";
    return {
      type: "functionCall",
      name: call.name,
      params: paramsOf(call),
      result,
      startsNewChunk: index === 0,
    };
  });
  return message.text === "" ? calls : [asLetters(message.text), ...calls];
}

/** Arguments that were no JSON go back to the model as the text that it wrote. */
function paramsOf({ argumentsJson }: ToolCall): unknown {
  try {
    return JSON.parse(asLetters(argumentsJson));
  } catch {
    return asLetters(argumentsJson);
  }
}

/** The engine makes these tokens out of any text. Tool texts are made harmless before; people and models write, too. */
function asLetters(text: string): string {
  return text.replace(/<(?=\||\/?(?:tools?_?(?:call|response)?|think)>)/g, "‹");
}
