import { randomUUID } from "node:crypto";
import type { ChatChunk, ToolCall } from "../chat-model.ts";
import { createCallFragments, parseWrittenCall } from "./call-fragments.ts";
import { createMarkedText, type MarkedPiece } from "./marked-text.ts";
import { type Completion, completion } from "./wire.ts";

/** Thrown for a stream that is no turn: not JSON, an error in the middle, or an end before the end. */
export class BrokenTurnError extends Error {
  override readonly name = "BrokenTurnError";
}

export interface TurnManners {
  /** The prompt ended inside an opened thought. */
  readonly inThought: boolean;
  /** Calls that stand written in the text count as calls. */
  readonly takesCalls: boolean;
  /** The turn goes on with an answer that was begun: a space at its start belongs to it. */
  readonly goesOn?: boolean;
}

/**
 * One turn from its events: thoughts and text as they come, calls whole at the end, usage last. A turn that has given
 * its `finish_reason` or `[DONE]` is whole; anything less is a `BrokenTurnError`.
 */
export async function* readTurn(
  events: AsyncIterable<string>,
  manners: TurnManners,
): AsyncGenerator<ChatChunk, void> {
  const turn = openTurn(manners);
  for await (const event of events) {
    if (event.trim() === "[DONE]") {
      turn.ended = true;
      break;
    }
    yield* turn.take(parseChunk(event));
    if (turn.endless) break;
  }
  if (!turn.ended && !turn.endless) throw new BrokenTurnError("");
  yield* turn.end();
}

interface OpenTurn {
  ended: boolean;
  /** A call goes on and on; cut off, its arguments are no JSON, and the model is told so. */
  endless: boolean;
  take(chunk: Completion): Generator<ChatChunk, void>;
  end(): Generator<ChatChunk, void>;
}

function openTurn({ inThought, takesCalls, goesOn = false }: TurnManners): OpenTurn {
  const fragments = createCallFragments();
  const pieces = openPieces(!goesOn);
  let marked = createMarkedText({ inThought, calls: takesCalls });
  let usage: ChatChunk | undefined;
  let finish: string | undefined;
  return {
    ended: false,
    endless: false,
    *take(chunk) {
      if (chunk.usage) usage = usageOf(chunk.usage);
      const choice = chunk.choices?.[0];
      const said = choice?.delta ?? choice?.message;
      const thought = said?.reasoning_content ?? said?.reasoning;
      if (thought) {
        // The server parts thoughts itself: what comes as content stands outside of them.
        marked = createMarkedText({ calls: takesCalls });
        yield { type: "thinking", text: thought };
      }
      if (said?.content) yield* pieces.take(marked.push(said.content));
      for (const delta of said?.tool_calls ?? []) fragments.push(delta);
      this.endless = fragments.isEndless();
      finish = choice?.finish_reason ?? finish;
      this.ended ||= finish !== undefined;
    },
    *end() {
      const unclosed = inThought && finish === "stop" && marked.inThought();
      yield* pieces.take(marked.end());
      const calls = withIds([...fragments.end(), ...pieces.calls]);
      // A model that never closed the thought it was given has answered inside it.
      if (unclosed && calls.length === 0) yield { type: "text", text: pieces.thought().trim() };
      for (const call of calls) yield { type: "tool-call", call };
      if (usage) yield usage;
    },
  };
}

const mostLeadingSpace = 64;

/** Pieces of text as chunks; calls that stand written in it are kept for the end. */
function openPieces(startsAnswer: boolean) {
  const calls: ToolCall[] = [];
  let quiet = startsAnswer;
  let leading = 0;
  let thought = "";
  const toChunk = ({ kind, text }: MarkedPiece): ChatChunk | undefined => {
    if (kind === "thinking") {
      thought += text;
      return { type: "thinking", text };
    }
    const call = kind === "call" ? parseWrittenCall(text, newCallId()) : undefined;
    if (call) {
      calls.push(call);
      return undefined;
    }
    // Templates put empty lines between a thought and the answer.
    const shown = quiet ? text.trimStart() : text;
    leading += text.length - shown.length;
    // Whoever reads on must notice a model that says nothing but empty lines.
    quiet &&= shown === "" && leading < mostLeadingSpace;
    return { type: "text", text: shown };
  };
  return {
    calls,
    *take(pieces: readonly MarkedPiece[]): Generator<ChatChunk, void> {
      for (const piece of pieces) {
        const chunk = toChunk(piece);
        if (chunk && !(chunk.type === "text" && chunk.text === "")) yield chunk;
      }
    },
    thought: () => thought,
  };
}

function parseChunk(event: string): Completion {
  let value: unknown;
  try {
    value = JSON.parse(event);
  } catch {
    throw new BrokenTurnError("it sent an event that is no JSON");
  }
  const parsed = completion.safeParse(value);
  if (!parsed.success) throw new BrokenTurnError("it sent an event that is no part of a turn");
  if (parsed.data.error !== undefined && parsed.data.error !== null) throw new BrokenTurnError(event);
  return parsed.data;
}

function usageOf(usage: NonNullable<Completion["usage"]>): ChatChunk {
  return {
    type: "usage",
    promptTokens: usage.prompt_tokens,
    completionTokens: usage.completion_tokens ?? 0,
  };
}

function withIds(calls: readonly ToolCall[]): readonly ToolCall[] {
  return calls.map((call) => (call.id.startsWith("call-") ? { ...call, id: newCallId() } : call));
}

/** Ids hold for a conversation, so a number within the turn is not enough. */
function newCallId(): string {
  return `call-${randomUUID().slice(0, 8)}`;
}
