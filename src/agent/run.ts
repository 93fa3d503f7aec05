import { z } from "zod";
import type { ChatMessage, ChatModel, Thinking, ToolCall, ToolSpec } from "../chat/chat-model.ts";
import type { Attachment } from "../media/attachment.ts";
import type { Citation, CitationCheck, Evidence } from "../media/citation.ts";
import { detailOf, Failure, type FailureDetail } from "../media/failure.ts";
import { failureOf } from "../media/system-failure.ts";
import { messagesFor } from "../messages/messages.ts";
import type { Tool } from "../tools/tool.ts";
import type { AgentEvent, RunEndReason } from "./agent-event.ts";
import { type CallMemory, callTool } from "./call-tool.ts";
import { resolveHandles, toCitation } from "./citations.ts";
import type { Confirm } from "./confirm-events.ts";
import { type Conversation, settle } from "./conversation.ts";
import { estimateTokens, fitHistory } from "./history-window.ts";
import { emptyTurn, type ModelTurn, streamTurn } from "./model-turn.ts";
import { unheldTimes } from "./prose-times.ts";

/** Room that is left in the context for the answer, in tokens. */
const answerTokens = 1024;
const mostCallsInATurn = 16;
const mostEmptyTurns = 2;
/** After so many turns of nothing but wrong or repeated calls, the model must answer. */
const mostIdleTurns = 2;

export interface RunOptions {
  readonly model: ChatModel;
  readonly tools: readonly Tool[];
  /** Changed in place: when the run has ended, however it ended, it can be continued. */
  readonly conversation: Conversation;
  readonly question: string;
  /** Tools can search by them; a model that sees gets the pictures. */
  readonly attachments?: readonly Attachment[];
  readonly thinking: Thinking;
  readonly signal: AbortSignal;
  /** Turns in which the model may call tools; one more is given to answer with what was found. Default 8. */
  readonly maxTurns?: number;
  /** Tests a cited moment against its file; without it citations stay "unchecked". */
  readonly check?: (evidence: Evidence, signal: AbortSignal) => Promise<CitationCheck>;
  /** Whether an event that a tool found is to be seen in the picture; one that is not reaches no model. */
  readonly confirm?: Confirm;
}

interface Outcome {
  readonly reason: RunEndReason;
  readonly text: string;
  readonly endless?: boolean;
  readonly failure?: FailureDetail;
}

/**
 * Answers one question: asks the model, carries out its tool calls, asks again, and resolves and checks the
 * citations of its answer. Ends in exactly one `run-end`, unless a bug escapes as an exception.
 */
export async function* runAgent(options: RunOptions): AsyncGenerator<AgentEvent, void> {
  const { conversation, question, attachments = [], signal } = options;
  conversation.add(questionMessage(question, attachments));
  const turn = emptyTurn();
  let outcome: Outcome;
  try {
    outcome = yield* converse(options, turn);
  } catch (error) {
    const failure = failureOf(error);
    if (signal.aborted) outcome = { reason: "aborted", text: turn.text };
    else if (failure) outcome = { reason: "failed", text: turn.text, failure: detailOf(failure) };
    else throw error;
  } finally {
    settle(conversation, turn.text);
  }
  yield* conclude(outcome, options);
}

function questionMessage(text: string, attachments: readonly Attachment[]): ChatMessage {
  if (attachments.length === 0) return { role: "user", text };
  const imagePaths = attachments.flatMap((one) => (one.kind === "image" ? [one.path] : []));
  return {
    role: "user",
    text,
    attached: attachments.map((one) => one.kind),
    ...(imagePaths.length > 0 ? { imagePaths } : {}),
  };
}

/** What a run keeps between its turns. */
interface RunState {
  readonly specs: readonly ToolSpec[];
  readonly memory: CallMemory;
  turns: number;
  emptyTurns: number;
  idleTurns: number;
}

/** Turns until there is an answer. `turn` always holds the turn at work, for the case of an abort. */
async function* converse(options: RunOptions, turn: ModelTurn): AsyncGenerator<AgentEvent, Outcome> {
  const specs = options.tools.map(toSpec);
  const state: RunState = { specs, memory: new Set(), turns: 0, emptyTurns: 0, idleTurns: 0 };
  for (;;) {
    const outcome = yield* takeTurn(options, turn, state);
    if (outcome) return outcome;
  }
}

async function* takeTurn(
  options: RunOptions,
  turn: ModelTurn,
  state: RunState,
): AsyncGenerator<AgentEvent, Outcome | undefined> {
  const { model, tools, conversation, thinking, signal, maxTurns = 8 } = options;
  const mustAnswer = state.turns >= maxTurns || state.idleTurns >= mostIdleTurns;
  const offered = mustAnswer ? [] : state.specs;
  const history = fitHistory(conversation.messages, conversation.evidence, roomFor(model, offered));
  const messages = [...history, ...nudge(mustAnswer, state.emptyTurns)];
  state.turns += 1;
  Object.assign(turn, emptyTurn());
  yield { type: "turn-start", turn: state.turns };
  yield* streamTurn(model, { messages, tools: offered, thinking, signal }, turn);

  const calls = mustAnswer ? [] : turn.calls.slice(0, mostCallsInATurn);
  const { text, endless } = turn;
  if (calls.length === 0 && text.trim() === "") {
    state.emptyTurns += 1;
    return mustAnswer || state.emptyTurns > mostEmptyTurns ? noAnswer(mustAnswer, model) : undefined;
  }
  conversation.add({ role: "assistant", text, ...(calls.length > 0 ? { toolCalls: calls } : {}) });
  if (calls.length === 0) return { reason: mustAnswer ? "turn-limit" : "answered", text, endless };
  Object.assign(turn, emptyTurn());
  const carriedOut = yield* callAll(calls, {
    conversation,
    tools,
    memory: state.memory,
    signal,
    attachments: options.attachments ?? [],
    ...(options.confirm ? { confirm: options.confirm } : {}),
  });
  state.idleTurns = carriedOut === 0 ? state.idleTurns + 1 : 0;
  return undefined;
}

/** Carries out the calls one after another; returns how many were not turned down. */
async function* callAll(
  calls: readonly ToolCall[],
  run: Parameters<typeof callTool>[1],
): AsyncGenerator<AgentEvent, number> {
  let carriedOut = 0;
  for (const call of calls) {
    run.signal.throwIfAborted();
    carriedOut += Number(yield* callTool(call, run));
  }
  return carriedOut;
}

/** A word to the model that is no part of the conversation. */
function nudge(mustAnswer: boolean, emptyTurns: number): readonly ChatMessage[] {
  if (mustAnswer) return [{ role: "system", text: "No more tool calls. Answer now with what was found." }];
  return emptyTurns > 0
    ? [{ role: "system", text: "Your last turn was empty. Answer, or call a tool." }]
    : [];
}

function noAnswer(atLimit: boolean, model: ChatModel): Outcome {
  if (atLimit) return { reason: "turn-limit", text: "" };
  const failure: FailureDetail = {
    code: "unavailable",
    message: `The model "${model.name}" gave an empty answer ${mostEmptyTurns + 1} times`,
    remedy: "Ask again, or choose another model with --model; --model builtin always works.",
  };
  return { reason: "failed", text: "", failure };
}

async function* conclude(outcome: Outcome, options: RunOptions): AsyncGenerator<AgentEvent, void> {
  const { conversation, question } = options;
  const words = messagesFor(question).agent;
  const resolved = resolveHandles(outcome.text, conversation.find);
  const warnings = [
    ...resolved.unknownHandles.map(words.unknownHandle),
    ...unheldTimes(outcome.text, conversation.evidence, question).map(words.unheldTime),
    ...(outcome.endless ? [words.endless] : []),
  ];
  const citations: Citation[] = [];
  for (const [index, evidence] of resolved.cited.entries()) {
    const check = await checked(evidence, outcome.reason, options);
    const citation = toCitation(evidence, check);
    citations.push(citation);
    if (check === "failed") warnings.push(words.failedCheck(index + 1));
    yield { type: "citation", citation };
  }
  const answer = resolved.answer || (outcome.reason === "turn-limit" ? words.turnLimit : "");
  const { reason, failure } = outcome;
  const ended = options.signal.aborted ? "aborted" : reason;
  yield { type: "run-end", reason: ended, answer, citations, warnings, ...(failure ? { failure } : {}) };
}

async function checked(
  evidence: Evidence,
  reason: RunEndReason,
  options: RunOptions,
): Promise<CitationCheck> {
  if (!options.check || options.signal.aborted || reason === "aborted" || reason === "failed")
    return "unchecked";
  try {
    return await options.check(evidence, options.signal);
  } catch (error) {
    if (options.signal.aborted) return "unchecked";
    if (error instanceof Failure) return "failed";
    throw error;
  }
}

function roomFor(model: ChatModel, specs: readonly ToolSpec[]): number {
  const forTools = specs.reduce((sum, spec) => sum + estimateTokens(JSON.stringify(spec)), 0);
  return Math.max(256, model.contextTokens - answerTokens - forTools);
}

function toSpec(tool: Tool): ToolSpec {
  return {
    name: tool.name,
    description: tool.description,
    parameters: z.toJSONSchema(tool.input, { io: "input" }),
  };
}
