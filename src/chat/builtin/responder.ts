import { messagesIn } from "../../messages/messages.ts";
import type { ChatChunk, ChatModel, ChatRequest } from "../chat-model.ts";
import { answerAttached } from "./attached.ts";
import type { PlannedCall } from "./calls.ts";
import { forPeople } from "./failed-calls.ts";
import { understand } from "./follow-up.ts";
import { roundsOf } from "./history.ts";
import { routeOf } from "./route.ts";
import type { Step } from "./situation.ts";

export const builtinResponderName = "built-in, no language model";

/**
 * A `ChatModel` without a language model: it reads the question by a lexicon, plans tool calls by rules, and answers
 * by quoting evidence, in English or Chinese. The same messages always give the same turn.
 *
 * @param clock gives "today" for questions such as "photos from last summer"
 */
export function openBuiltinResponder(clock: () => Date = () => new Date()): ChatModel {
  return {
    name: builtinResponderName,
    runsOn: "this machine, by rules",
    contextTokens: 1_000_000,
    accepts: new Set(["text"]),
    stream: (request) => respond(request, clock()),
    [Symbol.asyncDispose]: async () => {},
  };
}

async function* respond(request: ChatRequest, now: Date): AsyncGenerator<ChatChunk> {
  request.signal.throwIfAborted();
  const step = nextStep(request, now);
  if (step.answer !== undefined) {
    yield { type: "text", text: step.answer };
    return;
  }
  const turn = request.messages.length;
  for (const [index, call] of step.calls.entries()) {
    const argumentsJson = JSON.stringify(call.input);
    yield { type: "tool-call", call: { id: `builtin-${turn}-${index + 1}`, name: call.name, argumentsJson } };
  }
}

function nextStep(request: ChatRequest, now: Date): Step {
  const rounds = roundsOf(request.messages);
  const present = rounds.at(-1);
  const understood = understand(rounds, now);
  if (!present || !understood || present.question.trim() === "")
    return { answer: messagesIn("en").answer.help };
  const { question, basis } = understood;
  const words = messagesIn(question.language).answer;
  const handler = present.attached.length > 0 ? answerAttached(present.attached) : routeOf(understood);
  const step = handler({ question, basis, words, steps: forPeople(present.steps, question.language) });
  if (step.answer !== undefined) return step;
  const calls = offered(step.calls, request);
  if (calls.length > 0) return { calls };
  return { answer: words.failed(step.calls.map((call) => call.name).join(", "), "") };
}

/** Only tools that are there can be called; the same call twice in one turn tells nothing new. */
function offered(calls: readonly PlannedCall[], request: ChatRequest): readonly PlannedCall[] {
  const names = new Set(request.tools.map((tool) => tool.name));
  const unique = new Map(calls.map((call) => [JSON.stringify(call), call]));
  return [...unique.values()].filter((call) => names.has(call.name));
}
