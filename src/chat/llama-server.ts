import path from "node:path";
import { Failure } from "../media/failure.ts";
import type { ChatChunk, ChatModel, ChatRequest } from "./chat-model.ts";
import { findLlamaServer } from "./llama-server/find-binary.ts";
import { type RunningServer, type StartOptions, startLlamaServer } from "./llama-server/start.ts";
import type { Patience } from "./openai-server/ask-server.ts";
import { openServerModel } from "./openai-server.ts";

export interface LlamaServerOptions extends Omit<StartOptions, "contextTokens" | "startMs"> {
  readonly contextTokens?: number;
  readonly startMs?: number;
  readonly thinkingTokens?: number;
  readonly signal?: AbortSignal;
}

/** A model that llama-server runs for us. */
export interface LlamaServerModel extends ChatModel {
  /** Of the server, for those who watch over it; undefined while it is down. */
  readonly pid: () => number | undefined;
}

export interface InstalledServerOptions extends Omit<LlamaServerOptions, "binary"> {
  /** The path that the person chose. */
  readonly llamaServer?: string;
  readonly engineFolder: string;
}

/** Opens the llama-server that is on this machine; undefined when there is none. */
export async function openInstalledLlamaServer(
  options: InstalledServerOptions,
): Promise<LlamaServerModel | undefined> {
  const { llamaServer, engineFolder, ...rest } = options;
  const found = await findLlamaServer({
    engineFolder,
    searchPath: process.env.PATH,
    ...(llamaServer ? { configured: llamaServer } : {}),
  });
  return found && openLlamaServer({ ...rest, binary: found.file });
}

/** Eight frames, the tools and some turns fit; the cache of a 4B model takes 2.4 GB at this length. */
const usualContextTokens = 16_384;
/** A crash that follows the loss of the connection shows within this time. */
const crashShowsMs = 1500;
/** On our own machine a refusal is final, and a server that loads is waited for by its health. */
const patience: Partial<Patience> = { attempts: 3, firstPauseMs: 200, longestPauseMs: 2000 };

/**
 * Starts llama-server with a model, and with eyes when `mmproj` is given: brain and eyes are one copy of the weights.
 * A crash is answered by a restart, and a turn that had said nothing yet is asked again, once. The server ends with
 * us, however we end. Throws `Failure` with the server's last words when it cannot start.
 */
export async function openLlamaServer(options: LlamaServerOptions): Promise<LlamaServerModel> {
  const { thinkingTokens, signal, contextTokens = usualContextTokens, startMs = 300_000, ...rest } = options;
  const start = async (by: AbortSignal | undefined) => {
    const running = await startLlamaServer({ ...rest, contextTokens, startMs }, by);
    try {
      const { url, key } = running;
      const limits = thinkingTokens === undefined ? {} : { thinkingTokens };
      const options = { url, key, patience, isOurs: true, ...limits, ...(by ? { signal: by } : {}) };
      const model = await openServerModel(options);
      return { running, model };
    } catch (error) {
      await running.child.stop();
      throw error;
    }
  };
  let current = await start(signal);
  let restarting: Promise<void> | undefined;
  let disposed = false;

  const ensureRunning = async (): Promise<void> => {
    if (disposed) throw new Error("This model has been disposed of.");
    if (current.running.child.ended() === undefined) return;
    // Not stopped by the turn that asked for it: the next one wants it as well.
    restarting ??= start(undefined)
      .then((fresh) => {
        current = fresh;
      })
      .finally(() => {
        restarting = undefined;
      });
    await restarting;
    if (disposed) await current.running.child.stop();
  };

  async function* stream(request: ChatRequest): AsyncGenerator<ChatChunk> {
    request.signal.throwIfAborted();
    await ensureRunning();
    if (yield* streamOnce(current, request)) return;
    await ensureRunning();
    if (yield* streamOnce(current, request)) return;
    throw crashed(current.running);
  }

  const { name, contextTokens: reads, accepts, missing = [] } = current.model;
  return {
    name: path.basename(name),
    runsOn: "llama-server on this machine",
    contextTokens: reads,
    accepts,
    missing,
    pid: () => (current.running.child.ended() === undefined ? current.running.child.pid() : undefined),
    stream,
    [Symbol.asyncDispose]: async () => {
      disposed = true;
      await restarting?.catch(() => undefined);
      await current.running.child.stop();
    },
  };
}

/** False: the server crashed before the model had said anything but thoughts, and the turn can be asked again. */
async function* streamOnce(
  { running, model }: { readonly running: RunningServer; readonly model: ChatModel },
  request: ChatRequest,
): AsyncGenerator<ChatChunk, boolean> {
  let said = false;
  try {
    for await (const chunk of model.stream(request)) {
      said ||= chunk.type !== "thinking";
      yield chunk;
    }
    return true;
  } catch (error) {
    request.signal.throwIfAborted();
    const mayBeCrash = error instanceof Failure && error.code === "unavailable";
    if (!mayBeCrash || !(await running.child.endsWithin(crashShowsMs))) throw error;
    if (said) throw crashed(running, error);
    return false;
  }
}

function crashed({ child }: RunningServer, cause?: unknown): Failure {
  const trouble = child.log.trouble();
  return new Failure(
    {
      code: "unavailable",
      message: `llama-server ended in the middle of an answer (${child.ended()})${trouble === "" ? "." : `: ${trouble}`}`,
      remedy: "Ask again: it starts anew. If it stays so, choose a smaller model or a shorter context.",
    },
    { cause },
  );
}
