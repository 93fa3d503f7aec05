import { z } from "zod";

const ModelFile = z.object({
  name: z
    .string()
    .regex(
      /^(?:[A-Za-z0-9][A-Za-z0-9._-]*\/)?[A-Za-z0-9][A-Za-z0-9._-]*$/,
      "a file name, in one folder at most",
    ),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Three numbers, for red, green and blue, on values 0…1. */
const PerChannel = z.tuple([z.number(), z.number(), z.number()]);

/**
 * `encoder.json`: all that tells one CLIP-like pair of ONNX files from another, so that one adapter runs
 * them all.
 */
export const EncoderManifest = z.object({
  format: z.literal(1),
  /** Model id and revision: vectors of two spaces never meet. */
  space: z.string().min(1),
  dimensions: z.int().positive(),
  description: z.string().optional(),
  image: z.object({
    /** Side of the square input, in pixels. */
    size: z.int().positive(),
    /** `squash` ignores the aspect; `crop` scales the shorter side and keeps the centre. */
    resize: z.enum(["squash", "crop"]),
    /** With `crop`: what the shorter side is scaled to, where that is more than `size`. */
    shortestSide: z.int().positive().optional(),
    interpolation: z.enum(["bilinear", "bicubic"]),
    mean: PerChannel,
    std: PerChannel,
  }),
  text: z.object({
    /** For models trained on lower-case text whose tokenizer does not do it itself. */
    lowercase: z.boolean(),
    /** Longer texts are cut, their last (closing) token kept. */
    maxLength: z.int().positive(),
    padding: z.enum(["longest", "max_length"]),
    padId: z.int().nonnegative(),
    /** `all`: padding is attended to like words, for models that were trained without a mask. */
    attends: z.enum(["words", "all"]).optional(),
    /** Closed: the tokenizer's words are all the model knows; `ignored` carry no meaning and are no loss. */
    vocabulary: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("open") }),
      z.object({ kind: z.literal("closed"), ignored: z.array(z.string()) }),
    ]),
  }),
  tensors: z.object({
    pixels: z.string(),
    imageEmbedding: z.string(),
    tokens: z.string(),
    /** Absent where the text model takes none. */
    attentionMask: z.string().optional(),
    textEmbedding: z.string(),
  }),
  files: z.object({ vision: ModelFile, text: ModelFile, tokenizer: ModelFile }),
  /** Cosines from which a hit counts as found, measured in this space. */
  relevance: z.object({ textToImage: z.number(), imageToImage: z.number() }),
});

export type EncoderManifest = z.output<typeof EncoderManifest>;
export const manifestFileName = "encoder.json";
