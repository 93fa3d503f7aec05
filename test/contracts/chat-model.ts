import { describe, expect, test } from "vitest";
import type { ChatChunk, ChatMessage, ChatModel, ChatRequest, ToolSpec } from "../../src/chat/chat-model.ts";

const messages: readonly ChatMessage[] = [
  { role: "system", text: "You answer questions about a library." },
  { role: "user", text: "when does the red car pass?" },
];
const tools: readonly ToolSpec[] = [
  {
    name: "find_moments",
    description: "Find what happened.",
    parameters: { type: "object", properties: { what: { type: "string" } } },
  },
];

function request(signal: AbortSignal): ChatRequest {
  return { messages, tools, thinking: "off", signal };
}

async function collect(chunks: AsyncIterable<ChatChunk>): Promise<readonly ChatChunk[]> {
  const all: ChatChunk[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

/** What every chat model keeps, whatever it says. `open` gives a fresh one that can answer two turns. */
export function describeChatModel(name: string, open: () => Promise<ChatModel> | ChatModel): void {
  describe(`${name} keeps the contract of a chat model`, () => {
    test("it says who it is, how much it can read, and that it reads text", async () => {
      await using model = await open();
      expect(model.name.trim()).not.toBe("");
      expect(model.contextTokens).toBeGreaterThan(0);
      expect(model.accepts.has("text")).toBe(true);
    });

    test("a turn holds text or tool calls, and ends", async () => {
      await using model = await open();
      const chunks = await collect(model.stream(request(new AbortController().signal)));
      const telling = chunks.filter((chunk) => chunk.type === "text" || chunk.type === "tool-call");
      expect(telling.length).toBeGreaterThan(0);
    });

    test("tool calls name offered tools, with JSON arguments and ids of their own", async () => {
      await using model = await open();
      const chunks = await collect(model.stream(request(new AbortController().signal)));
      const made = chunks.flatMap((chunk) => (chunk.type === "tool-call" ? [chunk.call] : []));
      for (const call of made) {
        expect(tools.map((tool) => tool.name)).toContain(call.name);
        expect(JSON.parse(call.argumentsJson)).toBeTypeOf("object");
      }
      expect(new Set(made.map((call) => call.id)).size).toBe(made.length);
    });

    test("an aborted request throws the signal's reason and says nothing", async () => {
      await using model = await open();
      const reason = new Error("stopped by the person");
      await expect(collect(model.stream(request(AbortSignal.abort(reason))))).rejects.toBe(reason);
    });

    test("after an aborted request it still answers", async () => {
      await using model = await open();
      await collect(model.stream(request(AbortSignal.abort()))).catch(() => undefined);
      const chunks = await collect(model.stream(request(new AbortController().signal)));
      expect(chunks.length).toBeGreaterThan(0);
    });

    test("the messages it is given stay as they are", async () => {
      await using model = await open();
      const before = structuredClone(messages);
      await collect(model.stream(request(new AbortController().signal)));
      expect(messages).toEqual(before);
    });
  });
}
