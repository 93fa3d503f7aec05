import type { ChatModel } from "../../src/chat/chat-model.ts";

export interface WaitingModel extends ChatModel {
  /** Turns that began, and those of them that were stopped from outside. */
  readonly begun: number;
  readonly stopped: number;
}

/** A model that thinks aloud once and then waits until its turn is stopped: a long answer, without the time it takes. */
export function openWaitingModel(): WaitingModel {
  let begun = 0;
  let stopped = 0;
  return {
    name: "waiting",
    runsOn: "a test",
    contextTokens: 100_000,
    accepts: new Set(["text"]),
    get begun() {
      return begun;
    },
    get stopped() {
      return stopped;
    },
    async *stream({ signal }) {
      begun += 1;
      yield { type: "text", text: "One moment" };
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener("abort", () => resolve(), { once: true });
      });
      stopped += 1;
      signal.throwIfAborted();
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
