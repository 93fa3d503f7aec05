import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { Failure } from "../media/failure.ts";
import { fingerprint } from "./fingerprint.ts";
import type { EncoderManifest } from "./manifest.ts";
import { imageRules } from "./published-image.ts";
import { readJson } from "./published-json.ts";
import { readTensors } from "./published-tensors.ts";
import { textRules } from "./published-text.ts";

const configShape = z.looseObject({
  model_type: z.string().default(""),
  _name_or_path: z.string().optional(),
  projection_dim: z.int().positive().optional(),
  text_config: z
    .looseObject({
      max_position_embeddings: z.int().positive().optional(),
      hidden_size: z.int().positive().optional(),
      projection_size: z.int().positive().optional(),
    })
    .default({}),
});

/** What `config.json` says that matters here. */
export type PublishedConfig = z.output<typeof configShape>;

const originShape = z.looseObject({ repository: z.string() });

/** Cosines from which a hit counts as found. Typical of the families; not measured for each model. */
const typicalRelevance = {
  clip: { textToImage: 0.24, imageToImage: 0.8 },
  siglip: { textToImage: 0.08, imageToImage: 0.75 },
} as const;

/** From the finest to the coarsest; the same precision for words and pictures. */
const precisions = ["", "_fp16", "_quantized", "_int8", "_uint8", "_q4", "_q4f16", "_bnb4"] as const;

export function isWholeNumberPrecision(file: string): boolean {
  return /_(?:quantized|int8|uint8)\.onnx$/.test(file);
}

/**
 * Describes a CLIP or SigLIP folder as model hubs publish it: `config.json`, `preprocessor_config.json`,
 * `tokenizer.json`, and `text_model*.onnx` with `vision_model*.onnx` in it or in `onnx/`. Throws `Failure`:
 * `unavailable` for what is missing, `unsupported` for another kind of model.
 */
export async function describePublishedFolder(directory: string): Promise<EncoderManifest> {
  const config = configShape.parse(await readJson(directory, "config.json"));
  const family = config.model_type.startsWith("siglip") ? "siglip" : "clip";
  const graphs = await findGraphs(directory);
  const tensors = await readTensors(directory, graphs, usualDimensions(config, family));
  const tokenizer = "tokenizer.json";
  const image = await imageRules(directory, family);
  const text = await textRules(directory, family, { config, length: tensors.textLength });
  const names = [graphs.vision, graphs.text, tokenizer] as const;
  const [visionFile, textFile, tokenizerFile] = await Promise.all(
    names.map((name) => describeFile(directory, name)),
  );
  if (!visionFile || !textFile || !tokenizerFile) throw new Error("Three files were described.");
  const revision = await fingerprint(
    names.map((name) => path.join(directory, name)),
    JSON.stringify({ image, text }),
  );
  return {
    format: 1,
    space: `${await repositoryOf(directory, config)}@${revision.slice(0, 12)}`,
    dimensions: tensors.dimensions,
    image,
    text,
    tensors: tensors.names,
    files: { vision: visionFile, text: textFile, tokenizer: tokenizerFile },
    relevance: typicalRelevance[family],
  };
}

/** Where the graphs leave it open how long their vectors are: what the settings say, or the base model's. */
function usualDimensions(
  { projection_dim, text_config }: PublishedConfig,
  family: "clip" | "siglip",
): number {
  if (family === "clip") return projection_dim ?? 512;
  return text_config.projection_size ?? text_config.hidden_size ?? 768;
}

/** The files' whole hashes are for `sightline models verify`: at every start they would cost seconds. */
async function describeFile(directory: string, name: string) {
  const facts = await stat(path.join(directory, name)).catch(() => undefined);
  if (!facts) throw missing(directory, name);
  return { name, bytes: facts.size, sha256: "0".repeat(64) };
}

async function findGraphs(directory: string): Promise<{ readonly vision: string; readonly text: string }> {
  for (const folder of ["onnx/", ""]) {
    const files = new Set(await readdir(path.join(directory, folder)).catch(() => []));
    const found = precisions.find(
      (p) => files.has(`vision_model${p}.onnx`) && files.has(`text_model${p}.onnx`),
    );
    if (found !== undefined) {
      return { vision: `${folder}vision_model${found}.onnx`, text: `${folder}text_model${found}.onnx` };
    }
  }
  throw missing(directory, "onnx/vision_model.onnx and onnx/text_model.onnx (or another precision of both)");
}

export function missing(directory: string, what: string): Failure {
  return new Failure({
    code: "unavailable",
    message: `The encoder's folder ${directory} has no ${what}.`,
    remedy:
      "Give the folder of a CLIP or SigLIP model in ONNX form, or get one: sightline models pull siglip2-base",
  });
}

/** As it was pulled, else as its authors called it, else by its folder. */
async function repositoryOf(directory: string, config: PublishedConfig): Promise<string> {
  const origin = originShape.safeParse(await readJson(directory, "manifest.json").catch(() => undefined));
  return origin.data?.repository ?? config._name_or_path ?? path.basename(path.resolve(directory));
}
