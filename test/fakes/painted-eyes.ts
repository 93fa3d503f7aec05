import sharp from "sharp";
import type { ChatModel, ChatRequest } from "../../src/chat/chat-model.ts";

/** Eyes that name the strongest of red, green and blue in the real pixels of each picture, and say yes to the one they see. */
export function openPaintedEyes(): ChatModel & { readonly requests: ChatRequest[] } {
  const requests: ChatRequest[] = [];
  return {
    name: "painted eyes",
    runsOn: "a test",
    contextTokens: 4096,
    accepts: new Set(["text", "image"]),
    requests,
    async *stream(request) {
      request.signal.throwIfAborted();
      requests.push(request);
      const message = request.messages.at(-1);
      if (message?.role !== "user") throw new Error("The eyes were asked nothing.");
      const colour = await strongest(message.imagePaths?.[0] ?? "");
      const closed = /Is this true of the picture: "(.*)"\?/.exec(message.text)?.[1];
      if (closed === undefined) yield { type: "text", text: `It is ${colour}.` };
      else yield { type: "text", text: closed.includes(colour) ? "Yes." : "No, it is not." };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

async function strongest(path: string): Promise<string> {
  const { channels } = await sharp(path).stats();
  const means = channels.map(({ mean }) => mean);
  return ["red", "green", "blue"][means.indexOf(Math.max(...means.slice(0, 3)))] ?? "grey";
}
