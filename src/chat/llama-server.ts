import { Failure } from "../media/failure.ts";
import type { ChatChunk, ChatModel, ChatRequest } from "./chat-model.ts";
import { findLlamaServer } from "./llama-server/find-binary.ts";
import { type RunningServer, type StartOptions, startLlamaServer } from "./llama-server/start.ts";
import type { Patience } from "./openai-server/ask-server.ts";
import { openServerModel, type ServerModel } from "./openai-server.ts";

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
 * A crash is answered by a restart, and the turn goes on where it was cut off, once. The server ends with us, however
 * we end. Throws `Failure` with the server's last words when it cannot start.
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
    let said = "";
    for (let attempt = 1; attempt <= 2; attempt++) {
      request.signal.throwIfAborted();
      await ensureRunning();
      const crash = yield* streamOnce(current, request, said);
      if (!crash) return;
      said = crash.said;
    }
    throw crashed(current.running);
  }

  const { name, contextTokens: reads, accepts, missing = [] } = current.model;
  return {
    name,
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

interface Crash {
  /** The answer up to it: the next attempt goes on from there. */
  readonly said: string;
}

/** Streams the turn, or what is left of it after `begun`; answers with the crash that cut it off, if one did. */
async function* streamOnce(
  { running, model }: { readonly running: RunningServer; readonly model: ServerModel },
  request: ChatRequest,
  begun: string,
): AsyncGenerator<ChatChunk, Crash | undefined> {
  let said = begun;
  try {
    for await (const chunk of model.stream(request, begun)) {
      if (chunk.type === "text") said += chunk.text;
      yield chunk;
    }
    return undefined;
  } catch (error) {
    request.signal.throwIfAborted();
    const mayBeCrash = error instanceof Failure && error.code === "unavailable";
    if (!mayBeCrash || !(await running.child.endsWithin(crashShowsMs))) throw error;
    return { said };
  }
}

function crashed({ child }: RunningServer): Failure {
  const trouble = child.log.trouble();
  return new Failure({
    code: "unavailable",
    message: `llama-server ended twice in the middle of one answer (${child.ended()})${trouble === "" ? "." : `: ${trouble}`}`,
    remedy: "Ask something else, or choose a smaller model or a shorter context.",
  });
}
