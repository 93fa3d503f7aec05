import path from "node:path";
import { Failure } from "../media/failure.ts";
import { damaged } from "./damaged.ts";
import type { EncoderManifest } from "./manifest.ts";
import { type OnnxPort, type OnnxSignature, readOnnxSignature } from "./onnx-signature.ts";

export interface PublishedTensors {
  readonly names: EncoderManifest["tensors"];
  readonly dimensions: number;
  /** Where the graph takes texts of one length only. */
  readonly textLength: number | undefined;
}

const elementTypes = { float: 1, int64: 7 } as const;
/** The first that a graph has: projections into the common space before what comes ahead of them. */
const textOutputs = ["text_embeds", "sentence_embedding", "pooler_output"];
const imageOutputs = ["image_embeds", "sentence_embedding", "pooler_output"];

/** Finds the tensors of a pair of graphs. Throws `Failure` (`unsupported`) where the two do not meet in one space. */
export async function readTensors(
  directory: string,
  graphs: { readonly vision: string; readonly text: string },
  usualDimensions: number,
): Promise<PublishedTensors> {
  const vision = await signatureOf(directory, graphs.vision);
  const text = await signatureOf(directory, graphs.text);
  const pixels = inputOf(vision, "pixel_values", elementTypes.float, graphs.vision);
  const tokens = inputOf(text, "input_ids", elementTypes.int64, graphs.text);
  refuseOthers(vision, ["pixel_values"], graphs.vision);
  refuseOthers(text, ["input_ids", "attention_mask"], graphs.text);
  const imageEmbedding = outputOf(vision, imageOutputs, graphs.vision);
  const textEmbedding = outputOf(text, textOutputs, graphs.text);
  const masked = text.inputs.some(({ name }) => name === "attention_mask");
  const length = tokens.shape[1];
  return {
    names: {
      pixels: pixels.name,
      imageEmbedding: imageEmbedding.name,
      tokens: tokens.name,
      textEmbedding: textEmbedding.name,
      ...(masked ? { attentionMask: "attention_mask" } : {}),
    },
    dimensions: commonDimensions(imageEmbedding, textEmbedding, usualDimensions),
    textLength: typeof length === "number" ? length : undefined,
  };
}

async function signatureOf(directory: string, name: string): Promise<OnnxSignature> {
  const file = path.join(directory, name);
  return await readOnnxSignature(file).catch((cause: unknown) => {
    throw damaged(file, cause instanceof Error ? cause.message : String(cause), cause);
  });
}

function inputOf({ inputs }: OnnxSignature, name: string, elementType: number, file: string): OnnxPort {
  const found = inputs.find((port) => port.name === name);
  if (!found)
    throw unsupported(`${file} takes no ${name}, but ${inputs.map((port) => port.name).join(", ")}`);
  if (found.elementType === elementType) return found;
  throw unsupported(`${file} takes ${name} in another number format (${found.elementType})`);
}

function refuseOthers({ inputs }: OnnxSignature, known: readonly string[], file: string): void {
  const other = inputs.find(({ name }) => !known.includes(name));
  if (other) throw unsupported(`${file} wants ${other.name}, too`);
}

function outputOf({ outputs }: OnnxSignature, names: readonly string[], file: string): OnnxPort {
  for (const name of names) {
    const found = outputs.find((port) => port.name === name);
    if (found) return found;
  }
  throw unsupported(`${file} gives no embedding, but ${outputs.map((port) => port.name).join(", ")}`);
}

function commonDimensions(image: OnnxPort, text: OnnxPort, usual: number): number {
  const sizes = [image, text].map(({ shape }) => shape.at(-1));
  const known = sizes.filter((size) => typeof size === "number");
  const [first = usual, second = first] = known;
  if (first === second) return first;
  throw unsupported(`pictures have ${first} numbers and words ${second}: they do not meet in one space`);
}

function unsupported(reason: string): Failure {
  return new Failure({
    code: "unsupported",
    message: `This encoder cannot be used: ${reason}.`,
    remedy: "Take a CLIP or SigLIP model with text_model.onnx and vision_model.onnx: sightline models list",
  });
}
