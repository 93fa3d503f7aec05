import { expect, test } from "vitest";
import { openBuiltinResponder } from "../../src/chat/builtin/responder.ts";
import type { ChatChunk, ChatMessage } from "../../src/chat/chat-model.ts";
import { attachmentOf, isAttachmentReference } from "../../src/tools/attached.ts";

const picture = { kind: "image", path: "/in/car.jpg" } as const;
const clip = { kind: "clip", path: "/in/street.mp4", startMs: 1000, endMs: 4000 } as const;

async function turn(messages: readonly ChatMessage[]): Promise<ChatChunk[]> {
  const tools = [{ name: "vector_search", description: "", parameters: {} }];
  const request = { messages, tools, thinking: "auto", signal: new AbortController().signal } as const;
  const chunks: ChatChunk[] = [];
  for await (const chunk of openBuiltinResponder().stream(request)) chunks.push(chunk);
  return chunks;
}

test("the built-in responder searches by each picture and clip that comes with a question", async () => {
  const chunks = await turn([{ role: "user", text: "what is like these?", attachments: [picture, clip] }]);
  const inputs = chunks.map((chunk) =>
    chunk.type === "tool-call" ? JSON.parse(chunk.call.argumentsJson) : chunk,
  );
  expect(inputs).toEqual([
    { image: "#1", limit: 8 },
    { clip: "#2", limit: 8 },
  ]);
});

test("a reference means the attachment of its number and kind, or says how to go on", () => {
  expect(["#1", "#12", "a#1", "car.jpg"].map(isAttachmentReference)).toEqual([true, true, false, false]);
  expect(attachmentOf("#2", "clip", [picture, clip])).toBe(clip);
  expect(() => attachmentOf("#1", "clip", [picture, clip])).toThrow("No clip with the number #1");
  expect(() => attachmentOf("#1", "image", undefined)).toThrow("No image with the number #1");
});
