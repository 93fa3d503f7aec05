import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
  ToolAnnotations,
} from "@modelcontextprotocol/sdk/types.js";
import type { ToolProgress } from "../src/tools/tool.ts";

export interface JsonSchema {
  readonly [key: string]: unknown;
  readonly type: "object";
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

/** What a call may use of the session that it came in on. */
export interface CallContext {
  /** Aborts when the client cancels the call or goes away. */
  readonly signal: AbortSignal;
  readonly progress: (report: ToolProgress) => void;
  /** Absolute folders that the client says it works in; none where it says nothing. */
  readonly clientRoots: () => Promise<readonly string[]>;
  /** What a result had no room for: gives the address at which it can be read. */
  readonly keepRest: (rest: Rest) => string;
  readonly extra: RequestHandlerExtra<ServerRequest, ServerNotification>;
}

export interface Rest {
  readonly moments: readonly unknown[];
  readonly data?: Readonly<Record<string, unknown>>;
}

/** One tool as a client sees it; plain data, so that another revision's adapter can serve the same list. */
export interface McpTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonSchema;
  /** Absent where the result is pictures. */
  readonly outputSchema?: JsonSchema;
  readonly annotations: Required<Omit<ToolAnnotations, "title">>;
  call(args: unknown, context: CallContext): Promise<CallToolResult>;
}
