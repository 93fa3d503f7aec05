import { fileURLToPath } from "node:url";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import {
  type CallToolResult,
  ListRootsResultSchema,
  McpError,
  type ServerNotification,
  type ServerRequest,
} from "@modelcontextprotocol/sdk/types.js";
import { failureOf } from "../src/media/system-failure.ts";
import type { ToolProgress } from "../src/tools/tool.ts";
import { errorResult, failureResult } from "./call-result.ts";
import type { McpHost } from "./host.ts";
import type { CallContext, McpTool } from "./mcp-tool.ts";

export interface Calling {
  readonly host: McpHost;
  readonly server: Server;
  readonly extra: RequestHandlerExtra<ServerRequest, ServerNotification>;
  readonly keepRest: CallContext["keepRest"];
}

/** Runs one call to its result. What can be mended is a result that says how; a bug is one, too, and a log line. */
export async function callTool(tool: McpTool, args: unknown, calling: Calling): Promise<CallToolResult> {
  const { host, server, extra, keepRest } = calling;
  const context: CallContext = {
    signal: extra.signal,
    progress: progressSender(extra),
    clientRoots: () => clientRoots(server, extra),
    keepRest,
    extra,
  };
  try {
    return await tool.call(args, context);
  } catch (error) {
    if (extra.signal.aborted) throw error;
    const failure = failureOf(error);
    if (failure) return failureResult(failure, await host.hidePaths());
    if (error instanceof McpError) throw error;
    process.stderr.write(
      `sightline: ${tool.name}: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return errorResult(
      `${tool.name} failed because of a fault in Sightline itself; the server goes on. Try other arguments or another ` +
        "tool; the person can run `sightline doctor` and find the details in the server's log.",
    );
  }
}

/** Each report one step further, as the protocol asks, whatever the tool counts. */
function progressSender({ _meta, sendNotification }: Calling["extra"]): (report: ToolProgress) => void {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  let steps = 0;
  return ({ message, done, total }) => {
    steps = Math.max(steps + 1, 1);
    const counted = done === undefined || total === undefined ? "" : ` ${done} of ${total}`;
    const params = { progressToken, progress: steps, message: `${message}${counted}` };
    sendNotification({ method: "notifications/progress", params }).catch(() => undefined);
  };
}

async function clientRoots(server: Server, extra: Calling["extra"]): Promise<readonly string[]> {
  if (!server.getClientCapabilities()?.roots) return [];
  const asked = extra.sendRequest({ method: "roots/list" }, ListRootsResultSchema, { timeout: 5_000 });
  // A client that cannot say where it works has no folders to offer.
  const { roots } = await asked.catch(() => ({ roots: [] }));
  return roots.flatMap(({ uri }) => {
    try {
      return [fileURLToPath(uri)];
    } catch {
      return [];
    }
  });
}
