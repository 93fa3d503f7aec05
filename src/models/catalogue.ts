import { chatModels } from "./catalogue-chat.ts";
import { encoderModels } from "./catalogue-encoders.ts";
import { laterModels } from "./catalogue-later.ts";

export type ModelRole = "chat" | "encoder" | "reranker" | "speech";

/** What a file is to the program; `settings` are small and belong to the others. */
export type FilePart = "model" | "mmproj" | "vision" | "text" | "tokenizer" | "settings";

export interface CatalogueFile {
  readonly part: FilePart;
  /** In the repository. */
  readonly path: string;
  /** Below the model's own folder, where it differs. */
  readonly saveAs?: string;
  /** Roughly: the hub announces the true length before anything is loaded. */
  readonly aboutBytes: number;
  /** Taken where the repository has it: the weights of some exports lie beside their graph. */
  readonly optional?: boolean;
}

/** One precision of a model. */
export interface ModelVariant {
  readonly name: string;
  readonly files: readonly CatalogueFile[];
}

/** A model that Sightline knows how to get. Sizes are approximate everywhere in the catalogue. */
export interface CatalogueModel {
  /** What people type, and the name of its folder. */
  readonly id: string;
  readonly title: string;
  readonly role: ModelRole;
  readonly licence: string;
  /** A licence that forbids what people may take for granted. */
  readonly restricted?: "research";
  /** No part of this version reads it yet. */
  readonly unused?: boolean;
  /** `owner/name` on each hub; absent where the hub is not known to have it. */
  readonly repository: { readonly huggingface: string; readonly modelscope?: string };
  /** From small to large. */
  readonly variants: readonly ModelVariant[];
  /** Memory beside the weights, for a usual context or batch. */
  readonly workingBytes: number;
}

export const catalogue: readonly CatalogueModel[] = [...chatModels, ...encoderModels, ...laterModels];

/** The one that `sightline doctor` names where no chat model is installed. */
export const recommendedChatModel = "qwen3-vl-4b";

export function aboutBytes(variant: ModelVariant): number {
  return variant.files.reduce((sum, file) => sum + (file.optional ? 0 : file.aboutBytes), 0);
}

export function localName(file: CatalogueFile): string {
  return file.saveAs ?? file.path;
}
