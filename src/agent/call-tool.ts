import { z } from "zod";
import type { ChatMessage, ToolCall } from "../chat/chat-model.ts";
import type { Attachment } from "../media/attachment.ts";
import { detailOf, Failure, type FailureDetail } from "../media/failure.ts";
import type { Tool, ToolContext, ToolProgress, ToolResult } from "../tools/tool.ts";
import type { AgentEvent } from "./agent-event.ts";
import { type Confirm, withoutUnconfirmed } from "./confirm-events.ts";
import type { Conversation } from "./conversation.ts";
import { coverageLine, evidenceLine, neutralise } from "./evidence-text.ts";

interface Prepared {
  readonly tool: Tool;
  readonly input: Record<string, unknown>;
}

/** Calls that were already carried out in this run, by name and arguments. */
export type CallMemory = Set<string>;

/**
 * Carries out one call and adds its result to the conversation. What the model or the person can mend becomes an
 * error result that says how to go on; an abort and a bug escape. Returns whether the call was carried out.
 */
export async function* callTool(
  call: ToolCall,
  run: {
    conversation: Conversation;
    tools: readonly Tool[];
    memory: CallMemory;
    signal: AbortSignal;
    attachments?: readonly Attachment[];
    /** Whether an event is really to be seen; without it all are handed on. */
    confirm?: Confirm;
  },
): AsyncGenerator<AgentEvent, boolean> {
  const { conversation, signal } = run;
  const started = performance.now();
  const { id: callId, name } = call;
  const prepared = prepare(call, run.tools, run.memory);
  yield { type: "tool-start", callId, name, input: "tool" in prepared ? prepared.input : call.argumentsJson };
  try {
    if (prepared instanceof Failure) throw prepared;
    const work = withProgress((progress) =>
      prepared.tool.execute(prepared.input, { signal, progress, attachments: run.attachments ?? [] }),
    );
    const found = yield* reportProgress(callId, work);
    const result = run.confirm ? await withoutUnconfirmed(found, run.confirm, signal) : found;
    const message = resultMessage(call, result, conversation);
    conversation.add(message);
    yield { type: "tool-end", callId, name, summary: result.text, ms: performance.now() - started };
    return true;
  } catch (error) {
    if (signal.aborted || !(error instanceof Failure)) throw error;
    const failure = detailOf(error);
    conversation.add(errorMessage(call, failure));
    yield { type: "tool-error", callId, name, failure, ms: performance.now() - started };
    return !(prepared instanceof Failure);
  }
}

function prepare(call: ToolCall, tools: readonly Tool[], memory: CallMemory): Prepared | Failure {
  const tool = tools.find((one) => one.name === call.name);
  if (!tool) {
    const names = tools.map((one) => one.name).join(", ");
    return invalid(`There is no tool named "${call.name}"`, `Use one of: ${names}.`);
  }
  const json = parseJson(call.argumentsJson);
  if (json === undefined) {
    return invalid(
      `The arguments of ${call.name} are not valid JSON`,
      "Send one JSON object with the arguments.",
    );
  }
  const parsed = tool.input.safeParse(json);
  if (!parsed.success) {
    return invalid(
      `Wrong arguments for ${call.name}: ${z.prettifyError(parsed.error)}`,
      "Correct them and call again.",
    );
  }
  const key = `${call.name} ${stableJson(parsed.data)}`;
  if (memory.has(key)) {
    return invalid(
      `${call.name} was already called with these arguments`,
      "Its result is above. Answer with it, or call with other arguments.",
    );
  }
  memory.add(key);
  return { tool, input: parsed.data };
}

function invalid(message: string, remedy: string): Failure {
  return new Failure({ code: "invalid-input", message, remedy });
}

function parseJson(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function resultMessage(call: ToolCall, result: ToolResult, conversation: Conversation): ChatMessage {
  const evidence = conversation.record(result.findings);
  const coverage = result.coverage ? [coverageLine(result.coverage)] : [];
  return {
    role: "tool",
    callId: call.id,
    name: call.name,
    text: [neutralise(result.text), ...evidence.map(evidenceLine), ...coverage].join("\n"),
    isError: false,
    evidence,
    ...(result.coverage ? { coverage: result.coverage } : {}),
    ...(result.data ? { data: result.data } : {}),
    ...(result.imagePaths ? { imagePaths: result.imagePaths } : {}),
  };
}

function errorMessage(call: ToolCall, failure: FailureDetail): ChatMessage {
  const text = neutralise(`${failure.message.replace(/\.$/, "")}. ${failure.remedy}`);
  return { role: "tool", callId: call.id, name: call.name, text, isError: true, evidence: [], failure };
}

async function* reportProgress<T>(
  callId: string,
  work: AsyncGenerator<ToolProgress, T>,
): AsyncGenerator<AgentEvent, T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
    yield { type: "tool-progress", callId, progress: step.value };
  }
}

/** Turns a callback that reports progress into a stream of reports that ends with the result. */
async function* withProgress<T>(
  work: (report: ToolContext["progress"]) => Promise<T>,
): AsyncGenerator<ToolProgress, T> {
  const waiting: ToolProgress[] = [];
  let wake = () => {};
  let ended = false;
  const result = work((report) => {
    waiting.push(report);
    wake();
  });
  const end = () => {
    ended = true;
    wake();
  };
  result.then(end, end);
  while (!ended) {
    yield* waiting.splice(0);
    if (waiting.length > 0 || ended) continue;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  yield* waiting.splice(0);
  return await result;
}
