import { expect, test } from "vitest";
import { startConversation } from "../../src/agent/conversation.ts";
import { estimateTokens } from "../../src/agent/history-window.ts";
import { libraryFacts } from "../../src/agent/library-facts.ts";
import { runAgent } from "../../src/agent/run.ts";
import type { ChatModel, ChatRequest } from "../../src/chat/chat-model.ts";
import { allTools } from "../../src/tools/all-tools.ts";
import { cleanUpAfterwards, openToolWorld } from "../tools/tool-world.ts";

cleanUpAfterwards();
const contextTokens = 6000;
const turns = 200;

/** Looks something up for every question, then cites the first handle that the lookup gave. */
function openSteadyModel(): ChatModel & { readonly requests: ChatRequest[] } {
  const requests: ChatRequest[] = [];
  return {
    name: "steady",
    runsOn: "a test",
    contextTokens,
    accepts: new Set(["text"]),
    requests,
    async *stream(request) {
      requests.push(request);
      const last = request.messages.at(-1);
      if (last?.role === "tool") {
        const handle = /\[(e\d+)\]/.exec(last.text)?.[1] ?? "e1";
        yield { type: "thinking", text: "A private thought." };
        yield { type: "text", text: `It is there [${handle}]. ${"And more is said about it. ".repeat(8)}` };
        return;
      }
      const argumentsJson = JSON.stringify({ what: "any", limit: 1 + (requests.length % 4) });
      yield { type: "tool-call", call: { id: `c${requests.length}`, name: "find_moments", argumentsJson } };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

test("a conversation of two hundred questions goes on, and its first evidence keeps its meaning", async () => {
  const { deps } = await openToolWorld();
  const model = openSteadyModel();
  const tools = allTools(deps).filter(({ name }) => name === "find_moments");
  const conversation = startConversation("You are a test.");
  for (let turn = 1; turn <= turns; turn++) {
    const ends: string[] = [];
    const run = runAgent({
      model,
      tools,
      conversation,
      question: `Question ${turn}: what happens there, and why would that matter to anyone?`,
      thinking: "auto",
      signal: new AbortController().signal,
    });
    for await (const event of run) {
      if (event.type === "run-end") ends.push(`${event.reason} ${event.citations.length}`);
    }
    expect(ends, `turn ${turn}`).toEqual(["answered 1"]);
  }
  expect(conversation.find("e1")?.handle).toBe("e1");

  const last = model.requests.at(-1)?.messages ?? [];
  const said = last.map((message) => message.text);
  expect(last.reduce((sum, { text }) => sum + estimateTokens(text), 0)).toBeLessThan(contextTokens);
  expect(said.some((text) => text.startsWith(`Question ${turns}:`))).toBe(true);
  expect(said.some((text) => text.startsWith(`Question ${turns - 1}:`))).toBe(true);
  expect(said.some((text) => text.startsWith("Question 1:"))).toBe(false);
  expect(said.find((text) => text.startsWith("Found earlier"))).toContain("[e1]");
  expect(JSON.stringify(model.requests.at(-1))).not.toContain("A private thought.");
}, 60_000);

test("the prompt's facts are those of the library", async () => {
  const { deps } = await openToolWorld();
  const facts = await libraryFacts(deps.store);
  expect(facts.counts.items).toBe(4);
  expect(facts.dates).toEqual({ fromMs: Date.UTC(2025, 11, 1), toMs: Date.UTC(2026, 3, 20) });
  expect(facts.languages).toEqual(["Latin letters"]);
});
