import { z } from "zod";
import { startConversation } from "../../src/agent/conversation.ts";
import { runAgent } from "../../src/agent/run.ts";
import type { App } from "../../src/app.ts";
import type { ChatChunk, ChatModel } from "../../src/chat/chat-model.ts";
import { abortOnInterrupt } from "../../src/cli/interrupt.ts";
import type { Library } from "../../src/library.ts";
import { tuiMessages } from "../../src/messages/tui.ts";
import { defineTool } from "../../src/tools/tool.ts";
import { runInk } from "../../src/tui/run-ink.ts";
import { runPlain } from "../../src/tui/run-plain.ts";
import { startChat } from "../../src/tui/start.ts";

/** The chat as the program puts it together, with a model that does what the question says. */
const [folder = ""] = process.argv.slice(2);

const model: ChatModel = {
  name: "scripted",
  runsOn: "a test",
  contextTokens: 100_000,
  accepts: new Set(["text"]),
  stream: async function* (request): AsyncGenerator<ChatChunk> {
    const last = request.messages.at(-1);
    if (last?.role !== "user") yield { type: "text", text: "The tool is done." };
    else if (last.text.startsWith("lines")) yield* manyLines(Number(last.text.split(" ")[1]), request.signal);
    else if (last.text.startsWith("wide")) yield* wideLines(Number(last.text.split(" ")[1]), request.signal);
    else if (last.text === "slow")
      yield { type: "tool-call", call: { id: "s", name: "wait", argumentsJson: "{}" } };
    else yield { type: "text", text: `You said: ${last.text}` };
  },
  [Symbol.asyncDispose]: async () => {},
};

async function* manyLines(count: number, signal: AbortSignal): AsyncGenerator<ChatChunk> {
  for (let at = 1; at <= count; at += 1) {
    signal.throwIfAborted();
    const gap = at % 5 === 0 ? "\n\n" : "\n";
    yield { type: "text", text: `row ${String(at).padStart(3, "0")} of the long answer${gap}` };
    if (at % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 8));
  }
}

/** One paragraph, in the live area until it ends, of rows that break in two where the window narrows. */
async function* wideLines(count: number, signal: AbortSignal): AsyncGenerator<ChatChunk> {
  for (let at = 1; at <= count; at += 1) {
    signal.throwIfAborted();
    const others = [3, 5, 7, 11, 13, 17].map((by) => ((at * by * 7919) % 999_983).toString(36)).join(" ");
    yield { type: "text", text: `row ${String(at).padStart(3, "0")} of the wide answer ${others}\n` };
    await new Promise((resolve) => setTimeout(resolve, 14));
  }
}

const wait = defineTool({
  name: "wait",
  title: "Wait",
  description: "Waits for a long time.",
  input: z.strictObject({}),
  readOnly: true,
  execute: async (_, { signal, progress }) => {
    progress({ message: "waiting", done: 3, total: 8 });
    await new Promise((_resolve, reject) => {
      const timer = setTimeout(() => {}, 60_000);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    });
    return { text: "", findings: [] };
  },
});

const library = {
  model,
  tools: [wait],
  store: { list: async () => [], get: async () => undefined },
  startConversation: async () => startConversation(),
  ask: (...[question, conversation, { thinking }, signal]: Parameters<Library["ask"]>) =>
    runAgent({ model, tools: [wait], conversation, question, thinking, signal }),
} as unknown as Library;

const app = {
  state: async () => ({ roots: [], failures: [], counts: { items: 4, segments: 9, vectors: 9 } }),
  openLibrary: async () => library,
  [Symbol.asyncDispose]: async () => {},
} as unknown as App;

await using chat = startChat({ libraryFolder: folder, openApp: async () => app, say: tuiMessages({}) });
abortOnInterrupt().signal.addEventListener("abort", () => chat.leave());
if (process.env.TERM === "dumb") await runPlain(chat);
else await runInk(chat, process.env);
