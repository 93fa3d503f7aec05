import type { ChatRequest } from "./chat-model.ts";

/** Tokens that a thought may take before it is closed and the answer begins. */
export const thoughtBudgetTokens = 2048;

/** Words of questions that take more than one look-up: comparing, counting, order, reasons, several conditions. */
const demanding = [
  /\bhow (?:many|often|long|much)\b|\bcount\b|\btotal\b|\bsum\b|\baverage\b/i,
  /\bcompare[ds]?\b|\bdifferen(?:ce|t|ces)\b|\bsame\b|\bversus\b|\bvs\.?\b|\bboth\b|\bneither\b/i,
  /\bwhy\b|\bexplain\b|\breason\b|\bhow come\b/i,
  /\bbefore\b|\bafter\b|\bbetween\b|\bwhile\b|\bfirst\b.*\bthen\b|\border\b|\bsequence\b|\btimeline\b/i,
  /\bexcept\b|\bwithout\b|\bnot\b.*\bbut\b|\beach\b|\bevery\b|\bsummar/i,
  /多少|几[次个辆人张页]|总共|合计|一共|平均|比较|相比|区别|不同|相同|为什么|解释|原因|之前|之后|之间|先后|顺序|每[个次天张]|除了|总结/,
];
const longQuestion = 160;

/** Whether a question is of the kind that a model answers better after a thought: what `--thinking auto` goes by. */
export function wantsThought(question: string): boolean {
  return question.length > longQuestion || demanding.some((pattern) => pattern.test(question));
}

/** Whether a turn is to think: as asked, or by the kind of the last question. */
export function isToThink({ thinking, messages }: Pick<ChatRequest, "thinking" | "messages">): boolean {
  if (thinking !== "auto") return thinking === "on";
  return wantsThought(messages.findLast((message) => message.role === "user")?.text ?? "");
}
