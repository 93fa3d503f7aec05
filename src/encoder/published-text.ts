import { z } from "zod";
import type { EncoderManifest } from "./manifest.ts";
import type { PublishedConfig } from "./published-folder.ts";
import { readJson } from "./published-json.ts";

const token = z.union([z.string(), z.looseObject({ content: z.string() })]);

const tokenizerShape = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.int(), content: z.string() })).default([]),
  padding: z.looseObject({ pad_id: z.int() }).nullish(),
});
const tokenizerConfigShape = z.looseObject({
  pad_token: token.nullish(),
  model_max_length: z.number().nullish(),
});

const usualLength = { clip: 77, siglip: 64 } as const;
/** Tokenizers that know no limit say 1e30. */
const longestBelievable = 4096;

export interface TextFacts {
  readonly config: PublishedConfig;
  /** Where the graph is made for one length only. */
  readonly length: number | undefined;
}

/**
 * How words are prepared. Both families are trained on texts filled up to one length; SigLIP on lower case, with the
 * filling attended to like words, CLIP with whatever its tokenizer does.
 */
export async function textRules(
  directory: string,
  family: "clip" | "siglip",
  { config, length }: TextFacts,
): Promise<EncoderManifest["text"]> {
  const tokenizer = tokenizerShape.parse(await readJson(directory, "tokenizer.json"));
  const settings = tokenizerConfigShape.parse(
    await readJson(directory, "tokenizer_config.json").catch(() => ({})),
  );
  const believable = (value: number | null | undefined) =>
    typeof value === "number" && value > 0 && value <= longestBelievable ? value : undefined;
  const maxLength =
    length ??
    config.text_config.max_position_embeddings ??
    believable(settings.model_max_length) ??
    usualLength[family];
  return {
    lowercase: family === "siglip",
    maxLength,
    padding: "max_length",
    padId: padId(tokenizer, settings),
    vocabulary: { kind: "open" },
    ...(family === "siglip" ? { attends: "all" } : {}),
  };
}

function padId(
  { added_tokens, padding }: z.output<typeof tokenizerShape>,
  { pad_token }: z.output<typeof tokenizerConfigShape>,
): number {
  if (padding) return padding.pad_id;
  const content = typeof pad_token === "object" ? pad_token?.content : pad_token;
  const names = content === undefined ? ["<pad>", "[PAD]", "<|endoftext|>"] : [content];
  return added_tokens.find((one) => names.includes(one.content))?.id ?? 0;
}
