import type { Evidence } from "../../media/citation.ts";
import type { Coverage } from "../../media/coverage.ts";
import type { FailureDetail } from "../../media/failure.ts";
import type { ChatMessage } from "../chat-model.ts";
import { asksToGoOn } from "../going-on.ts";

/** A tool call with its result. */
export interface Done {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly isError: boolean;
  readonly evidence: readonly Evidence[];
  readonly coverage?: Coverage;
  readonly data: Readonly<Record<string, unknown>>;
  readonly failure?: FailureDetail;
}

/** A question with what was done for it. `steps` holds the calls of each turn of the model together. */
export interface Round {
  readonly question: string;
  readonly attached: readonly ("image" | "clip")[];
  readonly steps: readonly (readonly Done[])[];
  readonly answer: string;
}

type ToolMessage = Extract<ChatMessage, { role: "tool" }>;
type AssistantMessage = Extract<ChatMessage, { role: "assistant" }>;

/** The rounds of a conversation; the last is the one to be answered now. "Continue" asks the question before again. */
export function roundsOf(messages: readonly ChatMessage[]): readonly Round[] {
  const rounds: Round[] = [];
  const results = new Map(
    messages.flatMap((message) => (message.role === "tool" ? [[message.callId, message] as const] : [])),
  );
  for (const message of messages) {
    const last = rounds.at(-1);
    if (message.role === "user") {
      const question = last && asksToGoOn(message.text) ? last.question : message.text;
      rounds.push({ question, attached: message.attached ?? [], steps: [], answer: "" });
    } else if (message.role === "assistant" && last) {
      rounds[rounds.length - 1] = extend(last, message, results);
    }
  }
  return rounds;
}

function extend(round: Round, message: AssistantMessage, results: ReadonlyMap<string, ToolMessage>): Round {
  const done = (message.toolCalls ?? []).flatMap((call) => {
    const result = results.get(call.id);
    return result ? [toDone(result, call.argumentsJson)] : [];
  });
  if (done.length === 0) return { ...round, answer: message.text };
  return { ...round, steps: [...round.steps, done] };
}

function toDone(result: ToolMessage, argumentsJson: string): Done {
  return {
    name: result.name,
    input: parseInput(argumentsJson),
    text: result.text,
    isError: result.isError,
    evidence: result.evidence,
    data: result.data ?? {},
    ...(result.failure ? { failure: result.failure } : {}),
    ...(result.coverage ? { coverage: result.coverage } : {}),
  };
}

function parseInput(json: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(json);
    return parsed !== null && typeof parsed === "object" ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** All evidence of a round, in the order found, each handle once. */
export function evidenceOf(round: Round): readonly Evidence[] {
  const byHandle = new Map<string, Evidence>();
  for (const done of round.steps.flat()) {
    for (const evidence of done.evidence) byHandle.set(evidence.handle, evidence);
  }
  return [...byHandle.values()];
}

/** The evidence that a round's answer cites, in its order; what it found where it cites nothing. */
export function citedIn(round: Round, known: ReadonlyMap<string, Evidence>): readonly Evidence[] {
  const handles = [...round.answer.matchAll(/\[(e\d+)\]/g)].map((match) => match[1]);
  const cited = [...new Set(handles)].flatMap((handle) => known.get(handle ?? "") ?? []);
  return cited.length > 0 ? cited : evidenceOf(round);
}
