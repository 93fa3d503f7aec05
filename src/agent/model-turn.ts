import type { ChatChunk, ChatModel, ChatRequest, ToolCall } from "../chat/chat-model.ts";
import type { AgentEvent } from "./agent-event.ts";

const longestAnswer = 16_000;
const longestThought = 64_000;
/** A passage of this length that comes this often at the end of a text is a model that goes round in circles. */
const circleLength = 40;
const circleTimes = 6;

/** What came of one turn. Filled while it streams, so that an abort keeps what was said so far. */
export interface ModelTurn {
  text: string;
  thought: string;
  calls: ToolCall[];
  /** The turn was stopped because it did not end by itself. */
  endless: boolean;
}

export function emptyTurn(): ModelTurn {
  return { text: "", thought: "", calls: [], endless: false };
}

/** Streams one turn into `turn` and stops a model that does not stop. Throws what the model throws. */
export async function* streamTurn(
  model: ChatModel,
  request: ChatRequest,
  turn: ModelTurn,
): AsyncGenerator<AgentEvent, void> {
  for await (const chunk of model.stream(request)) {
    request.signal.throwIfAborted();
    yield* take(chunk, turn);
    if (isEndless(turn)) {
      turn.endless = true;
      return;
    }
  }
  request.signal.throwIfAborted();
}

function* take(chunk: ChatChunk, turn: ModelTurn): Generator<AgentEvent> {
  if (chunk.type === "text" && chunk.text !== "") {
    turn.text += chunk.text;
    yield { type: "text-delta", text: chunk.text };
  } else if (chunk.type === "thinking" && chunk.text !== "") {
    turn.thought += chunk.text;
    yield { type: "thinking-delta", text: chunk.text };
  } else if (chunk.type === "tool-call") {
    turn.calls.push(withOwnId(chunk.call, turn.calls));
  } else if (chunk.type === "usage") {
    yield chunk;
  }
}

/** Servers have been seen to give two calls of one turn the same id, or none. */
function withOwnId(call: ToolCall, others: readonly ToolCall[]): ToolCall {
  const taken = call.id === "" || others.some((other) => other.id === call.id);
  return taken ? { ...call, id: `${call.id || "call"}-${others.length + 1}` } : call;
}

function isEndless(turn: ModelTurn): boolean {
  if (turn.text.length > longestAnswer || turn.thought.length > longestThought) return true;
  return goesInCircles(turn.text) || goesInCircles(turn.thought);
}

/** True when the last words were said over and over just before: only the tail is looked at. */
function goesInCircles(text: string): boolean {
  const last = text.slice(-circleLength);
  if (last.length < circleLength || new Set(last).size < 2)
    return text.length > 400 && new Set(text.slice(-400)).size < 2;
  return text.slice(-circleLength * 40).split(last).length - 1 >= circleTimes;
}
