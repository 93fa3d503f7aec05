import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AgentEvent } from "../../src/agent/agent-event.ts";
import { type App, openApp } from "../../src/app.ts";
import type { Thinking } from "../../src/chat/chat-model.ts";
import { openLlamaCpp } from "../../src/chat/llama-cpp.ts";
import type { Library } from "../../src/library.ts";
import { callOf } from "../gguf/script.ts";
import { writeScriptedModel } from "../gguf/scripted-weights.ts";
import { openWebWorld, type WebWorld } from "../http/web-world.ts";

let world: WebWorld;
let app: App;
let library: Library;

beforeAll(async () => {
  world = await openWebWorld();
  const modelFile = path.join(world.folder, "scripted.gguf");
  writeScriptedModel(modelFile, {
    rules: [
      {
        when: "someone enter the room",
        thought: "It asks when something happens: find_moments.",
        say: callOf("find_moments", { what: "enters" }),
      },
      { when: "event: ", say: ["Someone comes in", " [e1]", ", and a ghost", " [e9]."] },
      { when: "who was first", say: ["It was the one", " [e1]."] },
    ],
  });
  const config = {
    library: path.join(world.folder, "library"),
    model: "local",
    models: path.join(world.folder, "models"),
    hub: { kind: "huggingface", url: "http://127.0.0.1:9" },
    configPath: path.join(world.folder, "none.json"),
  } as const;
  // One thread: two on a busy machine wait for each other.
  app = openApp(config, { chatModel: () => openLlamaCpp({ modelFile, gpu: false, threads: 1 }) });
  library = await app.openLibrary();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function ask(
  question: string,
  conversation: Awaited<ReturnType<Library["startConversation"]>>,
  thinking: Thinking = "off",
  signal = new AbortController().signal,
) {
  const events: AgentEvent[] = [];
  for await (const event of library.ask(question, conversation, { thinking }, signal)) events.push(event);
  const end = events.at(-1);
  if (end?.type !== "run-end") throw new Error("The run did not end.");
  const thoughts = events.flatMap((event) => (event.type === "thinking-delta" ? [event.text] : [])).join("");
  const calls = events.flatMap((event) => (event.type === "tool-start" ? [event.name] : []));
  return { end, thoughts, calls, events };
}

test("weights drive our tools: thought, call, handles, a checked citation, and a follow-up that leans on it", async () => {
  expect(library.model.runsOn).toMatch(/processor|CPU|CUDA|Metal|Vulkan/i);
  const conversation = await library.startConversation();
  const first = await ask("when does someone enter the room?", conversation, "on");
  expect(first.thoughts).toContain("find_moments");
  expect(first.calls).toEqual(["find_moments"]);
  expect(first.end.reason).toBe("answered");
  expect(first.end.answer).toMatch(/^Someone comes in \d:\d\d\.\d.* \[1\], and a ghost/);
  expect(first.end.answer).not.toContain("It asks when");
  expect(first.end.citations).toMatchObject([{ handle: "e1", check: "pixels" }]);
  expect(first.end.warnings).toEqual([expect.stringContaining("[e9]")]);

  const next = await ask("and who was first?", conversation);
  expect(next.calls).toEqual([]);
  expect(next.end.citations).toMatchObject([{ handle: "e1" }]);
  expect(JSON.stringify(conversation.messages)).not.toContain("It asks when something happens");
  console.log(`A scripted model on ${library.model.runsOn}: ${first.end.answer} | ${next.end.answer}`);
});

test("a turn that is stopped leaves a conversation that goes on", async () => {
  const conversation = await library.startConversation();
  const stop = new AbortController();
  const events: AgentEvent[] = [];
  for await (const event of library.ask(
    "when does someone enter the room?",
    conversation,
    { thinking: "on" },
    stop.signal,
  )) {
    events.push(event);
    if (event.type === "thinking-delta") stop.abort();
  }
  expect(events.at(-1)).toMatchObject({ type: "run-end", reason: "aborted" });
  const again = await ask("when does someone enter the room?", conversation);
  expect(again.end).toMatchObject({ reason: "answered", citations: [{ check: "pixels" }] });
});
