import path from "node:path";
import { openMcpHost } from "../../mcp/host.ts";
import { serveStdio } from "../../mcp/stdio.ts";
import { openApp } from "../app.ts";
import type { CommandContext } from "./command-context.ts";
import { earlyInput } from "./early-mcp.ts";
import { exitStatus } from "./exit.ts";

interface McpOptions {
  readonly root?: readonly string[];
  readonly clientRoots?: boolean;
}

export async function runMcp(
  _: readonly string[],
  { root = [], clientRoots = false }: McpOptions,
  { config, signal }: CommandContext,
): Promise<number> {
  await using host = openMcpHost({
    config,
    openApp,
    allowedRoots: root.map((folder) => path.resolve(folder)),
    trustClientRoots: clientRoots,
  });
  await serveStdio(host, signal, earlyInput());
  return exitStatus.done;
}
