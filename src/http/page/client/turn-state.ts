import type { FailureDetail } from "../../../media/failure.ts";
import type { Source } from "./api-types.ts";

export interface Step {
  readonly callId: string;
  readonly name: string;
  readonly input: unknown;
  readonly state: "running" | "done" | "failed";
  readonly note: string;
  readonly ms?: number;
}

/** What a person sees of one question and its answer. */
export interface TurnState {
  readonly phase: "running" | "answered" | "stopped" | "failed";
  readonly thoughts: string;
  readonly steps: readonly Step[];
  /** While it streams with handles (`[e1]`); at the end with numbers (`[1]`). */
  readonly text: string;
  readonly sources: readonly Source[];
  readonly warnings: readonly string[];
  readonly failure?: Pick<FailureDetail, "message" | "remedy">;
}

export type TurnEvent =
  /** `id` goes with a follow-up. */
  | { readonly type: "conversation"; readonly id: string }
  | { readonly type: "turn-start" | "usage" }
  | { readonly type: "thinking-delta" | "text-delta"; readonly text: string }
  | { readonly type: "tool-start"; readonly callId: string; readonly name: string; readonly input: unknown }
  | {
      readonly type: "tool-progress";
      readonly callId: string;
      readonly progress: { readonly message: string };
    }
  | { readonly type: "tool-end"; readonly callId: string; readonly summary: string; readonly ms: number }
  | {
      readonly type: "tool-error";
      readonly callId: string;
      readonly failure: FailureDetail;
      readonly ms: number;
    }
  | { readonly type: "citation"; readonly citation: Source }
  | {
      readonly type: "run-end";
      readonly reason: "answered" | "aborted" | "turn-limit" | "failed";
      readonly answer: string;
      readonly citations: readonly Source[];
      readonly warnings: readonly string[];
      readonly failure?: FailureDetail;
    };

export const newTurn: TurnState = {
  phase: "running",
  thoughts: "",
  steps: [],
  text: "",
  sources: [],
  warnings: [],
};

/** The state after one more event of the run. */
export function reduceTurn(state: TurnState, event: TurnEvent): TurnState {
  switch (event.type) {
    case "conversation":
    case "usage":
      return state;
    case "turn-start":
      return { ...state, text: "" };
    case "thinking-delta":
      return { ...state, thoughts: state.thoughts + event.text };
    case "text-delta":
      return { ...state, text: state.text + event.text };
    case "tool-start":
      return {
        ...state,
        steps: [
          ...state.steps,
          { callId: event.callId, name: event.name, input: event.input, state: "running", note: "" },
        ],
      };
    case "tool-progress":
      return withStep(state, event.callId, { note: event.progress.message });
    case "tool-end":
      return withStep(state, event.callId, { state: "done", note: event.summary, ms: event.ms });
    case "tool-error":
      return withStep(state, event.callId, { state: "failed", note: noteOf(event.failure), ms: event.ms });
    case "citation":
      return { ...state, sources: [...state.sources, event.citation] };
    case "run-end":
      return endOf(state, event);
    default:
      return event satisfies never;
  }
}

/** The person stopped the run: what had come stays. */
export function stopTurn(state: TurnState): TurnState {
  return state.phase === "running" ? { ...state, phase: "stopped" } : state;
}

export function failTurn(state: TurnState, message: string, remedy: string): TurnState {
  return { ...state, phase: "failed", failure: { message, remedy } };
}

function noteOf({ message, remedy }: FailureDetail): string {
  return `${message.replace(/(?<![.!?。！？])$/u, ".")} ${remedy}`;
}

function withStep(state: TurnState, callId: string, change: Partial<Step>): TurnState {
  return {
    ...state,
    steps: state.steps.map((step) => (step.callId === callId ? { ...step, ...change } : step)),
  };
}

function endOf(state: TurnState, end: Extract<TurnEvent, { type: "run-end" }>): TurnState {
  const phases = {
    answered: "answered",
    "turn-limit": "answered",
    aborted: "stopped",
    failed: "failed",
  } as const;
  return {
    ...state,
    phase: phases[end.reason],
    text: end.answer || state.text,
    sources: end.citations,
    warnings: end.warnings,
    ...(end.failure ? { failure: end.failure } : {}),
  };
}
