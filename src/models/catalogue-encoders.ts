import type { CatalogueFile, CatalogueModel, ModelVariant } from "./catalogue.ts";

const megabyte = 1e6;

/** Text and vision megabytes of one precision; the name is the suffix that the exports' files carry. */
interface Precision {
  readonly name: "fp32" | "fp16" | "quantized";
  readonly text: number;
  readonly vision: number;
}

interface Layout {
  readonly tokenizerMegabytes: number;
  /** Where the graphs lie in the repository; they are saved under `onnx/`. */
  readonly folder?: string;
  /** Where the picture's settings lie, if not at the top. */
  readonly preprocessor?: string;
}

function variantOf({ name, text, vision }: Precision, layout: Layout): ModelVariant {
  const suffix = name === "fp32" ? "" : `_${name}`;
  const graph = (part: "text" | "vision", megabytes: number): readonly CatalogueFile[] => {
    const file = `${part}_model${suffix}.onnx`;
    const inFolder = (name: string) => ({
      path: `${layout.folder ?? "onnx"}/${name}`,
      ...(layout.folder ? { saveAs: `onnx/${name}` } : {}),
    });
    return [
      { part, ...inFolder(file), aboutBytes: megabytes * megabyte },
      { part, ...inFolder(`${file}_data`), aboutBytes: 0, optional: true },
    ];
  };
  return {
    name,
    files: [
      ...graph("vision", vision),
      ...graph("text", text),
      { part: "tokenizer", path: "tokenizer.json", aboutBytes: layout.tokenizerMegabytes * megabyte },
      { part: "settings", path: "tokenizer_config.json", aboutBytes: 50_000, optional: true },
      { part: "settings", path: "config.json", aboutBytes: 1_000 },
      {
        part: "settings",
        path: layout.preprocessor ?? "preprocessor_config.json",
        ...(layout.preprocessor ? { saveAs: "preprocessor_config.json" } : {}),
        aboutBytes: 500,
      },
    ],
  };
}

const gemma: Layout = { tokenizerMegabytes: 34.4 };
const clip: Layout = { tokenizerMegabytes: 2.2 };

export const encoderModels: readonly CatalogueModel[] = [
  {
    id: "siglip2-base",
    title: "SigLIP2 B/16-256",
    role: "encoder",
    licence: "Apache-2.0",
    repository: { huggingface: "onnx-community/siglip2-base-patch16-256-ONNX" },
    variants: [
      variantOf({ name: "quantized", vision: 95, text: 283 }, gemma),
      variantOf({ name: "fp16", vision: 187, text: 565 }, gemma),
      variantOf({ name: "fp32", vision: 372, text: 1130 }, gemma),
    ],
    workingBytes: 500 * megabyte,
  },
  {
    id: "siglip2-so400m",
    title: "SigLIP2 so400m/16-256",
    role: "encoder",
    licence: "Apache-2.0",
    repository: { huggingface: "onnx-community/siglip2-so400m-patch16-256-ONNX" },
    variants: [
      variantOf({ name: "quantized", vision: 435, text: 710 }, gemma),
      variantOf({ name: "fp16", vision: 860, text: 1420 }, gemma),
    ],
    workingBytes: 800 * megabyte,
  },
  {
    id: "clip-vit-b32",
    title: "CLIP ViT-B/32",
    role: "encoder",
    licence: "MIT",
    repository: { huggingface: "Xenova/clip-vit-base-patch32" },
    variants: [
      variantOf({ name: "quantized", vision: 89, text: 65 }, clip),
      variantOf({ name: "fp16", vision: 176, text: 127 }, clip),
      variantOf({ name: "fp32", vision: 352, text: 254 }, clip),
    ],
    workingBytes: 300 * megabyte,
  },
  {
    id: "mobileclip2-s2",
    title: "MobileCLIP2-S2",
    role: "encoder",
    licence: "Apple ML Research (research only, no products)",
    restricted: "research",
    repository: { huggingface: "plhery/mobileclip2-onnx" },
    variants: [
      variantOf(
        { name: "fp32", vision: 136, text: 254 },
        { ...clip, folder: "onnx/s2", preprocessor: "onnx/s2/preprocessor_config.json" },
      ),
    ],
    workingBytes: 300 * megabyte,
  },
];
