import { appendFile, mkdir } from "node:fs/promises";
import path from "node:path";
import type { MediaId } from "../media/media-item.ts";
import type { Span } from "../media/span.ts";

/** What a person says of one cited moment. */
export interface Feedback {
  readonly verdict: "like" | "wrong";
  /** The question or the search words that brought the moment up. */
  readonly query: string;
  readonly mediaId: MediaId;
  readonly span: Span;
  readonly note?: string;
}

/** Adds one line to `feedback.jsonl` of a library folder, for later tuning; nothing is read back while answering. */
export async function recordFeedback(libraryDirectory: string, feedback: Feedback): Promise<void> {
  await mkdir(libraryDirectory, { recursive: true });
  const line = JSON.stringify({ at: new Date().toISOString(), ...feedback });
  await appendFile(path.join(libraryDirectory, "feedback.jsonl"), `${line}\n`);
}
