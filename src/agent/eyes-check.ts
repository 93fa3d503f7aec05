import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { askYesNo } from "../chat/ask-eyes.ts";
import type { ChatModel } from "../chat/chat-model.ts";
import type { CitationCheck, Finding } from "../media/citation.ts";
import type { Pixels } from "../media/pixels.ts";
import { neutralise } from "./evidence-text.ts";

export interface EyesCheckDeps {
  readonly eyes?: ChatModel;
  /** Absolute; the picture lies there while it is looked at. */
  readonly scratchFolder?: string;
  readonly savePicture?: (pixels: Pixels, path: string) => Promise<void>;
}

/**
 * Asks the eyes a closed question on the picture that was decoded again: does it show what is cited? Undefined where
 * there are no eyes, nothing was said of the picture, or they answer neither yes nor no.
 */
export async function checkByEyes(
  { text }: Finding,
  pixels: Pixels,
  { eyes, scratchFolder, savePicture }: EyesCheckDeps,
  signal: AbortSignal,
): Promise<CitationCheck | undefined> {
  if (!eyes || !text || !scratchFolder || !savePicture) return undefined;
  const imagePath = path.join(scratchFolder, `check-${randomUUID()}.jpg`);
  await savePicture(pixels, imagePath);
  try {
    const question = `Is this true of the picture: "${neutralise(text, 300)}"?`;
    const agrees = await askYesNo(eyes, { imagePath }, question, signal);
    if (agrees === undefined) return undefined;
    return agrees ? "pixels" : "failed";
  } finally {
    await rm(imagePath, { force: true });
  }
}
