import { afterAll, expect, test } from "vitest";
import type { ChatChunk, ChatMessage, ChatModel, Thinking } from "../../src/chat/chat-model.ts";
import { openServerModel, type ServerModelOptions } from "../../src/chat/openai-server.ts";
import { Failure } from "../../src/media/failure.ts";
import { describeChatModel } from "../contracts/chat-model.ts";
import {
  call,
  delta,
  events,
  json,
  llamaRoutes,
  llamaServing,
  type ModelServer,
  refuse,
  startModelServer,
  text,
  turn,
} from "../fakes/model-server.ts";

const patience = { attempts: 3, firstPauseMs: 5, longestPauseMs: 2000, idleMs: 5000 };
const tools = [{ name: "find_moments", description: "Find.", parameters: { type: "object" } }];

function open(server: ModelServer, options: Partial<ServerModelOptions> = {}) {
  return openServerModel({ url: server.url, patience, ...options });
}

async function ask(
  model: ChatModel,
  {
    messages = [{ role: "user", text: "When?" }],
    thinking = "off",
    signal = new AbortController().signal,
  }: {
    readonly messages?: readonly ChatMessage[];
    readonly thinking?: Thinking;
    readonly signal?: AbortSignal;
  } = {},
): Promise<readonly ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of model.stream({ messages, tools, thinking, signal })) chunks.push(chunk);
  return chunks;
}

function saidBy(chunks: readonly ChatChunk[], type: "text" | "thinking"): string {
  return chunks.map((chunk) => (chunk.type === type ? chunk.text : "")).join("");
}

function callsOf(chunks: readonly ChatChunk[]) {
  return chunks.flatMap((chunk) => (chunk.type === "tool-call" ? [chunk.call] : []));
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

const contractServer = await startModelServer([
  turn({ content: "Looking." }, call(0, "a", "find_moments", '{"what":'), {
    tool_calls: [{ index: 0, function: { arguments: '"visits"}' } }],
  }),
  turn({ content: "Done." }),
]);
afterAll(() => contractServer[Symbol.asyncDispose]());
describeChatModel("a model behind a server", () => open(contractServer));

test("fragments of a call become one call, and usage comes last", async () => {
  await using server = await startModelServer([
    turn(call(0, "a", "find_moments", ""), call(0, "", "", '{"wh'), call(0, "", "", 'at":"x"}')),
  ]);
  const chunks = await ask(await open(server));
  expect(chunks).toEqual([
    { type: "tool-call", call: { id: "a", name: "find_moments", argumentsJson: '{"what":"x"}' } },
    { type: "usage", promptTokens: 12, completionTokens: 3 },
  ]);
});

test("two calls with one id keep their own arguments and get ids of their own", async () => {
  await using server = await startModelServer([
    turn(call(0, "same", "find_moments", '{"a":1}'), call(1, "same", "find_moments", '{"b":2}')),
    turn(call(0, "one", "find_moments", '{"a":1}'), call(0, "two", "find_moments", '{"b":2}')),
    turn(call(0, "", "find_moments", '{"a":1}'), call(1, "", "find_moments", '{"b":2}')),
  ]);
  const model = await open(server);
  for (const _ of ["one id", "one index", "no id"]) {
    const calls = callsOf(await ask(model));
    expect(calls.map((one) => one.argumentsJson)).toEqual(['{"a":1}', '{"b":2}']);
    expect(new Set(calls.map((one) => one.id)).size).toBe(2);
    expect(calls.every((one) => one.id !== "")).toBe(true);
  }
});

test("arguments that are no JSON are handed on as written, and sent back as JSON", async () => {
  await using server = await startModelServer([
    turn(call(0, "a", "find_moments", '{"what": ')),
    turn({ content: "Sorry." }),
  ]);
  const model = await open(server);
  const [made] = callsOf(await ask(model));
  expect(made?.argumentsJson).toBe('{"what": ');
  await ask(model, {
    messages: [
      { role: "user", text: "When?" },
      { role: "assistant", text: "", toolCalls: [made!] },
      { role: "tool", callId: "a", name: "find_moments", text: "no JSON", isError: true, evidence: [] },
    ],
  });
  const sent = server.turns[1]!.body.messages as { tool_calls?: { function: { arguments: string } }[] }[];
  expect(JSON.parse(sent[1]!.tool_calls![0]!.function.arguments)).toEqual({ invalid_arguments: '{"what": ' });
});

test("calls that a server leaves written in the text count as calls", async () => {
  const written = '<tool_call>\n{"name": "find_moments", "arguments": {"what": "x"}}\n</tool_call>';
  await using server = await startModelServer([turn({ content: `I look. ${written}` })]);
  const chunks = await ask(await open(server));
  expect(saidBy(chunks, "text")).toBe("I look. ");
  expect(callsOf(chunks)).toMatchObject([{ name: "find_moments", argumentsJson: '{"what":"x"}' }]);
});

test("a thought left in the text is parted from the answer wherever the chunks are cut", async () => {
  const whole = "<think>\nIs 3 < 4?\n</think>\n\nYes: [e1] <ok>";
  const cuts = Array.from({ length: whole.length }, (_, at) => at);
  await using server = await startModelServer(
    cuts.map((at) => turn({ content: whole.slice(0, at) }, { content: whole.slice(at) })),
  );
  const model = await open(server);
  for (const _ of cuts) {
    const chunks = await ask(model);
    expect(saidBy(chunks, "thinking")).toBe("\nIs 3 < 4?\n");
    expect(saidBy(chunks, "text")).toBe("Yes: [e1] <ok>");
  }
});

test("thoughts that the server parts itself come as thoughts, under either name", async () => {
  await using server = await startModelServer([
    turn({ reasoning_content: "Hm." }, { content: "\n\nYes." }),
    turn({ reasoning: "Hm." }, { content: "Yes." }),
  ]);
  const model = await open(server);
  for (const _ of ["llama.cpp", "vLLM"]) {
    const chunks = await ask(model);
    expect(saidBy(chunks, "thinking")).toBe("Hm.");
    expect(saidBy(chunks, "text")).toBe("Yes.");
  }
});

test("thinking is switched by the template where it has a switch", async () => {
  await using server = await startModelServer([turn({ content: "Yes." })]);
  const model = await open(server);
  for (const thinking of ["on", "off", "auto"] as const) await ask(model, { thinking });
  await ask(model, { thinking: "auto", messages: [{ role: "user", text: "Compare the two visits." }] });
  expect(server.turns.map(({ body }) => body.chat_template_kwargs)).toEqual([
    { enable_thinking: true },
    { enable_thinking: false },
    { enable_thinking: false },
    { enable_thinking: true },
  ]);
});

test("where the template knows no thoughts, one is opened for the model, and closed when it grows too long", async () => {
  const instruct = llamaServing(
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}",
  );
  await using server = await startModelServer(
    [
      turn({ content: "I should look.\n</think>\n\nYes." }),
      turn(...Array.from({ length: 40 }, () => ({ content: "and then " })), { content: "</think>No." }),
      turn({ content: "Yes." }),
    ],
    instruct,
  );
  const model = await open(server, { thinkingTokens: 20 });
  const first = await ask(model, { thinking: "on" });
  expect(saidBy(first, "thinking")).toBe("I should look.\n");
  expect(saidBy(first, "text")).toBe("Yes.");
  expect(server.turns[0]!.body).toMatchObject({ continue_final_message: true, add_generation_prompt: false });
  expect((server.turns[0]!.body.messages as unknown[]).at(-1)).toEqual({
    role: "assistant",
    content: "<think>\n",
  });

  const second = await ask(model, { thinking: "on" });
  expect(saidBy(second, "thinking").length).toBeLessThan(120);
  expect(saidBy(second, "text")).toBe("Yes.");
  const last = (server.turns[2]!.body.messages as { content: string }[]).at(-1);
  expect(last?.content).toMatch(/^<think>\nand then .*\n<\/think>\n\n$/s);
});

test("a Thinking checkpoint whose server parts no thoughts is read from inside its thought", async () => {
  const always = llamaServing(
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n<think>\\n' }}{%- endif %}",
  );
  await using server = await startModelServer(
    [
      turn({ content: "Hm.\n</think>\n\nYes." }),
      turn({ reasoning_content: "Hm." }, { content: "Yes." }),
      turn({ content: "Yes." }),
    ],
    always,
  );
  const model = await open(server);
  for (const _ of ["left in the text", "parted by the server"]) {
    const chunks = await ask(model, { thinking: "on" });
    expect(saidBy(chunks, "thinking").trim()).toBe("Hm.");
    expect(saidBy(chunks, "text")).toBe("Yes.");
  }
  expect(saidBy(await ask(model), "text"), "an answer without any thought is not lost").toBe("Yes.");
  expect(server.turns.map(({ body }) => body.reasoning_budget_tokens)).toEqual([2048, 2048, 0]);
});

test("an empty answer is an empty turn, not a failure", async () => {
  await using server = await startModelServer([turn()]);
  expect(await ask(await open(server))).toEqual([{ type: "usage", promptTokens: 12, completionTokens: 3 }]);
});

test("a call that does not end is cut off, and the model can be told; empty lines without end are passed on", async () => {
  let written = 0;
  await using server = await startModelServer([
    async (answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(`data: ${delta(call(0, "a", "find_moments", '{"what":"'))}\n\n`);
      while (!answer.destroyed) {
        written += 1000;
        answer.write(`data: ${delta(call(0, "", "", "x".repeat(1000)))}\n\n`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    turn(...Array.from({ length: 50 }, () => ({ content: "\n\n\n" }))),
  ]);
  const model = await open(server);
  const [made] = callsOf(await ask(model));
  expect(() => JSON.parse(made!.argumentsJson)).toThrow();
  await server.hungUp;
  expect(written).toBeLessThan(1_000_000);
  expect(saidBy(await ask(model), "text").length).toBeGreaterThan(60);
});

test("a server that does not stream is read whole", async () => {
  const message = { role: "assistant", content: "<think>Hm.</think>Yes." };
  await using server = await startModelServer([json({ choices: [{ message, finish_reason: "stop" }] })]);
  const chunks = await ask(await open(server));
  expect([saidBy(chunks, "thinking"), saidBy(chunks, "text")]).toEqual(["Hm.", "Yes."]);
});

test("a busy server is asked again after the pause that it names", async () => {
  await using server = await startModelServer([
    refuse(429, "slow down", { "retry-after": "1" }),
    refuse(503, "Loading model"),
    turn({ content: "Yes." }),
  ]);
  const model = await open(server);
  const started = performance.now();
  expect(saidBy(await ask(model), "text")).toBe("Yes.");
  expect(performance.now() - started).toBeGreaterThan(990);
  expect(server.turns).toHaveLength(3);
});

test("a server that stays busy, or wants a longer pause than a person waits, is a failure that says when", async () => {
  await using server = await startModelServer([
    refuse(503, "Loading model"),
    refuse(503, "Loading model"),
    refuse(503, "Loading model"),
    refuse(429, "quota", { "retry-after": "3600" }),
  ]);
  const model = await open(server);
  const stays = await failureOf(ask(model));
  expect(stays).toMatchObject({ code: "busy" });
  expect(stays.message).toContain("Loading model");
  expect(server.turns).toHaveLength(3);
  const long = await failureOf(ask(model));
  expect(long).toMatchObject({ code: "busy", remedy: "Ask again in 3600 seconds." });
  expect(server.turns).toHaveLength(4);
});

test.each([
  [
    "a wrong key",
    refuse(401, "Invalid API Key"),
    /does not accept the key \(401\).*Invalid API Key/,
    /SIGHTLINE_SERVER_KEY/,
  ],
  [
    "an unknown model",
    refuse(404, "The model does not exist"),
    /knows no model "qwen3-vl-4b"/,
    /SIGHTLINE_SERVER_MODEL/,
  ],
  [
    "a prompt that is too long",
    json(
      {
        error: {
          code: 400,
          type: "exceed_context_size_error",
          message: "request (9000 tokens) exceeds the available context size (8192 tokens)",
        },
      },
      400,
    ),
    /longer than what the model server.*9000 tokens/,
    /new conversation/,
  ],
  [
    "another refusal",
    json({ detail: "no \u001b[31mway" }, 400),
    /refused the request \(400\). It says: no way/,
    /log/,
  ],
  ["a web page", text("<!doctype html><title>Router</title>", "text/html"), /web page/, /--server-url/],
  [
    "a redirect",
    json({}, 308, { location: "http://elsewhere.example/" }),
    /sends elsewhere \(308\)/,
    /final address/,
  ],
  [
    "a stream cut in the middle",
    events(delta({ content: "The door" })),
    /stopped in the middle/,
    /Ask again/,
  ],
  [
    "a stream with an error in it",
    events(
      delta({ content: "The" }),
      JSON.stringify({ error: { message: "CUDA out of memory", code: 500 } }),
    ),
    /in the middle.*CUDA out of memory/,
    /log/,
  ],
  ["a stream of something else", events("hello"), /no JSON/, /log/],
  [
    "a line without end",
    text(`data: ${"x".repeat(5 * 1024 * 1024)}`, "text/event-stream"),
    /in the middle.*longer than/,
    /log/,
  ],
])("%s is a failure that says what to do", async (_, reply, message, remedy) => {
  await using server = await startModelServer([reply]);
  const failure = await failureOf(ask(await open(server)));
  expect(failure.message).toMatch(message);
  expect(failure.remedy).toMatch(remedy);
});

test("a connection that breaks in the middle is a failure, after what was said so far", async () => {
  await using server = await startModelServer([
    async (answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(`data: ${delta({ content: "The door" })}\n\n`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      answer.destroy();
    },
  ]);
  const model = await open(server);
  const said: ChatChunk[] = [];
  const failure = await failureOf(
    (async () => {
      const request = { messages: [], tools, thinking: "off", signal: new AbortController().signal } as const;
      for await (const chunk of model.stream(request)) said.push(chunk);
    })(),
  );
  expect(said).toEqual([{ type: "text", text: "The door" }]);
  expect(failure.message).toMatch(/in the middle.*connection broke/);
});

test("aborting a slow stream closes the connection at once and throws the reason", async () => {
  await using server = await startModelServer([
    (answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(`data: ${delta({ content: "Slowly" })}\n\n`);
    },
  ]);
  const model = await open(server);
  const person = new AbortController();
  const reason = new Error("stopped by the person");
  setTimeout(() => person.abort(reason), 30);
  await expect(ask(model, { signal: person.signal })).rejects.toBe(reason);
  await server.hungUp;
});

test("leaving a turn in the middle closes the connection, so that the server's slot is free", async () => {
  await using server = await startModelServer([
    (answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(`data: ${delta({ content: "On and on" })}\n\n`);
    },
  ]);
  const model = await open(server);
  const request = { messages: [], tools, thinking: "off", signal: new AbortController().signal } as const;
  for await (const _ of model.stream(request)) break;
  await server.hungUp;
});

test("a server that falls silent is a failure after the longest silence", async () => {
  await using server = await startModelServer([() => {}]);
  const model = await open(server, { patience: { ...patience, idleMs: 400 } });
  expect(await failureOf(ask(model))).toMatchObject({ code: "timeout" });
});

test("nothing that listens, and an address that is none, are failures that name the address", async () => {
  const server = await startModelServer([]);
  await server[Symbol.asyncDispose]();
  const refused = await failureOf(open(server));
  expect(refused.message).toMatch(
    /No model server answers at http:\/\/127\.0\.0\.1:\d+: nothing listens there/,
  );
  for (const url of ["file:///etc/passwd", "ftp://host", "localhost:8080", "not an address"])
    expect(await failureOf(openServerModel({ url }))).toMatchObject({ code: "invalid-input" });
  const named = await failureOf(openServerModel({ url: "http://user:secret@host/v1" }));
  expect(named.message).not.toContain("secret");
});

test("the key goes into the header, and a server that wants one says so at the start", async () => {
  const routes = {
    ...llamaRoutes,
    "/v1/models": ((answer, request) => {
      const good = request.headers.authorization === "Bearer k-1";
      const reply = good ? llamaRoutes["/v1/models"]! : refuse(401, "Invalid API Key");
      return reply(answer, request);
    }) satisfies (typeof llamaRoutes)[string],
  };
  await using server = await startModelServer([turn({ content: "Yes." })], routes);
  expect((await failureOf(open(server))).remedy).toContain("SIGHTLINE_SERVER_KEY");
  await ask(await open(server, { key: "k-1" }));
  expect(server.turns[0]!.headers.authorization).toBe("Bearer k-1");
});
