import { open, stat } from "node:fs/promises";
import path from "node:path";
import type { GgufFileInfo } from "node-llama-cpp";
import { Failure } from "../../media/failure.ts";

/** What a chat model's file says of itself, as far as it decides how the model is run. */
export interface ModelFileFacts {
  readonly path: string;
  /** The model's own name, or the file's. */
  readonly name: string;
  readonly architecture: string;
  readonly bytes: number;
  readonly trainedContextTokens: number;
  /** A Thinking checkpoint: its template opens a thought by itself. */
  readonly alwaysThinks: boolean;
}

/** Qwen's chat form and tool syntax are what the prompt, the grammar and the tests are made for. */
const architectures = ["qwen3vl", "qwen3vlmoe", "qwen3", "qwen3moe"];

/**
 * Reads the header of a GGUF file. Throws `Failure` for a file that is missing, no GGUF, cut short, of another
 * architecture, or damaged in a way that would end the whole process while it is loaded.
 */
export async function inspectModelFile(file: string, signal?: AbortSignal): Promise<ModelFileFacts> {
  const bytes = await sizeOf(file);
  await refuseOtherFormats(file);
  const info = await readHeader(file, signal);
  const metadata = info.metadata as Metadata;
  const architecture = String(metadata.general?.architecture ?? "");
  refuseOtherArchitectures(file, architecture);
  const own = metadata[architecture] ?? {};
  refuseTruncated(file, info, bytes);
  refuseWhatEndsTheProcess(file, own, metadata.tokenizer?.ggml?.tokens);
  const name = String(metadata.general?.name ?? path.basename(file, ".gguf"));
  const template = String(metadata.tokenizer?.chat_template ?? "");
  return {
    path: file,
    name,
    architecture,
    bytes,
    trainedContextTokens: Number(own.context_length ?? 4096),
    alwaysThinks:
      /assistant\\n<think>\\n/.test(template) || /thinking/i.test(`${name} ${path.basename(file)}`),
  };
}

interface Metadata {
  readonly general?: Readonly<Record<string, unknown>>;
  readonly tokenizer?: {
    readonly chat_template?: unknown;
    readonly ggml?: { readonly tokens?: readonly string[] };
  };
  readonly [architecture: string]: Readonly<Record<string, unknown>> | undefined;
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (found.isFile()) return found.size;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw unreadable(file, error);
  }
  throw new Failure({
    code: "not-found",
    message: `There is no model file ${file}.`,
    remedy: "Give the path of a GGUF file with --model-file, or use --model builtin.",
  });
}

async function refuseOtherFormats(file: string): Promise<void> {
  const magic = Buffer.alloc(4);
  try {
    await using handle = await open(file);
    await handle.read(magic, 0, 4, 0);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (magic.toString("latin1") === "GGUF") return;
  throw new Failure({
    code: "unsupported",
    message: `${file} is not a GGUF file.`,
    remedy: "Give a file that ends in .gguf, such as Qwen3-VL-4B-Instruct-Q4_K_M.gguf.",
  });
}

function unreadable(file: string, cause: unknown): Failure {
  return new Failure(
    {
      code: "unreadable",
      message: `The model file ${file} cannot be read.`,
      remedy: `Check its permissions: ls -l "${file}"`,
    },
    { cause },
  );
}

async function readHeader(file: string, signal: AbortSignal | undefined): Promise<GgufFileInfo> {
  const { readGgufFileInfo } = await import("node-llama-cpp");
  try {
    return await readGgufFileInfo(file, {
      sourceType: "filesystem",
      logWarnings: false,
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw corrupt(file, "its header does not make sense", error);
  }
}

function corrupt(file: string, why: string, cause?: unknown): Failure {
  return new Failure(
    {
      code: "corrupt",
      message: `The model file ${file} is damaged: ${why}.`,
      remedy: "Delete it and bring it again.",
    },
    { cause },
  );
}

function refuseOtherArchitectures(file: string, architecture: string): void {
  if (architectures.includes(architecture)) return;
  const part =
    architecture === "clip" ? "the vision part (mmproj) of a model" : `a model of the kind "${architecture}"`;
  throw new Failure({
    code: "unsupported",
    message: `${file} is ${part}; Sightline runs Qwen3-VL and Qwen3 models.`,
    remedy:
      architecture === "clip"
        ? "Give it with --mmproj, and the model itself with --model-file."
        : "Give a Qwen3-VL GGUF file, such as Qwen3-VL-4B-Instruct-Q4_K_M.gguf.",
  });
}

/** [values in a block, bytes of a block] by ggml's number of the type: those that chat models are published in. */
const blocks: Readonly<Record<number, readonly [number, number]>> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  8: [32, 34],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  30: [1, 2],
};

function refuseTruncated(file: string, info: GgufFileInfo, bytes: number): void {
  if (info.splicedParts > 1) return;
  const ends = (info.fullTensorInfo ?? []).map(({ dimensions, ggmlType, fileOffset }) => {
    const count = dimensions.reduce<number>((product, size) => product * Number(size), 1);
    const [values, blockBytes] = blocks[ggmlType] ?? [256, 1];
    return Number(fileOffset) + (count / values) * blockBytes;
  });
  const wanted = Math.max(0, ...ends);
  if (ends.length === 0) throw corrupt(file, "it holds no weights");
  if (bytes < wanted) throw corrupt(file, `it is cut short, ${bytes} of ${wanted} bytes are there`);
}

function refuseWhatEndsTheProcess(
  file: string,
  own: Readonly<Record<string, unknown>>,
  tokens: readonly string[] | undefined,
): void {
  if (Number(own.n_deepstack_layers ?? 0) >= Number(own.block_count ?? 0)) {
    throw corrupt(file, "it has more vision layers than layers");
  }
  if (!tokens || tokens.length === 0) throw corrupt(file, "it has no vocabulary");
  if (new Set(tokens).size !== tokens.length) throw corrupt(file, "two of its tokens have the same text");
}
