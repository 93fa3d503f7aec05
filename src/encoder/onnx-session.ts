import path from "node:path";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { damaged } from "./model-folder.ts";

/** One ONNX file, loaded at its first use. */
export interface LazyModel {
  /** `makeFeeds` gets the runtime's tensor constructor, which is not known before it is loaded. */
  run(makeFeeds: (tensor: typeof Tensor) => Record<string, Tensor>, output: string): Promise<Tensor>;
  release(): Promise<void>;
}

/** Errors only: warnings of the runtime would appear on people's terminals. */
const logSeverityLevel = 3;

export function lazyModel(directory: string, name: string, threads: number): LazyModel {
  const file = path.join(directory, name);
  let opening: Promise<Loaded> | undefined;
  return {
    async run(makeFeeds, output) {
      opening ??= load(file, threads);
      const { session, tensor } = await opening;
      const results = await session.run(makeFeeds(tensor), [output]);
      return results[output]!;
    },
    async release() {
      const loaded = await opening;
      opening = undefined;
      await loaded?.session.release();
    },
  };
}

interface Loaded {
  readonly session: InferenceSession;
  readonly tensor: typeof Tensor;
}

async function load(file: string, threads: number): Promise<Loaded> {
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  try {
    const session = await InferenceSession.create(file, {
      executionProviders: ["cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel,
    });
    return { session, tensor: Tensor };
  } catch (cause) {
    throw damaged(file, "the ONNX runtime cannot load it", cause);
  }
}
