import type { Pixels } from "../media/pixels.ts";

export type Content =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly pixels: Pixels };

/** Cosine similarities from which a hit counts as found, measured for the encoder's own space. */
export interface RelevanceThresholds {
  readonly textToImage: number;
  readonly imageToImage: number;
}

/** Maps pictures and words to unit vectors of one space. */
export interface Encoder extends AsyncDisposable {
  /** Model id and revision: vectors of two spaces never meet. */
  readonly space: string;
  readonly dimensions: number;
  readonly accepts: ReadonlySet<"text" | "image">;
  readonly relevance: RelevanceThresholds;
  /** One unit-length vector per content, in order. A text without a single known word gives a zero vector. */
  encode(contents: readonly Content[], signal: AbortSignal): Promise<readonly Float32Array[]>;
  /** Its vector of a text is merely the sum of its words': what is looked for must fit each of them alone, too. */
  readonly addsWords?: boolean;
  /** Where it computes, for people, once it has: "CUDA", "the processor; WebGPU failed: …". */
  runsOn?(): string | undefined;
  /** Which words of a query the encoder can express as pictures, and which it has never learned. */
  vocabularyOf(text: string): { readonly known: readonly string[]; readonly unknown: readonly string[] };
}
