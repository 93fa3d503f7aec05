import type { CatalogueModel, ModelVariant } from "./catalogue.ts";

const gigabyte = 1e9;

/** Qwen's own GGUF files: one for the words, one (`mmproj`) for the eyes. The eyes stay at F16, they are small. */
function qwen(
  size: "2B" | "4B" | "8B",
  kind: "Instruct" | "Thinking",
  gigabytes: { readonly mmproj: number; readonly quantisations: Readonly<Record<string, number>> },
): CatalogueModel {
  const name = `Qwen3-VL-${size}-${kind}`;
  const stem = `Qwen3VL-${size}-${kind}`;
  const variant = ([quantisation, weight]: readonly [string, number]): ModelVariant => ({
    name: quantisation,
    files: [
      { part: "model", path: `${stem}-${quantisation}.gguf`, aboutBytes: weight * gigabyte },
      { part: "mmproj", path: `mmproj-${stem}-F16.gguf`, aboutBytes: gigabytes.mmproj * gigabyte },
    ],
  });
  return {
    id: `qwen3-vl-${size.toLowerCase()}${kind === "Thinking" ? "-thinking" : ""}`,
    title: name,
    role: "chat",
    licence: "Apache-2.0",
    repository: { huggingface: `Qwen/${name}-GGUF`, modelscope: `Qwen/${name}-GGUF` },
    variants: Object.entries(gigabytes.quantisations).map(variant),
    workingBytes: (size === "2B" ? 1.2 : 1.8) * gigabyte,
  };
}

const four = { mmproj: 0.84, quantisations: { Q4_K_M: 2.5, Q8_0: 4.3, F16: 8.1 } };

export const chatModels: readonly CatalogueModel[] = [
  qwen("4B", "Instruct", four),
  qwen("4B", "Thinking", four),
  qwen("2B", "Instruct", { mmproj: 0.82, quantisations: { Q4_K_M: 1.1, Q8_0: 1.8, F16: 3.4 } }),
  qwen("8B", "Instruct", { mmproj: 1.2, quantisations: { Q4_K_M: 5, Q8_0: 8.7, F16: 16.4 } }),
];
