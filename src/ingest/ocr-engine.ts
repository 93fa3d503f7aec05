import type { Pixels } from "../media/pixels.ts";

export type OcrLanguage = "eng" | "chi_sim";

export interface OcrWord {
  readonly text: string;
  /** 0..100. */
  readonly confidence: number;
  /** In pixels of the picture that was read. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface OcrReading {
  readonly text: string;
  /** Mean confidence over words, 0..100. Under 85 a reading counts as unverified. */
  readonly confidence: number;
  /** The words of each line, in reading order, from engines that tell them apart. */
  readonly lines?: readonly (readonly OcrWord[])[];
}

/** How the text is expected to lie: "page" finds columns and blocks, "block" is one column, "sparse" is scattered. */
export type OcrLayout = "page" | "block" | "sparse";

/** Reads the text in one picture, in one pass. Preparation and voting are built on top of it (`ocr/vote.ts`). */
export interface OcrEngine extends AsyncDisposable {
  readonly name: string;
  /** One pass at a time or several at once, as the engine sees fit; callers need not queue. */
  read(
    pixels: Pixels,
    languages: readonly OcrLanguage[],
    signal: AbortSignal,
    layout?: OcrLayout,
  ): Promise<OcrReading>;
}
