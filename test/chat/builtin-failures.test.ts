import { expect, test } from "vitest";
import { openBuiltinResponder } from "../../src/chat/builtin/responder.ts";
import type { ChatMessage } from "../../src/chat/chat-model.ts";
import type { FailureDetail } from "../../src/media/failure.ts";

/** What the built-in responder says after its first call has failed in this way. */
async function answerAfter(question: string, failure: FailureDetail): Promise<string> {
  const model = openBuiltinResponder();
  const messages: ChatMessage[] = [{ role: "user", text: question, attached: ["image"] }];
  const tools = [{ name: "vector_search", description: "", parameters: {} }];
  const turn = async () => {
    const chunks = [];
    const request = { messages, tools, thinking: "off", signal: new AbortController().signal } as const;
    for await (const chunk of model.stream(request)) chunks.push(chunk);
    return chunks;
  };
  const [first] = await turn();
  if (first?.type !== "tool-call") throw new Error("It calls no tool.");
  const { call } = first;
  const text = `${failure.message}. ${failure.remedy}`;
  messages.push({ role: "assistant", text: "", toolCalls: [call] });
  messages.push({
    role: "tool",
    callId: call.id,
    name: call.name,
    text,
    isError: true,
    evidence: [],
    failure,
  });
  return (await turn()).map((chunk) => (chunk.type === "text" ? chunk.text : "")).join("");
}

const damaged = {
  code: "corrupt",
  message: "/a/half.jpg is damaged: bad seek.",
  remedy: "Copy it again from where it came from, or open it in a picture program and save it anew.",
} as const;

test("why a tool failed is told in the language of the question", async () => {
  const chinese = await answerAfter("像这张的有哪些 [Image #1]", damaged);
  expect(chinese).toContain("/a/half.jpg 已损坏:bad seek。请从来源重新复制,或用图片软件打开后另存。");
  expect(chinese).not.toContain("damaged");
  const english = await answerAfter("what looks like this [Image #1]", damaged);
  expect(english).toContain(`${damaged.message} ${damaged.remedy}`);
});

test("a remedy that tells a model which tool to call is not told to a person", async () => {
  const unknown = {
    code: "not-found",
    message: "No media matches `x.mp4`; the library has 4 videos",
    remedy: "Call list_media to see all names and ids.",
  } as const;
  const english = await answerAfter("what looks like this [Image #1]", unknown);
  expect(english).toContain("No media matches `x.mp4`; the library has 4 videos.");
  expect(english).not.toContain("list_media");
});
