import type { ChatModel, ChatRequest } from "./chat-model.ts";
import { isToThink } from "./thinking.ts";

/**
 * Two checkpoints as one model: turns that are to think go to the one that was trained for it, which is opened at the
 * first of them; all others to `plain`. The context is that of `plain`, which the conversation is fitted to.
 */
export function pairForThinking(plain: ChatModel, openThinking: () => Promise<ChatModel>): ChatModel {
  let thinking: Promise<ChatModel> | undefined;
  const modelFor = async (request: ChatRequest): Promise<ChatModel> => {
    if (!isToThink(request)) return plain;
    thinking ??= openThinking();
    try {
      return await thinking;
    } catch (error) {
      // The next turn may find the memory that this one lacked.
      thinking = undefined;
      throw error;
    }
  };
  return {
    ...plain,
    async *stream(request) {
      const model = await modelFor(request);
      yield* model.stream(model === plain ? request : { ...request, thinking: "on" });
    },
    [Symbol.asyncDispose]: async () => {
      const opened = await thinking?.catch(() => undefined);
      await opened?.[Symbol.asyncDispose]();
      await plain[Symbol.asyncDispose]();
    },
  };
}
