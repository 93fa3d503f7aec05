import type { AgentEvent } from "../agent/agent-event.ts";
import type { Citation, Finding } from "../media/citation.ts";
import type { Coverage } from "../media/coverage.ts";
import type { Span } from "../media/span.ts";

export type RunEnd = Extract<AgentEvent, { type: "run-end" }>;

export interface ToolCallLog {
  readonly callId: string;
  readonly name: string;
  readonly input: unknown;
  ms: number;
}

/** Notes which tools ran and how long each took, in order. */
export function logToolCall(calls: ToolCallLog[], event: AgentEvent): void {
  if (event.type === "tool-start")
    calls.push({ callId: event.callId, name: event.name, input: event.input, ms: 0 });
  if (event.type !== "tool-end" && event.type !== "tool-error") return;
  const call = calls.find(({ callId }) => callId === event.callId);
  if (call) call.ms = event.ms;
}

/** What `ask --json` prints: part of the command line's contract. */
export function answerJson(
  end: RunEnd,
  model: string,
  calls: readonly ToolCallLog[],
): Record<string, unknown> {
  return {
    answer: end.answer,
    model,
    citations: end.citations.map(citationJson),
    toolCalls: calls.map(({ name, input, ms }) => ({ name, input, ms })),
    reason: end.reason,
    ...(end.warnings.length > 0 ? { warnings: end.warnings } : {}),
    ...(end.failure ? { failure: end.failure } : {}),
  };
}

/** What `search --json` prints: part of the command line's contract. */
export function hitsJson(findings: readonly Finding[], coverage: Coverage): Record<string, unknown> {
  return { hits: findings.map(hitJson), coverage };
}

function citationJson({ handle, path, kind, span, quote, check }: Citation): Record<string, unknown> {
  return { id: handle, path, kind, ...spanJson(span), ...(quote === undefined ? {} : { quote }), check };
}

function hitJson({ path, kind, source, span, score, text, preview }: Finding): Record<string, unknown> {
  const optional = { ...(text === undefined ? {} : { text }), ...(preview === undefined ? {} : { preview }) };
  return { path, kind, source, ...spanJson(span), score, ...optional };
}

function spanJson(span: Span): Record<string, number> {
  if (span.kind === "time") return { startMs: span.startMs, endMs: span.endMs };
  return span.kind === "page" ? { page: span.page } : {};
}
