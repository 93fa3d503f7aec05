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
  added_tokens_decoder: z.record(z.string(), z.looseObject({ content: z.string() })).optional(),
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
    padId: padIdIn(settings) ?? (await padIdOfTokenizer(directory, settings)),
    vocabulary: { kind: "open" },
    ...(family === "siglip" ? { attends: "all" } : {}),
  };
}

type TokenizerSettings = z.output<typeof tokenizerConfigShape>;

function padToken({ pad_token }: TokenizerSettings): string | undefined {
  return typeof pad_token === "object" ? pad_token?.content : pad_token;
}

/** Most say it in the small file, which spares reading the large one. */
function padIdIn(settings: TokenizerSettings): number | undefined {
  const name = padToken(settings);
  const found = Object.entries(settings.added_tokens_decoder ?? {}).find(
    ([, { content }]) => content === name,
  );
  return found && Number(found[0]);
}

async function padIdOfTokenizer(directory: string, settings: TokenizerSettings): Promise<number> {
  const { added_tokens, padding } = tokenizerShape.parse(await readJson(directory, "tokenizer.json"));
  if (padding) return padding.pad_id;
  const name = padToken(settings);
  const names = name === undefined ? ["<pad>", "[PAD]", "<|endoftext|>"] : [name];
  return added_tokens.find((one) => names.includes(one.content))?.id ?? 0;
}
