import type { Attachment } from "../media/attachment.ts";
import type { Citation } from "../media/citation.ts";
import type { FailureDetail } from "../media/failure.ts";
import type { Pixels } from "../media/pixels.ts";
import type { ToolProgress } from "../tools/tool.ts";

/** A call of a tool, at work until `ended`. */
export interface ToolCard {
  readonly callId: string;
  readonly name: string;
  readonly input: unknown;
  /** Milliseconds of the clock that the reducer is given. */
  readonly startedAt: number;
  readonly progress?: ToolProgress;
}

/** Where a number in an answer leads. */
export type CitedPlace = Pick<Citation, "mediaId" | "path" | "span">;

export interface CitedMoment {
  readonly number: number;
  readonly citation: Citation;
  readonly thumbnail?: Pixels;
}

/** What is finished: drawn once, then part of the terminal's own history. */
export type Block =
  | { readonly type: "greeting"; readonly text: string }
  | { readonly type: "question"; readonly text: string; readonly attachments: readonly Attachment[] }
  /** What was asked of the chat itself. */
  | { readonly type: "command"; readonly text: string }
  | { readonly type: "thought"; readonly text: string; readonly ms: number; readonly tokens: number }
  | { readonly type: "tool-done"; readonly card: ToolCard; readonly summary: string; readonly ms: number }
  | {
      readonly type: "tool-failed";
      readonly card: ToolCard;
      readonly failure: FailureDetail;
      readonly ms: number;
    }
  | { readonly type: "tool-stopped"; readonly card: ToolCard }
  | {
      readonly type: "answer";
      readonly text: string;
      /** What the numbers in the text stand for: `[1]` is the first. */
      readonly cited?: readonly CitedPlace[];
    }
  | { readonly type: "citations"; readonly moments: readonly CitedMoment[] }
  | { readonly type: "stopped" }
  | { readonly type: "warning"; readonly text: string }
  | { readonly type: "failure"; readonly failure: FailureDetail }
  | { readonly type: "note"; readonly text: string }
  /** Thoughts or results of the last turn once more, in full: what was drawn before cannot be drawn anew. */
  | { readonly type: "expanded"; readonly blocks: readonly Block[] };

/** One run of the agent, as far as it has come. */
export interface RunView {
  /** Finished blocks in order; only ever appended to. */
  readonly blocks: readonly Block[];
  readonly tools: readonly ToolCard[];
  /** The present turn's text as the model wrote it, with handles. */
  readonly text: string;
  /** How much of `text` is in `blocks` already. */
  readonly committed: number;
  /** What is not yet in `blocks` of it, as people read it. */
  readonly live: string;
  readonly thought: string;
  readonly thoughtSince: number;
  readonly turnSince: number;
  /** When the first words of the present turn came; undefined before, while the model reads. */
  readonly wordsSince: number | undefined;
  readonly citations: readonly Citation[];
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the newest turn that counted its tokens; 0 before. */
  readonly tokensPerSecond: number;
  readonly ended: boolean;
}

export const emptyRun: RunView = {
  blocks: [],
  tools: [],
  text: "",
  committed: 0,
  live: "",
  thought: "",
  thoughtSince: 0,
  turnSince: 0,
  wordsSince: undefined,
  citations: [],
  promptTokens: 0,
  completionTokens: 0,
  tokensPerSecond: 0,
  ended: false,
};
