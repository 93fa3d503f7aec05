import { asksToGoOn } from "../chat/going-on.ts";
import type { WaitingQuestion } from "./chat-state.ts";
import type { Block } from "./view.ts";

/** "continue" after a question with a picture is about that picture, too. */
export function continued(question: WaitingQuestion, blocks: readonly Block[]): WaitingQuestion {
  if (question.attachments.length > 0 || !asksToGoOn(question.text)) return question;
  const asked = blocks.findLast((block) => block.type === "question");
  return asked?.type === "question" ? { ...question, attachments: asked.attachments } : question;
}
