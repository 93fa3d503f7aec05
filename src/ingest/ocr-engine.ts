import type { Pixels } from "../media/pixels.ts";

export type OcrLanguage = "eng" | "chi_sim";

export interface OcrReading {
  readonly text: string;
  /** Mean confidence over words, 0..100. Under 85 a reading counts as unverified. */
  readonly confidence: number;
}

/** Reads the text in one picture, in one pass. Preparation and voting are built on top of it (`ocr-vote.ts`). */
export interface OcrEngine extends AsyncDisposable {
  readonly name: string;
  read(pixels: Pixels, languages: readonly OcrLanguage[], signal: AbortSignal): Promise<OcrReading>;
}
