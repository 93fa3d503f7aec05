import type { z } from "zod";
import type { Attachment } from "../media/attachment.ts";
import type { Finding } from "../media/citation.ts";
import type { Coverage } from "../media/coverage.ts";

export interface ToolProgress {
  readonly message: string;
  readonly done?: number;
  readonly total?: number;
}

export interface ToolContext {
  readonly signal: AbortSignal;
  readonly progress: (report: ToolProgress) => void;
  /** What came with the question; a reference `#1` means the first. */
  readonly attachments?: readonly Attachment[];
}

export interface ToolResult {
  /** One or a few lines that say what was found, without the findings themselves (the host prints those with handles). */
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly coverage?: Coverage;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Pictures for a model that sees; files in the library's scratch folder. */
  readonly imagePaths?: readonly string[];
}

/** One capability, as plain data: it knows neither the agent nor MCP. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly readOnly: boolean;
  execute(input: z.output<Input>, context: ToolContext): Promise<ToolResult>;
}

/** Types `execute` from `input`, then forgets it, so that tools of different inputs share a list. */
export function defineTool<Input extends z.ZodObject>(tool: Tool<Input>): Tool {
  return tool as unknown as Tool;
}
