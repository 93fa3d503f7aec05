import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  type Tool as ListedTool,
  ListPromptsRequestSchema,
  ListToolsRequestSchema,
  McpError,
} from "@modelcontextprotocol/sdk/types.js";
import { askTool } from "./ask-tool.ts";
import { callTool } from "./call-tool.ts";
import type { McpHost } from "./host.ts";
import { capabilities, serverInfo } from "./identity.ts";
import { indexTools } from "./index-tools.ts";
import { instructionsOf } from "./instructions.ts";
import { libraryResource } from "./library-resource.ts";
import { libraryTool } from "./library-tool.ts";
import type { McpTool } from "./mcp-tool.ts";
import { mediaResources } from "./media-resources.ts";
import { promptValues } from "./prompt-values.ts";
import { type McpPrompt, prompts as ownPrompts } from "./prompts.ts";
import type { ResourceSource } from "./resource-source.ts";
import { openRestResources } from "./rest-resources.ts";
import { serveResources } from "./serve-resources.ts";

/** Served besides what the library offers. */
export interface Additions {
  readonly tools?: readonly McpTool[];
  readonly resources?: readonly ResourceSource[];
  readonly prompts?: readonly McpPrompt[];
}

/** One session's server. Closing it, or losing its client, ends what it listens to. */
export function createMcpServer(host: McpHost, additions: Additions = {}): Server {
  const server = new Server(serverInfo(), {
    capabilities,
    instructions: instructionsOf(host.config.library),
  });
  const rest = openRestResources();
  const resources = [
    libraryResource(host),
    mediaResources(host),
    rest.source,
    ...(additions.resources ?? []),
  ];
  const prompts = [...ownPrompts, ...(additions.prompts ?? [])];
  const tools = () => [...toolsOf(host), ...(additions.tools ?? [])];

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools().map(listed) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => {
    const tool = tools().find((one) => one.name === params.name);
    if (!tool) throw unknown("tool", params.name, tools());
    return callTool(tool, params.arguments, { host, server, extra, keepRest: rest.keep });
  });
  const subscribed = serveResources(server, resources, host.hidePaths);
  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: prompts.map(({ messages: _, ...prompt }) => prompt),
  }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => {
    const prompt = prompts.find((one) => one.name === params.name);
    if (!prompt) throw unknown("prompt", params.name, prompts);
    const args = params.arguments ?? {};
    const missing = (prompt.arguments ?? []).filter(({ name, required }) => required && !args[name]);
    if (missing.length > 0) {
      const names = missing.map(({ name }) => `\`${name}\``).join(", ");
      throw new McpError(ErrorCode.InvalidParams, `The prompt ${prompt.name} needs ${names}`);
    }
    return { description: prompt.description, messages: [...prompt.messages(args)] };
  });
  server.setRequestHandler(CompleteRequestSchema, async ({ params: { ref, argument } }) => {
    const values =
      ref.type === "ref/prompt"
        ? await promptValues(host, argument)
        : await firstOf(resources, (source) => source.complete?.(ref, argument.name, argument.value));
    const all = values ?? [];
    return { completion: { values: all.slice(0, 100), total: all.length, hasMore: all.length > 100 } };
  });

  const stop = host.onChange((change) => {
    // A client that has just gone away misses nothing.
    const told = change === "tools" ? server.sendToolListChanged() : subscribed.libraryChanged();
    told.catch(() => undefined);
  });
  server.onclose = stop;
  return server;
}

function toolsOf(host: McpHost): readonly McpTool[] {
  const open = async (name: string) => {
    const { library, hide, roots } = await host.open();
    const tool = library.tools.find((one) => one.name === name);
    if (!tool) throw new McpError(ErrorCode.InvalidParams, `The tool ${name} is not there any more`);
    return { tool, hide, roots };
  };
  const working = [askTool(host), ...host.toolList().map((tool) => libraryTool(tool, open))];
  return [...working.map((tool) => inTurn(tool, host)), ...indexTools(host)];
}

function inTurn(tool: McpTool, host: McpHost): McpTool {
  const call: McpTool["call"] = (args, context) =>
    host.limited(() => tool.call(args, context), context.signal);
  return { ...tool, call };
}

function listed({ call: _, inputSchema, outputSchema, ...tool }: McpTool): ListedTool {
  return {
    ...tool,
    inputSchema: inputSchema as ListedTool["inputSchema"],
    ...(outputSchema ? { outputSchema: outputSchema as ListedTool["outputSchema"] } : {}),
  };
}

function unknown(kind: string, name: string, known: readonly { readonly name: string }[]): McpError {
  const names = known.map((one) => one.name).join(", ");
  return new McpError(ErrorCode.InvalidParams, `Unknown ${kind}: ${name.slice(0, 80)}. There are: ${names}`);
}

async function firstOf<One, Result>(
  all: readonly One[],
  ask: (one: One) => Promise<Result | undefined> | undefined,
): Promise<Result | undefined> {
  for (const one of all) {
    const answer = await ask(one);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
