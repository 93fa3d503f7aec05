import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { startConversation } from "../../src/agent/conversation.ts";
import { runAgent } from "../../src/agent/run.ts";
import type { ChatChunk, ChatMessage, ChatModel, Thinking } from "../../src/chat/chat-model.ts";
import { type LlamaServerOptions, openLlamaServer } from "../../src/chat/llama-server.ts";
import { Failure } from "../../src/media/failure.ts";
import type { MediaItem } from "../../src/media/media-item.ts";
import { timeSpan } from "../../src/media/span.ts";
import { defineTool } from "../../src/tools/tool.ts";
import { describeChatModel } from "../contracts/chat-model.ts";
import { instructTemplate, thinkingTemplate } from "../gguf/qwen-vocabulary.ts";
import { callOf, type Rule } from "../gguf/script.ts";
import { writeScriptedEyes } from "../gguf/scripted-eyes.ts";
import { writeScriptedModel } from "../gguf/scripted-weights.ts";
import { writeTinyEyes, writeTinyModel } from "../gguf/tiny-qwen3vl.ts";
import { llamaServerBinary } from "./llama-server-binary.ts";

const folder = mkdtempSync(path.join(tmpdir(), "sightline-llama-server-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string) => path.join(folder, name);
const tools = [
  {
    name: "find_moments",
    description: "Find what happened.",
    parameters: { type: "object", properties: { what: { type: "string" } } },
  },
];
const numbers = Array.from({ length: 400 }, (_, i) => `number ${i}, `);
const rules: readonly Rule[] = [
  {
    when: "when does the red car pass",
    say: callOf("find_moments", { what: "red car" }),
    thought: "I should look for the car.",
  },
  { when: "handle e1", say: ["The red car passes", " [e1]."], thought: "The tool found it." },
  { when: "Count on", say: numbers },
];
/** As Qwen3's hybrid checkpoints: `enable_thinking: false` shuts the thought. */
const hybridTemplate = instructTemplate.replace(
  "{{- '<|im_start|>assistant\\n' }}",
  "{{- '<|im_start|>assistant\\n' }}{%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}",
);

function open(name: string, options: Partial<LlamaServerOptions> = {}) {
  return openLlamaServer({
    binary: llamaServerBinary ?? "",
    modelFile: file(name),
    contextTokens: 8192,
    args: ["--threads", "1"],
    ...options,
  });
}

async function ask(
  model: ChatModel,
  messages: readonly ChatMessage[],
  {
    thinking = "off",
    signal = new AbortController().signal,
  }: { thinking?: Thinking; signal?: AbortSignal } = {},
): Promise<readonly ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of model.stream({ messages, tools, thinking, signal })) chunks.push(chunk);
  return chunks;
}

/** A long answer, word by word. */
function count(model: ChatModel, signal = new AbortController().signal): AsyncIterable<ChatChunk> {
  return model.stream({ messages: [{ role: "user", text: "Count on" }], tools: [], thinking: "off", signal });
}

function saidBy(chunks: readonly ChatChunk[], type: "text" | "thinking"): string {
  return chunks.map((chunk) => (chunk.type === type ? chunk.text : "")).join("");
}

function callsOf(chunks: readonly ChatChunk[]) {
  return chunks.flatMap((chunk) => (chunk.type === "tool-call" ? [chunk.call] : []));
}

async function frameOf(background: string): Promise<string> {
  const frame = file(`${background.slice(1)}.jpg`);
  await sharp({ create: { width: 320, height: 180, channels: 3, background } })
    .jpeg()
    .toFile(frame);
  return frame;
}

/** A tool that shows one frame, as `video_seek` does. */
const showFrame = (frame: string) =>
  defineTool({
    name: "show_frame",
    title: "A frame",
    description: "Shows a frame.",
    input: z.object({ atMs: z.int() }),
    readOnly: true,
    execute: async ({ atMs }) => ({
      text: "One frame of door.mp4.",
      findings: [
        {
          mediaId: "door" as MediaItem["id"],
          kind: "video",
          path: "/door.mp4",
          span: timeSpan(atMs, atMs),
          source: "frame",
        },
      ],
      imagePaths: [frame],
    }),
  });

const question: ChatMessage = { role: "user", text: "when does the red car pass?" };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function endOf(pid: number): Promise<void> {
  for (let tries = 0; tries < 200 && isAlive(pid); tries++) await wait(25);
}

describe.skipIf(!llamaServerBinary)("llama-server, with weights that hold a script", () => {
  beforeAll(() => {
    writeScriptedModel(file("instruct.gguf"), { rules });
    writeScriptedModel(file("hybrid.gguf"), { rules, template: hybridTemplate });
    writeScriptedModel(file("thinking.gguf"), { rules, template: thinkingTemplate });
  });

  describeChatModel("llama-server", () => open("instruct.gguf"));

  test("calls a tool, reads what it found, and answers with the handle", async () => {
    await using model = await open("instruct.gguf");
    const asked = await ask(model, [question]);
    const [call] = callsOf(asked);
    expect(call).toMatchObject({ name: "find_moments", argumentsJson: '{"what":"red car"}' });
    const answer = await ask(model, [
      question,
      { role: "assistant", text: "", toolCalls: [call!] },
      {
        role: "tool",
        callId: call!.id,
        name: "find_moments",
        text: "handle e1: car.mp4",
        isError: false,
        evidence: [],
      },
    ]);
    expect(saidBy(answer, "text")).toBe("The red car passes [e1].");
    expect(answer.at(-1)).toMatchObject({ type: "usage" });
  });

  test.each(["instruct.gguf", "hybrid.gguf", "thinking.gguf"])(
    "%s thinks when it is told to, and the thought is no text",
    async (name) => {
      await using model = await open(name);
      const chunks = await ask(model, [question], { thinking: "on" });
      expect(saidBy(chunks, "thinking")).toContain("I should look for the car.");
      expect(saidBy(chunks, "text")).toBe("");
      expect(callsOf(chunks)).toHaveLength(1);
    },
  );

  test("a hybrid model does not think when it is told not to", async () => {
    await using model = await open("hybrid.gguf");
    expect(saidBy(await ask(model, [question]), "thinking")).toBe("");
  });

  test("what it says of a picture depends on the pixels", async () => {
    const eyes = writeScriptedModel(file("eyes.gguf"), {
      rules: [
        {
          when: "What colour",
          say: [{ text: "The frame is", byColour: { red: " red.", green: " green.", blue: " blue." } }],
        },
      ],
      sees: true,
    });
    writeScriptedEyes(file("eyes-mmproj.gguf"), eyes);
    await using model = await open("eyes.gguf", { mmproj: file("eyes-mmproj.gguf") });
    expect(model.accepts.has("image")).toBe(true);
    const told: string[] = [];
    for (const background of ["#e01818", "#18c018", "#1818e0"]) {
      const frame = file(`${background.slice(1)}.jpg`);
      await sharp({ create: { width: 320, height: 180, channels: 3, background } })
        .jpeg()
        .toFile(frame);
      const look: ChatMessage = {
        role: "user",
        text: "<12.4 seconds>\nWhat colour is it?",
        imagePaths: [frame],
      };
      told.push(saidBy(await ask(model, [look]), "text"));
    }
    process.stderr.write(`llama-server looked at three frames: ${told.join(" ")}\n`);
    expect(told).toEqual(["The frame is red.", "The frame is green.", "The frame is blue."]);
  });

  test("brain and eyes are one: it asks for a frame, sees it, and the agent cites what it saw", async () => {
    const shape = writeScriptedModel(file("agent.gguf"), {
      rules: [
        { when: "colour is the door", say: callOf("show_frame", { atMs: 12_400 }) },
        {
          when: "frame of door.mp4",
          say: [
            {
              text: "The door is",
              byColour: { red: " red [e1].", green: " green [e1].", blue: " blue [e1]." },
            },
          ],
        },
      ],
      sees: true,
    });
    writeScriptedEyes(file("agent-mmproj.gguf"), shape);
    await using model = await open("agent.gguf", { mmproj: file("agent-mmproj.gguf") });
    const answers: string[] = [];
    for (const background of ["#18c018", "#1818e0"]) {
      const run = runAgent({
        model,
        tools: [showFrame(await frameOf(background))],
        conversation: startConversation("You are Sightline."),
        question: "What colour is the door?",
        thinking: "off",
        signal: new AbortController().signal,
      });
      for await (const event of run)
        if (event.type === "run-end")
          answers.push(
            `${event.answer} (${event.reason}, ${event.citations.map(({ handle }) => handle).join()})`,
          );
    }
    process.stderr.write(`The agent on llama-server: ${answers.join(" ")}\n`);
    expect(answers[0]).toMatch(/^The door is green .*\(answered, e1\)$/);
    expect(answers[1]).toMatch(/^The door is blue .*\(answered, e1\)$/);
  });

  test("random weights with deepstack layers read eight frames, and a turn that rambles is left without harm", async () => {
    writeTinyModel(file("random.gguf"));
    writeTinyEyes(file("random-mmproj.gguf"));
    await using model = await open("random.gguf", {
      mmproj: file("random-mmproj.gguf"),
      contextTokens: 4096,
    });
    const frame = await frameOf("#e01818");
    const times = Array.from({ length: 8 }, (_, i) => `<${i}.5 seconds>`);
    const look: ChatMessage = { role: "user", text: times.join("\n"), imagePaths: times.map(() => frame) };
    for (const _ of ["first", "again"]) {
      let heard = 0;
      for await (const _chunk of model.stream({
        messages: [look],
        tools: [],
        thinking: "off",
        signal: new AbortController().signal,
      }))
        if (++heard >= 5) break;
      expect(heard).toBeGreaterThan(0);
    }
  });

  test("a conversation longer than the context is a failure that says so", async () => {
    await using model = await open("instruct.gguf", { contextTokens: 512 });
    const long: ChatMessage = { role: "user", text: "when does the red car pass? ".repeat(200) };
    await expect(ask(model, [long])).rejects.toMatchObject({
      code: "invalid-input",
      remedy: expect.stringContaining("new conversation"),
    });
  });

  test("an aborted turn leaves the model ready for the next", async () => {
    await using model = await open("instruct.gguf");
    const person = new AbortController();
    const reason = new Error("stopped by the person");
    let heard = 0;
    await expect(
      (async () => {
        for await (const chunk of count(model, person.signal))
          if (chunk.type === "text" && ++heard === 3) person.abort(reason);
      })(),
    ).rejects.toBe(reason);
    expect(callsOf(await ask(model, [question]))).toHaveLength(1);
  });

  test("killed between two turns, it starts again and answers", async () => {
    await using model = await open("instruct.gguf");
    const first = model.pid()!;
    process.kill(first, "SIGKILL");
    expect(callsOf(await ask(model, [question]))).toHaveLength(1);
    expect(model.pid()).not.toBe(first);
  });

  test("killed while it reads the prompt, the turn is asked again; killed while it speaks, the answer goes on", async () => {
    await using model = await open("instruct.gguf");
    // Stopped, it takes the turn and says nothing: as a model does that reads a long prompt.
    process.kill(model.pid()!, "SIGSTOP");
    const asked = ask(model, [question]);
    await wait(150);
    process.kill(model.pid()!, "SIGKILL");
    expect(callsOf(await asked)).toHaveLength(1);

    let killed = false;
    let answer = "";
    for await (const chunk of count(model)) {
      if (chunk.type === "text") answer += chunk.text;
      if (killed || chunk.type !== "text") continue;
      killed = true;
      process.kill(model.pid()!, "SIGKILL");
    }
    expect(killed).toBe(true);
    expect(answer).toBe(numbers.join(""));
  });

  test("killed again and again in one turn, it says so, and answers the next", async () => {
    await using model = await open("instruct.gguf");
    const kills: number[] = [];
    const failure = await (async () => {
      for await (const chunk of count(model)) {
        const pid = model.pid();
        if (chunk.type !== "text" || pid === undefined || kills.includes(pid)) continue;
        kills.push(pid);
        process.kill(pid, "SIGKILL");
      }
    })().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(/ended twice in the middle of one answer \(SIGKILL\)/);
    expect(kills).toHaveLength(2);
    expect(callsOf(await ask(model, [question]))).toHaveLength(1);
  });

  test("a file that is no model is a failure with the server's own words", async () => {
    writeFileSync(file("broken.gguf"), "this is no model");
    const failure = await open("broken.gguf").catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "unavailable" });
    expect((failure as Failure).message).toMatch(/could not start.*broken\.gguf.*(?:magic|failed|error)/i);
  });

  test("disposing of it ends the server", async () => {
    const model = await open("instruct.gguf");
    const pid = model.pid()!;
    expect(isAlive(pid)).toBe(true);
    await model[Symbol.asyncDispose]();
    expect(isAlive(pid)).toBe(false);
  });

  test("the server ends when we are killed with -9", async () => {
    const program = `
      const { openLlamaServer } = await import(${JSON.stringify(path.resolve("dist/src/chat/llama-server.js"))});
      const model = await openLlamaServer(${JSON.stringify({ binary: llamaServerBinary, modelFile: file("instruct.gguf"), contextTokens: 2048 })});
      console.log("server", model.pid());
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout
        .setEncoding("utf8")
        .on("data", (text: string) => resolve(Number(/server (\d+)/.exec(text)?.[1])));
    });
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await endOf(pid);
    expect(isAlive(pid)).toBe(false);
  });
});
