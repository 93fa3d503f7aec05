import type { z } from "zod";
import type { Conversation } from "../agent/conversation.ts";
import type { Attachment } from "../media/attachment.ts";
import { invalid } from "./failure-response.ts";
import type { completionsBody } from "./schemas.ts";
import { bytesOfDataUrl, keepUpload } from "./uploads.ts";

export type CompletionsBody = z.output<typeof completionsBody>;
type Message = CompletionsBody["messages"][number];

/** What a list of OpenAI's messages asks of the agent. */
export interface CompletionsQuestion {
  readonly text: string;
  readonly thinking: "on" | "off" | "auto";
  /** Tells a new conversation what was said before, so that follow-ups lean on it; the system text is our own. */
  replay(conversation: Conversation): void;
  /** Writes the pictures of the question into `folder`. */
  attachments(folder: string): Promise<readonly Attachment[]>;
}

/** The last message of the role user. Throws `Failure` where there is none, or it says nothing. */
export function questionOf({ messages, reasoning_effort }: CompletionsBody): CompletionsQuestion {
  const last = messages.findLast(({ role }) => role === "user");
  const text = last ? textOf(last) : "";
  if (!last || text === "")
    throw invalid("There is no question.", "End `messages` with one of the role user.");
  const urls = picturesOf(last);
  if (urls.length > 1) throw invalid("At most one picture can come with a question.");
  const before = messages.slice(0, messages.lastIndexOf(last));
  return {
    text,
    thinking: thinkingOf(reasoning_effort),
    replay: (conversation) => {
      for (const message of before) retell(message, conversation);
    },
    attachments: (folder) =>
      Promise.all(
        urls.map(async (url) => ({
          kind: "image" as const,
          path: await keepUpload(bytesOfDataUrl(url), "image", folder),
        })),
      ),
  };
}

function retell(message: Message, conversation: Conversation): void {
  const text = textOf(message);
  if (message.role === "user" && text) conversation.add({ role: "user", text });
  if (message.role === "assistant" && text) conversation.add({ role: "assistant", text });
}

function textOf({ content }: Message): string {
  if (typeof content === "string") return content.trim();
  return (content ?? [])
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n")
    .trim();
}

function picturesOf({ content }: Message): readonly string[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part) => (part.type === "image_url" ? [part.image_url.url] : []));
}

function thinkingOf(effort: CompletionsBody["reasoning_effort"]): "on" | "off" | "auto" {
  if (!effort) return "auto";
  return effort === "none" || effort === "minimal" ? "off" : "on";
}
