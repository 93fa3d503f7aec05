import type { Citation } from "../media/citation.ts";
import type { FailureDetail } from "../media/failure.ts";
import type { ToolProgress } from "../tools/tool.ts";

export type RunEndReason = "answered" | "aborted" | "turn-limit" | "failed";

/** What happens in a run, as plain data; ends in exactly one `run-end`. */
export type AgentEvent =
  | { readonly type: "turn-start"; readonly turn: number }
  | { readonly type: "thinking-delta"; readonly text: string }
  | { readonly type: "text-delta"; readonly text: string }
  | { readonly type: "tool-start"; readonly callId: string; readonly name: string; readonly input: unknown }
  | { readonly type: "tool-progress"; readonly callId: string; readonly progress: ToolProgress }
  | {
      readonly type: "tool-end";
      readonly callId: string;
      readonly name: string;
      readonly summary: string;
      readonly ms: number;
    }
  | {
      readonly type: "tool-error";
      readonly callId: string;
      readonly name: string;
      readonly failure: FailureDetail;
      readonly ms: number;
    }
  | {
      /** After a turn of a model that counts its tokens. */
      readonly type: "usage";
      /** Tokens of the context that the turn's prompt took. */
      readonly promptTokens: number;
      readonly completionTokens: number;
    }
  | { readonly type: "citation"; readonly citation: Citation }
  | {
      readonly type: "run-end";
      readonly reason: RunEndReason;
      /** The whole answer with handles resolved: what a person reads. */
      readonly answer: string;
      readonly citations: readonly Citation[];
      /** What the host had to mend: handles that were never handed out, times that no evidence holds. */
      readonly warnings: readonly string[];
      readonly failure?: FailureDetail;
    };
