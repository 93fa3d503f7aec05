import path from "node:path";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { damaged } from "./damaged.ts";
import type { Device } from "./devices.ts";
import { loadOnnxRuntime } from "./onnx-runtime.ts";

/** One ONNX file, loaded at its first use. */
export interface LazyModel {
  /** `makeFeeds` gets the runtime's tensor constructor, which is not known before it is loaded. */
  run(makeFeeds: (tensor: typeof Tensor) => Record<string, Tensor>, output: string): Promise<Tensor>;
  /** Undefined before the first use. */
  runsOn(): RunsOn | undefined;
  release(): Promise<void>;
}

export interface RunsOn {
  readonly device: Device;
  /** Why those before it in the order were passed over. */
  readonly failed: readonly { readonly device: Device; readonly reason: string }[];
}

export interface SessionOptions {
  readonly threads: number;
  /** In the order to try; not empty. */
  readonly devices: readonly Device[];
}

/** Errors only: warnings of the runtime would appear on people's terminals. */
const logSeverityLevel = 3;

export function lazyModel(directory: string, name: string, options: SessionOptions): LazyModel {
  const file = path.join(directory, name);
  let opening: Promise<Loaded> | undefined;
  let runsOn: RunsOn | undefined;
  return {
    async run(makeFeeds, output) {
      opening ??= load(file, options);
      const loaded = await opening;
      runsOn = loaded.runsOn;
      const results = await loaded.session.run(makeFeeds(loaded.tensor), [output]);
      return results[output]!;
    },
    runsOn: () => runsOn,
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
  readonly runsOn: RunsOn;
}

async function load(file: string, { threads, devices }: SessionOptions): Promise<Loaded> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const failed: { device: Device; reason: string }[] = [];
  let cause: unknown;
  for (const device of devices) {
    try {
      const session = await InferenceSession.create(file, {
        executionProviders: device === "cpu" ? ["cpu"] : [device, "cpu"],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        logSeverityLevel,
      });
      return { session, tensor: Tensor, runsOn: { device, failed } };
    } catch (error) {
      cause = error;
      failed.push({ device, reason: shortReason(error) });
    }
  }
  throw damaged(file, "the ONNX runtime cannot load it", cause);
}

/** Native messages hold source lines of the runtime and then, at the end, what went wrong. */
function shortReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const said = /Failed to .*/s.exec(message)?.[0] ?? message;
  return said.replace(/\s+/g, " ").trim().slice(0, 160);
}
