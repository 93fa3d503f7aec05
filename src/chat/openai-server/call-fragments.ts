import type { ToolCall } from "../chat-model.ts";
import type { CallDelta } from "./wire.ts";

/** More than any tool of ours reads: a model that writes on and on within a call. */
const longestArguments = 32 * 1024;
const mostCalls = 64;

interface OpenCall {
  readonly index: number | undefined;
  id: string;
  name: string;
  argumentsJson: string;
}

/**
 * Puts calls together from their fragments. A fragment belongs to the call of its `index`; one that brings a name
 * and another id begins a new call though the index is the same (Ollama), one without index or name goes on with the
 * last. Ids that are missing or taken are replaced.
 */
export function createCallFragments(): {
  push(delta: CallDelta): void;
  /** A call does not end; no more is taken of it. */
  isEndless(): boolean;
  end(): readonly ToolCall[];
} {
  const calls: OpenCall[] = [];
  return {
    push(delta) {
      const call = openCallFor(delta, calls);
      if (!call) return;
      call.id ||= delta.id ?? "";
      const { name, arguments: written } = delta.function ?? {};
      if (call.name === "") call.name = name ?? "";
      const text = typeof written === "string" ? written : written ? JSON.stringify(written) : "";
      if (call.argumentsJson.length < longestArguments) call.argumentsJson += text;
    },
    isEndless: () => calls.some((call) => call.argumentsJson.length >= longestArguments),
    end() {
      const taken = new Set<string>();
      return calls
        .filter((call) => call.name !== "")
        .map(({ id, name, argumentsJson }, position) => {
          const own = id !== "" && !taken.has(id) ? id : `${id || "call"}-${position + 1}`;
          taken.add(own);
          return { id: own, name, argumentsJson: argumentsJson.trim() === "" ? "{}" : argumentsJson };
        });
    },
  };
}

function openCallFor(delta: CallDelta, calls: OpenCall[]): OpenCall | undefined {
  const index = delta.index ?? undefined;
  const same = index === undefined ? calls.at(-1) : calls.findLast((call) => call.index === index);
  const begins = Boolean(delta.function?.name) && same !== undefined && isAnother(delta, same, index);
  if (same && !begins) return same;
  if (calls.length >= mostCalls) return undefined;
  const call = { index, id: "", name: "", argumentsJson: "" };
  calls.push(call);
  return call;
}

/** Whether a fragment with a name begins a call of its own: by its id, or without an index by the name alone. */
function isAnother(delta: CallDelta, same: OpenCall, index: number | undefined): boolean {
  if (index === undefined) return same.name !== "";
  return Boolean(delta.id) && same.id !== "" && delta.id !== same.id;
}

/** A call that the model wrote out as text: `{"name": …, "arguments": {…}}`. Undefined when it is not that. */
export function parseWrittenCall(text: string, id: string): ToolCall | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { name, arguments: given } = value as { name?: unknown; arguments?: unknown };
  if (typeof name !== "string" || name === "") return undefined;
  return { id, name, argumentsJson: typeof given === "string" ? given : JSON.stringify(given ?? {}) };
}
