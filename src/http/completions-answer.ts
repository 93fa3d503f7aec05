import type { AgentEvent } from "../agent/agent-event.ts";
import { linkedAnswer, linkOf } from "./answer-links.ts";
import type { Told } from "./answer-schemas.ts";
import { citationJson } from "./json-shapes.ts";
import type { completionAnswer } from "./openai-answers.ts";

export type RunEnd = Extract<AgentEvent, { type: "run-end" }>;

/** A finished run in OpenAI's words; `origin` is the address of the page, which the links open. */
export function answerOf(end: RunEnd, origin: string) {
  return {
    content: contentOf(end, origin),
    citations: end.citations.map((one) => ({ ...citationJson(one), url: linkOf(one, origin) })),
    finish: end.reason === "turn-limit" ? ("length" as const) : ("stop" as const),
  };
}

function contentOf({ reason, failure, answer, citations }: RunEnd, origin: string): string {
  if (reason === "failed" && failure) return `${failure.message} ${failure.remedy}`;
  return linkedAnswer(answer, citations, origin);
}

export type Usage = Told<(typeof completionAnswer)["shape"]["usage"]>;

export const noUsage: Usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/** The tokens of one turn more. */
export function withTurn(
  { prompt_tokens, completion_tokens }: Usage,
  turn: Extract<AgentEvent, { type: "usage" }>,
): Usage {
  const prompt = prompt_tokens + turn.promptTokens;
  const completion = completion_tokens + turn.completionTokens;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
