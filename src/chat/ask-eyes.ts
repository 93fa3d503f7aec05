import type { ChatModel } from "./chat-model.ts";

/** A picture for the eyes: a file, and the time that stands before it, where it has one. */
export interface EyesPicture {
  readonly imagePath: string;
  readonly timeMs?: number;
}

/** Longer than any useful observation; small models sometimes go on and on. */
const mostCharacters = 4000;

/**
 * Shows pictures to a model that sees and returns what it says to the question; "" where it says nothing. Times stand
 * before their frames as text, `<12.4 seconds>`, the form that Qwen3-VL was trained on: servers that space times by
 * themselves get uneven frames wrong.
 */
export async function askEyes(
  eyes: ChatModel,
  pictures: readonly EyesPicture[],
  question: string,
  signal: AbortSignal,
): Promise<string> {
  const markers = pictures.flatMap(({ timeMs }) =>
    timeMs === undefined ? [] : [`<${(timeMs / 1000).toFixed(1)} seconds>`],
  );
  const text = markers.length === pictures.length ? `${markers.join("\n")}\n${question}` : question;
  const imagePaths = pictures.map(({ imagePath }) => imagePath);
  const messages = [{ role: "user", text, imagePaths }] as const;
  let said = "";
  for await (const chunk of eyes.stream({ messages, tools: [], thinking: "off", signal })) {
    signal.throwIfAborted();
    if (chunk.type === "text") said += chunk.text;
    if (said.length > mostCharacters) break;
  }
  return withoutThoughts(said).slice(0, mostCharacters).trim();
}

/** Thoughts that slipped into a text are no part of it. */
export function withoutThoughts(said: string): string {
  return said.replace(/<think>[\s\S]*?(?:<\/think>|$)/g, "");
}

/** A closed question; undefined where the answer is neither yes nor no. */
export async function askYesNo(
  eyes: ChatModel,
  picture: EyesPicture,
  question: string,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const said = await askEyes(eyes, [picture], `${question} Answer with one word: yes or no.`, signal);
  const word = /^\W*(yes|no|是|有|否|不|没有)/iu.exec(said)?.[1]?.toLowerCase();
  if (word === undefined) return undefined;
  return ["yes", "是", "有"].includes(word);
}
