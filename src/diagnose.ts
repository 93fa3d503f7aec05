import os from "node:os";
import { type ChatModel, isByRules } from "./chat/chat-model.ts";
import type { Config } from "./config.ts";
import { diagnoseFit, diagnoseModels } from "./diagnose-models.ts";
import type { Encoder } from "./encoder/encoder.ts";
import { ageInYears, findTool, type ToolName } from "./ingest/ffmpeg/binary.ts";
import type { OcrEngine } from "./ingest/ocr-engine.ts";
import { Failure } from "./media/failure.ts";
import { formatBytes } from "./messages/amounts.ts";
import type { StoreCounts } from "./store/media-store.ts";

/** One line of `sightline doctor`. */
export interface Diagnosis {
  readonly part: string;
  /** `note`: it works, and could be better. */
  readonly state: "good" | "note" | "bad";
  readonly says: string;
  readonly remedy?: string;
}

/** Opened as the app would open them, so that the diagnosis is of the real parts. */
export interface PartsToDiagnose {
  readonly encoder: () => Promise<Encoder>;
  readonly ocr: OcrEngine;
  /** Undefined when nothing is indexed yet. */
  readonly counts: () => Promise<StoreCounts | undefined>;
  readonly model: () => Promise<DiagnosedModel>;
}

export type DiagnosedModel = Pick<ChatModel, "name" | "runsOn" | "contextTokens" | "accepts" | "missing">;

/** A build older than this has known faults that a crafted file can use. */
const oldBuildYears = 3;

/** Looks at every part in turn; one that fails does not hide the others. */
export async function diagnoseParts(
  config: Config,
  parts: PartsToDiagnose,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  const tools = {
    ...(config.ffmpeg ? { ffmpeg: config.ffmpeg } : {}),
    ...(config.ffprobe ? { ffprobe: config.ffprobe } : {}),
  };
  const looks: readonly (readonly [string, () => Promise<Omit<Diagnosis, "part">>])[] = [
    ["machine", async () => machine()],
    ["ffmpeg", () => ffmpegTool("ffmpeg", tools)],
    ["ffprobe", () => ffmpegTool("ffprobe", tools)],
    ["encoder", async () => good(await describeEncoder(await parts.encoder(), signal))],
    ["OCR", async () => good(await describeOcr(parts.ocr, signal))],
    ["model", async () => describeModel(await parts.model())],
    ["models", () => diagnoseModels(config, signal)],
    ["fits", () => diagnoseFit(signal)],
    ["library", async () => describeLibrary(config.index ?? config.library, await parts.counts())],
  ];
  const lines: Diagnosis[] = [];
  for (const [part, look] of looks) lines.push({ part, ...(await orWhatIsWrong(look)) });
  return lines;
}

async function orWhatIsWrong(look: () => Promise<Omit<Diagnosis, "part">>): Promise<Omit<Diagnosis, "part">> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Failure) return { state: "bad", says: error.message, remedy: error.remedy };
    return { state: "bad", says: String(error), remedy: "Install again: npm ci" };
  }
}

function good(says: string): Omit<Diagnosis, "part"> {
  return { state: "good", says };
}

function machine(): Omit<Diagnosis, "part"> {
  const memory = formatBytes(os.totalmem());
  return good(
    `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${os.cpus().length} cores, ${memory}`,
  );
}

async function ffmpegTool(
  name: ToolName,
  configured: { readonly ffmpeg?: string; readonly ffprobe?: string },
): Promise<Omit<Diagnosis, "part">> {
  const tool = await findTool(name, configured);
  const age = ageInYears(tool, new Date());
  const origins = {
    configured: "as configured",
    path: "found on PATH",
    npm: "the one that npm carries, a last resort",
  };
  const says = `${tool.version}${tool.year > 0 ? `, built ${tool.year}` : ""}, ${origins[tool.source]}: ${tool.path}`;
  if (tool.source !== "npm" && (age === undefined || age <= oldBuildYears)) return good(says);
  return {
    state: "note",
    says,
    remedy:
      "It works; files from strangers want a current ffmpeg: apt install ffmpeg, or brew install ffmpeg",
  };
}

async function describeEncoder(encoder: Encoder, signal: AbortSignal): Promise<string> {
  const [vector] = await encoder.encode([{ kind: "text", text: "red" }], signal);
  const where = encoder.runsOn?.();
  return `${encoder.space}, ${vector?.length ?? 0} dimensions${where ? `, on ${where}` : ""}`;
}

async function describeOcr(ocr: OcrEngine, signal: AbortSignal): Promise<string> {
  const blank = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(255) };
  await ocr.read(blank, ["eng", "chi_sim"], signal);
  return `${ocr.name}: English, Chinese (simplified)`;
}

function describeModel(model: DiagnosedModel): Omit<Diagnosis, "part"> {
  const { name, runsOn, contextTokens, accepts, missing = [] } = model;
  if (isByRules(model))
    return {
      state: "note",
      says: `${name}: answers by rules from what was found; it cannot name what it sees`,
    };
  const sees = accepts.has("image") ? ", sees pictures" : "";
  const says = [`${name}, ${runsOn}: reads ${contextTokens} tokens${sees}`, ...missing].join("; ");
  return { state: missing.length === 0 ? "good" : "note", says };
}

function describeLibrary(folder: string, counts: StoreCounts | undefined): Omit<Diagnosis, "part"> {
  if (counts && counts.items > 0)
    return good(`${counts.items} files, ${counts.segments} segments: ${folder}`);
  return { state: "note", says: `nothing indexed yet: ${folder}`, remedy: "sightline index ~/Videos" };
}
