import { randomUUID } from "node:crypto";
import type {
  ChatModelFunctions,
  LlamaChat,
  LlamaContext,
  LlamaContextSequence,
  LlamaModel,
} from "node-llama-cpp";
import { Failure } from "../media/failure.ts";
import type { ChatChunk, ChatModel, ChatRequest } from "./chat-model.ts";
import { iterate } from "./chunk-queue.ts";
import { dropOldestTurns } from "./llama-cpp/context-shift.ts";
import { type Engine, type EngineOptions, firstLine, onProcessor, startEngine } from "./llama-cpp/engine.ts";
import { toChatHistory } from "./llama-cpp/history.ts";
import { inspectModelFile, type ModelFileFacts } from "./llama-cpp/inspect-file.ts";
import { qwenForm, type ThoughtForm } from "./llama-cpp/qwen-form.ts";
import { toGrammar } from "./llama-cpp/tool-grammar.ts";
import { isToThink, thoughtBudgetTokens } from "./thinking.ts";

export interface LlamaCppOptions extends Partial<EngineOptions> {
  /** Absolute path of a Qwen3-VL or Qwen3 GGUF file. */
  readonly modelFile: string;
  /** At most this much context; less where memory is short. Default 16,384 on the CPU, 32,768 on a graphics card. */
  readonly mostContextTokens?: number;
}

const leastContextTokens = 2048;
const longestAnswerTokens = 2048;
/** What Qwen advises for Instruct models, and for thinking. */
const sampling = { temperature: 0.7, topP: 0.8, topK: 20 };
const thinkingSampling = { temperature: 0.6, topP: 0.95, topK: 20 };

/**
 * A Qwen3-VL (or Qwen3) model in this process: text and tools. It sees no pictures; frames are looked at through
 * another model's eyes. One turn runs at a time, others wait. Throws `Failure` for a file that it cannot run.
 */
export async function openLlamaCpp(options: LlamaCppOptions): Promise<ChatModel> {
  const facts = await inspectModelFile(options.modelFile);
  const { engine, model, context } = await load(facts, { gpu: "auto", ...options });
  const sequence = context.getSequence({ contextShift: { strategy: refuseShift } });
  const turns = oneAtATime();
  return {
    name: facts.name,
    runsOn: engine.runsOn,
    contextTokens: context.contextSize,
    accepts: new Set(["text"]),
    async *stream(request) {
      request.signal.throwIfAborted();
      const release = await turns(request.signal);
      try {
        yield* iterate<ChatChunk>((push, abandoned) => {
          const signal = AbortSignal.any([request.signal, abandoned]);
          return takeTurn({ ...request, signal }, { facts, sequence }, push);
        });
      } finally {
        release();
      }
    },
    [Symbol.asyncDispose]: async () => {
      await context.dispose();
      await model.dispose();
      await engine.llama.dispose();
    },
  };
}

/**
 * Cells of a model with three-part positions (M-RoPE, all of Qwen-VL) cannot be moved: llama.cpp ends the process. Turns are
 * fitted before they begin (`dropOldestTurns`); one that fills the context all the same ends here.
 */
function refuseShift(): never {
  throw new Error("The context size is reached");
}

interface Loaded {
  readonly engine: Engine;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
}

type LoadOptions = LlamaCppOptions & EngineOptions;

/** On the graphics card, as far as the model fits there; where that fails, on the processor, and it is said why. */
async function load(facts: ModelFileFacts, options: LoadOptions): Promise<Loaded> {
  const engine = await startEngine(options);
  try {
    return await loadOn(engine, facts, options);
  } catch (error) {
    await engine.llama.dispose();
    if (engine.llama.gpu === false) throw cannotLoad(facts, error);
    const processor = await onProcessor(options, `the graphics card failed: ${firstLine(error)}`);
    try {
      return await loadOn(processor, facts, options);
    } catch (second) {
      await processor.llama.dispose();
      throw cannotLoad(facts, second);
    }
  }
}

async function loadOn(engine: Engine, facts: ModelFileFacts, options: LoadOptions): Promise<Loaded> {
  const model = await engine.llama.loadModel({ modelPath: facts.path });
  const most = options.mostContextTokens ?? (engine.llama.gpu === false ? 16_384 : 32_768);
  const max = Math.min(most, facts.trainedContextTokens);
  const context = await model.createContext({
    contextSize: { min: Math.min(leastContextTokens, max), max },
    ...(options.threads ? { threads: options.threads } : {}),
  });
  return { engine, model, context };
}

function cannotLoad(facts: ModelFileFacts, cause: unknown): Failure {
  const why = firstLine(cause);
  const memory = /memory|vram|too large|context size/i.test(why);
  return new Failure(
    {
      code: memory ? "unavailable" : "corrupt",
      message: `The model ${facts.path} (${(facts.bytes / 1e9).toFixed(1)} GB) cannot be loaded: ${why}.`,
      remedy: memory
        ? "Close other programs, or give a smaller file with --model-file."
        : "Bring the file again, or use --model builtin.",
    },
    { cause },
  );
}

interface Turn {
  readonly facts: ModelFileFacts;
  readonly sequence: LlamaContextSequence;
}

async function takeTurn(request: ChatRequest, turn: Turn, push: (chunk: ChatChunk) => void): Promise<void> {
  const { LlamaChat } = await import("node-llama-cpp");
  const { sequence, facts } = turn;
  const thinks = isToThink(request);
  const chatWrapper = await qwenForm(thoughtForm(thinks, facts), request.tools);
  const chat = new LlamaChat({ contextSequence: sequence, chatWrapper });
  const before = sequence.tokenMeter.getState();
  try {
    await generate(chat, request, { thinks, thoughtTokens: budgetFor(sequence.contextSize) }, push);
    const completionTokens = sequence.tokenMeter.diff(before).usedOutputTokens;
    const promptTokens = Math.max(0, sequence.nextTokenIndex - completionTokens);
    push({ type: "usage", promptTokens, completionTokens });
  } finally {
    chat.dispose({ disposeSequence: false });
  }
}

async function generate(
  chat: LlamaChat,
  { messages, tools, signal }: ChatRequest,
  { thinks, thoughtTokens }: { readonly thinks: boolean; readonly thoughtTokens: number },
  push: (chunk: ChatChunk) => void,
): Promise<void> {
  const { TokenBias } = await import("node-llama-cpp");
  const functions: ChatModelFunctions = toGrammar(tools);
  const [thoughtToken, ...more] = chat.model.tokenize("<think>", true);
  const forbidden = !thinks && thoughtToken !== undefined && more.length === 0;
  let said = false;
  try {
    const result = await chat.generateResponse(toChatHistory(messages), {
      ...(thinks ? thinkingSampling : sampling),
      ...(tools.length > 0 ? { functions, maxParallelFunctionCalls: 8 } : {}),
      signal,
      ...(forbidden ? { tokenBias: TokenBias.for(chat.model).set(thoughtToken, "never") } : {}),
      maxTokens: longestAnswerTokens + thoughtTokens,
      budgets: { thoughtTokens, commentTokens: 0 },
      repeatPenalty: false,
      contextShift: dropOldestTurns(functions),
      onResponseChunk: ({ type, text }) => {
        if (type === "segment") return text === "" ? undefined : push({ type: "thinking", text });
        // The line break after a thought is no part of the answer.
        const part = said ? text : text.trimStart();
        said ||= part !== "";
        if (part !== "") push({ type: "text", text: part });
      },
    });
    for (const { functionName, params } of result.functionCalls ?? []) {
      const call = {
        id: `call-${randomUUID()}`,
        name: functionName,
        argumentsJson: JSON.stringify(params ?? {}),
      };
      push({ type: "tool-call", call });
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw asFailure(error, chat.sequence.contextSize);
  }
}

function asFailure(error: unknown, contextTokens: number): unknown {
  if (!(error instanceof Error) || !/context (?:shift|size)|compress|too long/i.test(error.message))
    return error;
  return new Failure(
    {
      code: "invalid-input",
      message: `The question and what was found do not fit into the model's context of ${contextTokens} tokens`,
      remedy: "Ask about fewer files at once with --in, or start a new conversation.",
    },
    { cause: error },
  );
}

/** An Instruct model thinks only when the thought is opened for it; a Thinking one stops only when it is shut. */
function thoughtForm(thinks: boolean, { alwaysThinks }: ModelFileFacts): ThoughtForm {
  if (thinks) return "open";
  return alwaysThinks ? "shut" : "free";
}

/** Also without being asked to some models think; cut at once, the rest of the thought would stand in the answer. */
function budgetFor(contextTokens: number): number {
  return Math.min(thoughtBudgetTokens, Math.floor(contextTokens / 4));
}

/** Gives the turn to one caller after the other; a caller that is aborted stops waiting. */
function oneAtATime(): (signal: AbortSignal) => Promise<() => void> {
  let last: Promise<void> = Promise.resolve();
  return async (signal) => {
    const before = last;
    let release = () => {};
    last = new Promise<void>((resolve) => {
      release = () => void before.then(resolve);
    });
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    aborted.catch(() => undefined);
    try {
      await Promise.race([before, aborted]);
    } catch (error) {
      release();
      throw error;
    }
    return release;
  };
}
