import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ModelServerRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** Parsed JSON of a POST. */
  readonly body: Record<string, unknown>;
}

export type Reply = (answer: ServerResponse, request: ModelServerRequest) => void | Promise<void>;

export interface ModelServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ModelServerRequest[];
  /** Those that asked for a turn. */
  readonly turns: readonly ModelServerRequest[];
  /** Resolves when a client has closed a connection before its answer was whole. */
  readonly hungUp: Promise<void>;
}

/**
 * A model server on this machine, over real HTTP, that says what a test wants: `replies` answer one streamed turn
 * after the other, the last one all that follow; `routes` answer what lies beside ("/v1/models").
 */
export async function startModelServer(
  replies: readonly Reply[],
  routes: Readonly<Record<string, Reply>> = llamaRoutes,
): Promise<ModelServer> {
  const requests: ModelServerRequest[] = [];
  const turns: ModelServerRequest[] = [];
  let hangUp: () => void = () => {};
  const hungUp = new Promise<void>((resolve) => {
    hangUp = resolve;
  });
  const server = createServer(async (incoming, answer) => {
    answer.on("close", () => {
      if (!answer.writableFinished) hangUp();
    });
    const request = await read(incoming);
    requests.push(request);
    const isTurn = request.path === "/v1/chat/completions" && routes[request.path] === undefined;
    if (isTurn) turns.push(request);
    const reply = isTurn ? replies[Math.min(turns.length, replies.length) - 1] : routes[request.path];
    if (reply) await reply(answer, request);
    else await refuse(404, "no such route")(answer, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    turns,
    hungUp,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<ModelServerRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString("utf8");
  const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { method: incoming.method ?? "", path: incoming.url ?? "", headers: incoming.headers, body };
}

export const json =
  (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply =>
  (answer) => {
    answer.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
  };

export const refuse = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply => json({ error: { message, code: status } }, status, headers);

export const text =
  (body: string, contentType: string): Reply =>
  (answer) => {
    answer.writeHead(200, { "content-type": contentType }).end(body);
  };

/** Events as they stand; the connection ends as a good one does. */
export const events =
  (...datas: readonly string[]): Reply =>
  (answer) => {
    answer.writeHead(200, { "content-type": "text/event-stream" });
    for (const data of datas) answer.write(`data: ${data}\n\n`);
    answer.end();
  };

export const delta = (said: unknown, finish: string | null = null): string =>
  JSON.stringify({ choices: [{ index: 0, delta: said, finish_reason: finish }] });

/** A whole turn in the shape of llama-server's: role, deltas, reason, usage, done. */
export const turn = (...said: readonly unknown[]): Reply =>
  events(
    delta({ role: "assistant", content: null }),
    ...said.map((one) => delta(one)),
    delta({}, "stop"),
    JSON.stringify({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 3 } }),
    "[DONE]",
  );

export const call = (index: number, id: string, name: string, args: string) => ({
  tool_calls: [{ index, id, type: "function", function: { name, arguments: args } }],
});

const props = (template: string, vision: boolean) => ({
  default_generation_settings: { n_ctx: 16_384 },
  modalities: { vision, video: vision, audio: false },
  chat_template: template,
});

export const llamaServing = (template: string, vision = true): Readonly<Record<string, Reply>> => ({
  "/v1/models": json({ object: "list", data: [{ id: "qwen3-vl-4b", owned_by: "llamacpp" }] }),
  "/props": json(props(template, vision)),
});

/** A model whose template switches thoughts on and off. */
export const llamaRoutes = llamaServing("{% if enable_thinking %}…{% endif %}");
