import type { CatalogueModel } from "./catalogue.ts";

/** Known, and not read by this version: listed so that people see what is meant to come and what it costs. */
export const laterModels: readonly CatalogueModel[] = [
  {
    id: "bge-reranker-v2-m3",
    title: "BGE reranker v2 m3 (documents)",
    role: "reranker",
    licence: "Apache-2.0",
    unused: true,
    repository: { huggingface: "onnx-community/bge-reranker-v2-m3-ONNX" },
    variants: [
      {
        name: "quantized",
        files: [
          { part: "model", path: "onnx/model_quantized.onnx", aboutBytes: 570e6 },
          { part: "tokenizer", path: "tokenizer.json", aboutBytes: 17e6 },
          { part: "settings", path: "config.json", aboutBytes: 1_000 },
        ],
      },
    ],
    workingBytes: 500e6,
  },
  {
    id: "whisper-base",
    title: "Whisper base, for sherpa-onnx",
    role: "speech",
    licence: "MIT",
    unused: true,
    repository: { huggingface: "csukuangfj/sherpa-onnx-whisper-base" },
    variants: [
      {
        name: "int8",
        files: [
          { part: "model", path: "base-encoder.int8.onnx", aboutBytes: 29e6 },
          { part: "model", path: "base-decoder.int8.onnx", aboutBytes: 131e6 },
          { part: "tokenizer", path: "base-tokens.txt", aboutBytes: 800_000 },
        ],
      },
    ],
    workingBytes: 400e6,
  },
];
