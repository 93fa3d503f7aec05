import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { CallToolResult, ClientCapabilities } from "@modelcontextprotocol/sdk/types.js";
import type { McpHost } from "../../mcp/host.ts";
import { type Additions, createMcpServer } from "../../mcp/server.ts";

export interface Answer {
  readonly result: CallToolResult;
  /** The text blocks, joined. */
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
}

export interface Contents {
  readonly text?: string;
  readonly blob?: string;
  readonly mimeType?: string | undefined;
}

export interface Session extends AsyncDisposable {
  readonly client: Client;
  call(name: string, args?: Readonly<Record<string, unknown>>): Promise<Answer>;
  read(uri: string): Promise<readonly Contents[]>;
}

/** A client and a server of this host, in one process. */
export async function openSession(
  host: McpHost,
  additions: Additions = {},
  capabilities: ClientCapabilities = {},
): Promise<Session> {
  const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "1" }, { capabilities });
  const server = createMcpServer(host, additions);
  await Promise.all([server.connect(serverEnd), client.connect(clientEnd)]);
  return {
    client,
    call: async (name, args = {}) =>
      answerOf((await client.callTool({ name, arguments: args })) as CallToolResult),
    read: async (uri) => (await client.readResource({ uri })).contents,
    [Symbol.asyncDispose]: () => client.close(),
  };
}

export function answerOf(result: CallToolResult): Answer {
  const texts = result.content.flatMap((block) => (block.type === "text" ? [block.text] : []));
  return { result, text: texts.join("\n"), structured: result.structuredContent ?? {} };
}

export function pictures({ result }: Answer): readonly string[] {
  return result.content.flatMap((block) => (block.type === "image" ? [block.data] : []));
}
