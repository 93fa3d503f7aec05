import type { AgentEvent } from "../agent/agent-event.ts";
import type { FailureDetail } from "../media/failure.ts";
import { commitPoint } from "./commit-point.ts";
import type { Block, RunView, ToolCard } from "./view.ts";

export interface ReduceContext {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: number;
  /** Handles → numbers with times. What it gives for the start of a text begins what it gives for the whole. */
  readonly resolve: (text: string) => string;
  /** A failure in the language of the question. */
  readonly tell: (failure: FailureDetail) => FailureDetail;
}

type RunEnd = Extract<AgentEvent, { type: "run-end" }>;

/** What a run looks like after one more event. */
export function reduceRun(view: RunView, event: AgentEvent, context: ReduceContext): RunView {
  switch (event.type) {
    case "turn-start":
      return {
        ...flushed(view, context),
        text: "",
        committed: 0,
        live: "",
        turnSince: context.now,
        wordsSince: undefined,
      };
    case "thinking-delta":
      return {
        ...view,
        wordsSince: view.wordsSince ?? context.now,
        thought: view.thought + event.text,
        thoughtSince: view.thought === "" ? context.now : view.thoughtSince,
      };
    case "text-delta":
      return committed(
        {
          ...thoughtOver(view, context),
          wordsSince: view.wordsSince ?? context.now,
          text: view.text + event.text,
        },
        context,
      );
    case "tool-start": {
      const { callId, name, input } = event;
      const before = flushed(view, context);
      return { ...before, tools: [...before.tools, { callId, name, input, startedAt: context.now }] };
    }
    case "tool-progress":
      return {
        ...view,
        tools: view.tools.map((card) =>
          card.callId === event.callId ? { ...card, progress: event.progress } : card,
        ),
      };
    case "tool-end":
      return toolOver(view, event.callId, (card) => ({
        type: "tool-done",
        card,
        summary: event.summary,
        ms: event.ms,
      }));
    case "tool-error":
      return toolOver(view, event.callId, (card) => ({
        type: "tool-failed",
        card,
        failure: context.tell(event.failure),
        ms: event.ms,
      }));
    case "usage": {
      const seconds = (context.now - (view.wordsSince ?? view.turnSince)) / 1000;
      return {
        ...view,
        promptTokens: event.promptTokens,
        completionTokens: event.completionTokens,
        tokensPerSecond: seconds > 0 ? event.completionTokens / seconds : 0,
      };
    }
    case "citation":
      return { ...flushed(view, context), citations: [...view.citations, event.citation] };
    case "run-end":
      return ended(view, event, context);
    default:
      return impossible(event);
  }
}

function impossible(event: never): never {
  throw new Error(`An unknown event: ${JSON.stringify(event)}`);
}

function ended(view: RunView, event: RunEnd, context: ReduceContext): RunView {
  const last = flushed(view, context);
  // Of an earlier turn may be said what is no answer.
  const said = last.text.trim() !== "";
  const blocks: readonly Block[] = [
    ...last.blocks,
    ...last.tools.map((card): Block => ({ type: "tool-stopped", card })),
    ...(!said && event.answer !== "" ? [{ type: "answer", text: event.answer } as const] : []),
    ...event.warnings.map((text): Block => ({ type: "warning", text })),
    ...(event.failure ? [{ type: "failure", failure: context.tell(event.failure) } as const] : []),
    ...(event.reason === "aborted" ? [{ type: "stopped" } as const] : []),
  ];
  return { ...last, blocks, tools: [], citations: event.citations, ended: true };
}

function toolOver(view: RunView, callId: string, block: (card: ToolCard) => Block): RunView {
  const card = view.tools.find((one) => one.callId === callId);
  if (!card) return view;
  return {
    ...view,
    tools: view.tools.filter((one) => one !== card),
    blocks: [...view.blocks, block(card)],
  };
}

/** A thought ends when something is said or done. */
function thoughtOver(view: RunView, { now }: ReduceContext): RunView {
  if (view.thought === "") return view;
  const { thought: text, thoughtSince } = view;
  const tokens = Math.max(1, Math.round(text.length / 4));
  return {
    ...view,
    thought: "",
    blocks: [...view.blocks, { type: "thought", text, ms: now - thoughtSince, tokens }],
  };
}

function committed(view: RunView, context: ReduceContext): RunView {
  return commitTo(view, view.committed + commitPoint(view.text.slice(view.committed)), context);
}

function flushed(view: RunView, context: ReduceContext): RunView {
  return commitTo(thoughtOver(view, context), view.text.length, context);
}

function commitTo(view: RunView, end: number, { resolve }: ReduceContext): RunView {
  const before = resolve(view.text.slice(0, view.committed)).length;
  const all = resolve(view.text);
  if (end <= view.committed) return { ...view, live: all.slice(before) };
  const now = resolve(view.text.slice(0, end));
  const text = now.slice(before);
  const block: readonly Block[] = text.trim() === "" ? [] : [{ type: "answer", text }];
  return { ...view, committed: end, live: all.slice(now.length), blocks: [...view.blocks, ...block] };
}
