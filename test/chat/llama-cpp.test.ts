import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChatChunk, ChatMessage, ChatModel, Thinking } from "../../src/chat/chat-model.ts";
import { openLlamaCpp } from "../../src/chat/llama-cpp.ts";
import { describeChatModel } from "../contracts/chat-model.ts";
import { callOf, type Rule } from "../gguf/script.ts";
import { writeScriptedModel } from "../gguf/scripted-weights.ts";
import { writeTinyEyes, writeTinyModel } from "../gguf/tiny-qwen3vl.ts";

const folder = await mkdtemp(path.join(tmpdir(), "sightline-gguf-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const scripted = path.join(folder, "scripted.gguf");
const tiny = path.join(folder, "tiny.gguf");
const rules: readonly Rule[] = [
  {
    when: "red car pass",
    thought: "I should look for visits.",
    say: ["Let me see. ", ...callOf("find_moments", { what: "visits" })],
  },
  { when: "[e1] car.mp4", say: ["The red car passes", " [e1]."] },
  { when: "and then", say: ["Then nothing more."] },
];
writeScriptedModel(scripted, { rules });
writeTinyModel(tiny);

const onOneThread = { gpu: false, threads: 1, mostContextTokens: 4096 } as const;
const open = (modelFile: string) => openLlamaCpp({ ...onOneThread, modelFile });

describeChatModel("node-llama-cpp with a scripted model", () => open(scripted));

let model: ChatModel;
beforeAll(async () => {
  model = await open(scripted);
});
afterAll(() => model[Symbol.asyncDispose]());

const tools = [
  {
    name: "find_moments",
    description: "Find what happened.",
    parameters: {
      type: "object",
      properties: { what: { enum: ["visits", "enters"], type: "string" }, media: { type: "string" } },
      required: ["what"],
    },
  },
];

async function say(
  messages: readonly ChatMessage[],
  thinking: Thinking = "off",
  signal = new AbortController().signal,
): Promise<readonly ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of model.stream({ messages, tools, thinking, signal })) chunks.push(chunk);
  return chunks;
}

const textOf = (chunks: readonly ChatChunk[], type: "text" | "thinking" = "text") =>
  chunks.flatMap((chunk) => (chunk.type === type ? [chunk.text] : [])).join("");
const callsIn = (chunks: readonly ChatChunk[]) =>
  chunks.flatMap((chunk) => (chunk.type === "tool-call" ? [chunk.call] : []));

const question: ChatMessage = { role: "user", text: "when does the red car pass?" };

test("a question becomes a tool call with its arguments, and what was said before it is text", async () => {
  const chunks = await say([{ role: "system", text: "You answer." }, question]);
  expect(textOf(chunks)).toBe("Let me see. ");
  expect(callsIn(chunks)).toMatchObject([{ name: "find_moments", argumentsJson: '{"what":"visits"}' }]);
});

test("a thought that is asked for streams as thinking and never as text, and then the call comes", async () => {
  const chunks = await say([question], "on");
  expect(textOf(chunks, "thinking")).toContain("I should look for visits.");
  expect(textOf(chunks)).not.toContain("I should look");
  expect(callsIn(chunks)).toHaveLength(1);
});

test("after the tool's result it answers with the handle, and a follow-up goes on from there", async () => {
  const call = { id: "c1", name: "find_moments", argumentsJson: '{"what":"visits"}' };
  const soFar: ChatMessage[] = [
    { role: "system", text: "You answer." },
    question,
    { role: "assistant", text: "Let me see. ", toolCalls: [call] },
    {
      role: "tool",
      callId: "c1",
      name: "find_moments",
      text: "1 visit.\n[e1] car.mp4 0:15.0–0:18.9 event: red",
      isError: false,
      evidence: [],
    },
  ];
  const answer = await say(soFar);
  expect(textOf(answer)).toBe("The red car passes [e1].");
  const followUp = await say([
    ...soFar,
    { role: "assistant", text: textOf(answer) },
    { role: "user", text: "and then?" },
  ]);
  expect(textOf(followUp)).toBe("Then nothing more.");
});

test("it counts the tokens of a turn", async () => {
  const usage = (await say([question])).findLast((chunk) => chunk.type === "usage");
  expect(usage?.promptTokens).toBeGreaterThan(100);
  expect(usage?.completionTokens).toBeGreaterThan(3);
});

test("a turn that is aborted while it speaks throws the reason, and the next turn is answered", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const speaking = (async () => {
    for await (const _ of model.stream({
      messages: [question],
      tools,
      thinking: "on",
      signal: stop.signal,
    })) {
      stop.abort(reason);
    }
  })();
  await expect(speaking).rejects.toBe(reason);
  expect(textOf(await say([question]))).toBe("Let me see. ");
});

test("a caller that stops listening leaves the model free for the next", async () => {
  const signal = new AbortController().signal;
  for await (const _ of model.stream({ messages: [question], tools, thinking: "off", signal })) break;
  expect(callsIn(await say([question]))).toHaveLength(1);
});

test("two questions at once are answered one after the other", async () => {
  const [first, second] = await Promise.all([say([question]), say([{ role: "user", text: "and then?" }])]);
  expect(callsIn(first)).toHaveLength(1);
  expect(textOf(second)).toBe("Then nothing more.");
});

test("a conversation that outgrows the context goes on, and the tools are still known", async () => {
  const old: ChatMessage[] = Array.from({ length: 60 }, (_, i): ChatMessage[] => [
    { role: "user", text: `question ${i} ${"word ".repeat(20)}` },
    { role: "assistant", text: "An answer." },
  ]).flat();
  const chunks = await say([{ role: "system", text: "You answer." }, ...old, question]);
  expect(callsIn(chunks)).toMatchObject([{ name: "find_moments", argumentsJson: '{"what":"visits"}' }]);
});

test.each([
  ["a file that is not there", "gone.gguf", undefined, "not-found"],
  ["a file of another kind", "note.gguf", Buffer.from("plain text, no model"), "unsupported"],
  ["a file that is cut short", "cut.gguf", readFileSync(scripted).subarray(0, 60_000), "corrupt"],
  [
    "a header that makes no sense",
    "odd.gguf",
    Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(40, 7)]),
    "corrupt",
  ],
])("%s is a failure that says so", async (_, name, bytes, code) => {
  const file = path.join(folder, name);
  if (bytes) writeFileSync(file, bytes);
  await expect(open(file)).rejects.toMatchObject({ code, name: "Failure" });
});

test("a model of another architecture, or one that would end the process, is turned down unloaded", async () => {
  const deep = path.join(folder, "deep.gguf");
  writeTinyModel(deep, { shape: { deepstackLayers: 3 } });
  await expect(open(deep)).rejects.toMatchObject({ code: "corrupt" });
  const eyes = path.join(folder, "mmproj.gguf");
  writeTinyEyes(eyes);
  await expect(open(eyes)).rejects.toMatchObject({
    code: "unsupported",
    remedy: expect.stringContaining("--mmproj"),
  });
});

test("a model with random weights, deepstack included, loads and speaks", async () => {
  await using random = await open(tiny);
  const chunks: ChatChunk[] = [];
  const stop = new AbortController();
  const request = { messages: [question], tools: [], thinking: "off", signal: stop.signal } as const;
  for await (const chunk of random.stream(request)) if (chunks.push(chunk) > 3) break;
  expect(chunks.length).toBeGreaterThan(0);
});
