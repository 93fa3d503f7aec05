import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import type { ChatMessage } from "../../src/chat/chat-model.ts";
import { scaleFor } from "../../src/chat/openai-server/picture-url.ts";
import { openServerModel } from "../../src/chat/openai-server.ts";
import {
  delta,
  events,
  json,
  llamaServing,
  type ModelServer,
  type Reply,
  refuse,
  startModelServer,
  turn,
} from "../fakes/model-server.ts";

const patience = { attempts: 2, firstPauseMs: 5, longestPauseMs: 100, idleMs: 5000 };
const folder = mkdtempSync(path.join(tmpdir(), "sightline-pictures-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const models = (owner: string, ...ids: readonly string[]): Record<string, Reply> => ({
  "/v1/models": json({ data: ids.map((id) => ({ id, owned_by: owner, max_model_len: 32_768 })) }),
});

/** Answers a trial of one token as a server does that takes only what `takes` names. */
const trials =
  (takes: { readonly tools: boolean; readonly pictures: boolean }): Reply =>
  (answer, request) => {
    const withPicture = JSON.stringify(request.body.messages).includes("image_url");
    if (request.body.tools && !takes.tools)
      return refuse(400, '"auto" tool choice requires --enable-auto-tool-choice')(answer, request);
    if (withPicture && !takes.pictures) return refuse(400, "this is not a multimodal model")(answer, request);
    return json({ choices: [{ message: { content: "Hi" }, finish_reason: "length" }] })(answer, request);
  };

function open(server: ModelServer, model?: string) {
  return openServerModel({ url: server.url, patience, ...(model ? { model } : {}) });
}

test("llama-server says itself what it can", async () => {
  await using server = await startModelServer([], llamaServing("{{ enable_thinking }}", false));
  const model = await open(server);
  expect([model.name, model.contextTokens, [...model.accepts]]).toEqual(["qwen3-vl-4b", 16_384, ["text"]]);
  expect(model.runsOn).toMatch(/^llama\.cpp at 127\.0\.0\.1:/);
  expect(model.missing).toEqual(["it takes no pictures, so it cannot look at frames itself"]);
  expect(server.turns, "nothing has to be tried").toHaveLength(0);
});

test("vLLM is tried with a tool and with a picture", async () => {
  const routes = models("vllm", "Qwen/Qwen3-VL-4B-Instruct");
  const sees = { ...routes, "/v1/chat/completions": trials({ tools: true, pictures: true }) };
  await using server = await startModelServer([], sees);
  const model = await open(server);
  expect([model.contextTokens, [...model.accepts], model.missing]).toEqual([32_768, ["text", "image"], []]);

  const blind = { ...routes, "/v1/chat/completions": trials({ tools: true, pictures: false }) };
  await using textServer = await startModelServer([], blind);
  expect([...(await open(textServer)).accepts]).toEqual(["text"]);
});

test("a server that takes no tools is refused as a brain, with the flags that mend it, and is good as eyes", async () => {
  const routes = {
    ...models("vllm", "Qwen/Qwen3-VL-4B-Instruct"),
    "/v1/chat/completions": trials({ tools: false, pictures: true }),
  };
  await using server = await startModelServer([], routes);
  await expect(open(server)).rejects.toMatchObject({
    code: "unsupported",
    remedy: expect.stringContaining("--enable-auto-tool-choice"),
  });
  const eyes = await openServerModel({ url: server.url, patience, asEyes: true });
  expect(eyes.accepts.has("image")).toBe(true);
});

test("Ollama says what a model can, and that its context is short", async () => {
  const routes = {
    ...models("library", "nomic-embed-text", "qwen3-vl:4b"),
    "/v1/models": json({
      data: [
        { id: "nomic-embed-text", owned_by: "library" },
        { id: "qwen3-vl:4b", owned_by: "someone" },
      ],
    }),
    "/api/show": json({ capabilities: ["completion", "vision", "tools", "thinking"] }),
  };
  await using server = await startModelServer([turn({ content: "Yes." })], routes);
  const model = await open(server);
  expect([model.name, [...model.accepts]]).toEqual(["qwen3-vl:4b", ["text", "image"]]);
  expect(model.missing?.join()).toContain("OLLAMA_CONTEXT_LENGTH");
  for await (const _ of model.stream(ask([], "off")));
  expect(server.turns[0]!.body.reasoning_effort).toBe("none");
});

test("LM Studio says which models see and how much is loaded", async () => {
  const routes = {
    "/v1/models": json({ data: [{ id: "qwen3-vl-4b", owned_by: "organization_owner" }] }),
    // It answers 200 to what it does not know.
    "/api/show": json({ error: "Unexpected endpoint or method. (POST /api/show)" }),
    "/api/v0/models": json({
      data: [
        {
          id: "qwen3-vl-4b",
          type: "vlm",
          capabilities: ["tool_use"],
          loaded_context_length: 8192,
          max_context_length: 262_144,
        },
      ],
    }),
  };
  await using server = await startModelServer([], routes);
  const model = await open(server);
  expect([model.runsOn.split(" at ")[0], model.contextTokens, model.accepts.has("image")]).toEqual([
    "LM Studio",
    8192,
    true,
  ]);
  expect(server.turns).toHaveLength(0);
});

test("a model that the server does not have is a failure that names those it has", async () => {
  await using server = await startModelServer([], models("vllm", "qwen-a", "qwen-b"));
  await expect(open(server, "qwen-c")).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringContaining("qwen-a, qwen-b"),
  });
  await using empty = await startModelServer([], { "/v1/models": json({ data: [] }) });
  await expect(open(empty)).rejects.toMatchObject({ message: expect.stringContaining("no model loaded") });
});

function ask(messages: readonly ChatMessage[], thinking: "on" | "off" = "off") {
  return { messages, tools: [], thinking, signal: new AbortController().signal };
}

async function picture(name: string, width: number, height: number, orientation = 1): Promise<string> {
  const file = path.join(folder, name);
  const plain = sharp({ create: { width, height, channels: 3, background: "#c03020" } });
  await plain.withMetadata({ orientation }).toFile(file);
  return file;
}

interface Part {
  readonly type: string;
  readonly text?: string;
  readonly image_url?: { readonly url: string };
}

async function sent(
  messages: readonly ChatMessage[],
): Promise<readonly { role: string; content: string | Part[] }[]> {
  await using server = await startModelServer([turn({ content: "Yes." })]);
  const model = await open(server);
  for await (const _ of model.stream(ask(messages)));
  return server.turns[0]!.body.messages as { role: string; content: string | Part[] }[];
}

test("frames stand behind their times, in user and in tool messages", async () => {
  const frames = [await picture("a.jpg", 128, 96), await picture("b.png", 128, 96)];
  const words = "Frames:\n<12.4 seconds>\n<13 seconds>\nWhat changes?";
  const [user, , tool] = await sent([
    { role: "user", text: words, imagePaths: frames },
    { role: "assistant", text: "", toolCalls: [{ id: "c", name: "video_seek", argumentsJson: "{}" }] },
    {
      role: "tool",
      callId: "c",
      name: "video_seek",
      text: "Two frames.",
      isError: false,
      evidence: [],
      imagePaths: frames,
    },
  ]);
  const parts = user!.content as Part[];
  expect(parts.map((part) => part.text ?? part.image_url!.url.slice(0, 15))).toEqual([
    "Frames:\n<12.4 seconds>",
    "data:image/jpeg",
    "\n<13 seconds>",
    "data:image/png;",
    "\nWhat changes?",
  ]);
  expect((tool!.content as Part[]).map((part) => part.type)).toEqual(["text", "image_url", "image_url"]);
});

test("no picture costs more than the history reckons with, and none is too small to be read", () => {
  for (const [width, height] of [
    [4000, 3000],
    [1536, 1536],
    [1024, 576],
    [20, 30],
    [6000, 40],
    [1, 1],
  ] as const) {
    const scale = scaleFor(width, height);
    expect(width * height * scale ** 2).toBeLessThanOrEqual(1200 * 1024 + 1);
    expect(Math.max(width, height) * scale).toBeLessThanOrEqual(1536);
  }
  expect([scaleFor(1024, 576), scaleFor(20, 40)]).toEqual([1, 3.2]);
});

test("a large or turned picture is sent upright and smaller, and one that is gone leaves a word", async () => {
  const turned = await picture("turned.jpg", 3000, 1000, 6);
  const [user] = await sent([
    { role: "user", text: "What is it?", imagePaths: [turned, path.join(folder, "gone.jpg")] },
  ]);
  const [question, image, gone] = user!.content as Part[];
  const bytes = Buffer.from(image!.image_url!.url.split(",")[1]!, "base64");
  const { width, height, orientation } = await sharp(bytes).metadata();
  expect([width, height, orientation ?? 1]).toEqual([512, 1536, 1]);
  expect(question!.text).toBe("What is it?");
  expect(gone!.text).toContain("gone");
});

test("a server that takes no pictures in tool messages gets them in a user message, from then on", async () => {
  const frame = await picture("c.jpg", 128, 96);
  await using server = await startModelServer([
    refuse(400, "Invalid 'messages[2]': image content is only allowed for role user"),
    events(delta({ content: "Red." }, "stop"), "[DONE]"),
  ]);
  const model = await open(server);
  const messages: readonly ChatMessage[] = [
    { role: "user", text: "Look." },
    { role: "assistant", text: "", toolCalls: [{ id: "c", name: "video_seek", argumentsJson: "{}" }] },
    {
      role: "tool",
      callId: "c",
      name: "video_seek",
      text: "One frame.",
      isError: false,
      evidence: [],
      imagePaths: [frame],
    },
  ];
  for (const _ of ["learned", "remembered"]) for await (const _chunk of model.stream(ask(messages)));
  expect(server.turns).toHaveLength(3);
  for (const { body } of server.turns.slice(1)) {
    const [, , tool, user] = body.messages as { role: string; content: string | Part[] }[];
    expect(tool).toMatchObject({ role: "tool", content: "One frame." });
    expect((user!.content as Part[]).map((part) => part.type)).toEqual(["text", "image_url"]);
  }
});

test("pictures are left out where the model does not see", async () => {
  const frame = await picture("d.jpg", 128, 96);
  await using server = await startModelServer(
    [turn({ content: "Yes." })],
    llamaServing("{{ enable_thinking }}", false),
  );
  const model = await open(server);
  for await (const _ of model.stream(ask([{ role: "user", text: "What?", imagePaths: [frame] }])));
  expect(server.turns[0]!.body.messages).toEqual([{ role: "user", content: "What?" }]);
});

test("a word to the model in the middle of a conversation comes from the user's side", async () => {
  const messages = await sent([
    { role: "system", text: "You are Sightline." },
    { role: "system", text: "Found earlier: [e1]" },
    { role: "user", text: "When?" },
    { role: "assistant", text: "Then." },
    { role: "system", text: "Answer now." },
  ]);
  expect(messages).toEqual([
    { role: "system", content: "You are Sightline." },
    { role: "user", content: "Found earlier: [e1]\n\nWhen?" },
    { role: "assistant", content: "Then." },
    { role: "user", content: "Answer now." },
  ]);
});
