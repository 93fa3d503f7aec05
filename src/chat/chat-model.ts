import type { Evidence } from "../media/citation.ts";
import type { Coverage } from "../media/coverage.ts";
import type { FailureDetail } from "../media/failure.ts";

export type Thinking = "on" | "off" | "auto";

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote it: may be invalid JSON. */
  readonly argumentsJson: string;
}

export type ChatMessage =
  | { readonly role: "system"; readonly text: string }
  | {
      readonly role: "user";
      readonly text: string;
      readonly imagePaths?: readonly string[];
      readonly attached?: readonly ("image" | "clip")[];
    }
  | { readonly role: "assistant"; readonly text: string; readonly toolCalls?: readonly ToolCall[] }
  | {
      readonly role: "tool";
      readonly callId: string;
      readonly name: string;
      /** What a language model reads: short, with handles. */
      readonly text: string;
      readonly isError: boolean;
      /** The same findings as data, for a responder that reads no prose. */
      readonly evidence: readonly Evidence[];
      readonly coverage?: Coverage;
      /** Tool-specific facts (counts, agreement of an OCR vote, file lists). */
      readonly data?: Readonly<Record<string, unknown>>;
      /** What went wrong, for the same, where `isError`. */
      readonly failure?: FailureDetail;
      readonly imagePaths?: readonly string[];
    };

export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ToolSpec[];
  readonly thinking: Thinking;
  readonly signal: AbortSignal;
}

export type ChatChunk =
  | { readonly type: "thinking"; readonly text: string }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "tool-call"; readonly call: ToolCall }
  | { readonly type: "usage"; readonly promptTokens: number; readonly completionTokens: number };

/** A language model, or the built-in responder: one turn per call; it runs no tool itself. */
export interface ChatModel extends AsyncDisposable {
  readonly name: string;
  /** Where it runs, for people: "built in, no language model", "node-llama-cpp on CUDA". */
  readonly runsOn: string;
  readonly contextTokens: number;
  readonly accepts: ReadonlySet<"text" | "image">;
  /** What it lacks, a clause each, for people: "it takes no pictures". */
  readonly missing?: readonly string[];
  stream(request: ChatRequest): AsyncIterable<ChatChunk>;
}

/** The built-in responder: no language model. */
export function isByRules({ runsOn }: Pick<ChatModel, "runsOn">): boolean {
  return runsOn.endsWith("by rules");
}
