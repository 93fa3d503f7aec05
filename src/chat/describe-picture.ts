import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import type { Pixels } from "../media/pixels.ts";
import type { Language } from "../messages/messages.ts";
import { askEyes, withoutThoughts } from "./ask-eyes.ts";
import type { ChatModel } from "./chat-model.ts";

const questions: Readonly<Record<Language, string>> = {
  en: "Describe this picture in one sentence of at most 25 words: who or what is there, what happens, where. Name colours and readable words. No introduction.",
  zh: "用一句话（不超过40字）描述这张图片：有谁或什么，在做什么，在哪里。说出颜色和可读的文字。不要开场白。",
};

export interface Eyes {
  /** Accepts pictures. */
  readonly model: ChatModel;
  readonly language: Language;
  /** Absolute; a picture lies there while the model looks at it. */
  readonly scratchFolder: string;
  readonly savePicture: (pixels: Pixels, path: string) => Promise<void>;
}

/** One sentence of what a model sees in a picture; "" where it finds no words. */
export async function describePicture(
  { model, language, scratchFolder, savePicture }: Eyes,
  pixels: Pixels,
  signal: AbortSignal,
): Promise<string> {
  const file = path.join(scratchFolder, `caption-${randomUUID()}.jpg`);
  await savePicture(pixels, file);
  try {
    return firstSentence(await askEyes(model, [{ imagePath: file }], questions[language], signal));
  } finally {
    await rm(file, { force: true });
  }
}

/** Small models like to go on: the rest of what they say is left out, and thoughts that slipped into the text. */
export function firstSentence(said: string): string {
  const spoken = withoutThoughts(said).trim();
  const [line = ""] = spoken.split(/\n+/);
  return /^.*?(?:[.!?](?=\s+\p{Lu}|\s*$)|[。！？])/u.exec(line)?.[0] ?? line;
}
