import type { ChatMessage } from "../chat/chat-model.ts";
import type { Evidence } from "../media/citation.ts";
import { evidenceLine } from "./evidence-text.ts";

/** Share of the budget that the table of earlier evidence may take. */
const tableShare = 0.25;
const pictureTokens = 1200;

/** A rough upper estimate without a tokenizer: a token for 3 Latin characters, one for each Chinese character. */
export function estimateTokens(text: string): number {
  const wide = text.match(/[\u2e80-\uffef]/g)?.length ?? 0;
  return Math.ceil((text.length - wide) / 3) + wide;
}

/**
 * The messages that fit `budgetTokens`: the system text, the newest turns whole, and, where older turns had to go,
 * a table of what they found, so that handles keep their meaning. A turn is a question with all that follows it.
 * When the present turn alone is too long, its oldest tool texts are cut.
 */
export function fitHistory(
  messages: readonly ChatMessage[],
  evidence: readonly Evidence[],
  budgetTokens: number,
): readonly ChatMessage[] {
  if (tokensOf(messages) <= budgetTokens) return messages;
  const system = messages.filter((message) => message.role === "system");
  const turns = splitTurns(messages.filter((message) => message.role !== "system"));
  const present = turns.pop() ?? [];
  const room = budgetTokens - tokensOf(system);
  const tableRoom = Math.floor(room * tableShare);
  const kept = newestThatFit(turns, room - tableRoom - tokensOf(present));
  const table = evidenceTable(evidence, tableRoom);
  const shortened = shortenToolTexts(present, room - tableRoom - tokensOf(kept));
  return [...system, ...table, ...kept, ...shortened];
}

function splitTurns(messages: readonly ChatMessage[]): ChatMessage[][] {
  const turns: ChatMessage[][] = [];
  for (const message of messages) {
    if (message.role === "user" || turns.length === 0) turns.push([message]);
    else turns.at(-1)?.push(message);
  }
  return turns;
}

function newestThatFit(turns: readonly ChatMessage[][], room: number): readonly ChatMessage[] {
  let left = room;
  const kept: ChatMessage[] = [];
  for (const turn of turns.toReversed()) {
    left -= tokensOf(turn);
    if (left < 0) break;
    kept.unshift(...turn);
  }
  return kept;
}

function evidenceTable(evidence: readonly Evidence[], room: number): readonly ChatMessage[] {
  const lines: string[] = [];
  let left = room - 20;
  for (const one of evidence.toReversed()) {
    const line = evidenceLine(one);
    left -= estimateTokens(line) + 1;
    if (left < 0) break;
    lines.unshift(line);
  }
  return lines.length === 0
    ? []
    : [{ role: "system", text: `Found earlier in this conversation:\n${lines.join("\n")}` }];
}

function shortenToolTexts(turn: readonly ChatMessage[], room: number): readonly ChatMessage[] {
  let excess = tokensOf(turn) - room;
  return turn.map((message) => {
    if (excess <= 0 || message.role !== "tool") return message;
    const text = "(Cut to save room: its findings are in the table of evidence.)";
    excess -= tokensOf([message]) - tokensOf([{ ...message, text, imagePaths: [] }]);
    const { imagePaths: _, ...rest } = message;
    return { ...rest, text };
  });
}

function tokensOf(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => {
    const calls = message.role === "assistant" ? (message.toolCalls ?? []) : [];
    const pictures = "imagePaths" in message ? (message.imagePaths?.length ?? 0) : 0;
    const callTokens = calls.reduce(
      (own, call) => own + estimateTokens(call.name + call.argumentsJson) + 8,
      0,
    );
    return sum + estimateTokens(message.text) + 6 + callTokens + pictures * pictureTokens;
  }, 0);
}
