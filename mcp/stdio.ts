import { PassThrough } from "node:stream";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { EarlyInput } from "./early-answer.ts";
import type { McpHost } from "./host.ts";
import { type Additions, createMcpServer } from "./server.ts";

/** Serves one client over stdin and stdout until it goes away, or until aborted. Only protocol lines go to stdout. */
export async function serveStdio(
  host: McpHost,
  signal: AbortSignal,
  early?: EarlyInput,
  additions: Additions = {},
): Promise<void> {
  const { received, answered } = early?.handOver() ?? { received: Buffer.alloc(0), answered: undefined };
  const input = new PassThrough();
  if (received.length > 0) input.write(received);
  const transport = new StdioServerTransport(input, process.stdout);
  if (answered !== undefined) withholdAnswer(transport, answered);
  const server = createMcpServer(host, additions);
  const over = new Promise<void>((resolve) => {
    for (const event of ["end", "close", "error"]) process.stdin.once(event, () => resolve());
    signal.addEventListener("abort", () => resolve(), { once: true });
    process.stdout.once("error", () => resolve());
  });
  await server.connect(transport);
  process.stdin.pipe(input);
  await over;
  process.stdin.unpipe(input);
  process.stdin.pause();
  await server.close();
}

/** The server still reads the request, for what the client can do; its answer was given already. */
function withholdAnswer(transport: StdioServerTransport, id: string | number): void {
  const send = transport.send.bind(transport);
  let withheld = false;
  transport.send = async (message: JSONRPCMessage) => {
    if (!withheld && "result" in message && message.id === id) {
      withheld = true;
      return;
    }
    await send(message);
  };
}
