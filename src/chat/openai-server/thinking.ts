import type { ChatRequest } from "../chat-model.ts";
import { isToThink } from "../thinking.ts";
import type { ServerFacts } from "./probe.ts";

/** What goes into a request so that the model thinks, or does not. */
export interface ThinkingPlan {
  readonly thinks: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The answer's beginning that the server is to continue: an opened thought. */
  readonly opening?: string;
}

const openedThought = "<think>\n";

/** Continuing a begun answer: vLLM, SGLang and llama.cpp know these fields. */
export const continuation = { continue_final_message: true, add_generation_prompt: false } as const;

/** `auto` goes by the question. A server that is not known to take a switch is sent none: some refuse it. */
export function planThinking(
  facts: ServerFacts,
  request: Pick<ChatRequest, "thinking" | "messages">,
  budgetTokens: number,
): ThinkingPlan {
  const thinks = isToThink(request);
  // llama-server closes a thought itself: at once when the budget is 0, which is how a Thinking checkpoint is kept short.
  const budget = facts.server === "llama.cpp" ? { reasoning_budget_tokens: thinks ? budgetTokens : 0 } : {};
  if (facts.thinks === "effort") return { thinks, fields: { reasoning_effort: thinks ? "medium" : "none" } };
  if (facts.thinks === "template")
    return {
      thinks,
      fields: { chat_template_kwargs: { enable_thinking: thinks }, ...(thinks ? budget : {}) },
    };
  if (facts.thinks === "forced" && thinks) return { thinks, fields: {}, opening: openedThought };
  return { thinks, fields: facts.thinks === "always" ? budget : {} };
}

/** How a model's template treats thoughts: by a switch, always, or not at all (then one can be forced open). */
export function thinkingOfTemplate(template: string | undefined): ServerFacts["thinks"] {
  if (template === undefined || template.includes("enable_thinking")) return "template";
  return /<think>(?:\\n|\n)?['"]\s*-?\}\}\s*\{%-?\s*endif\s*-?%\}\s*$/.test(template) ? "always" : "forced";
}

/** Where the template cannot be read, the checkpoint's name tells: Qwen has one for each way. */
export function thinkingOfName(model: string): ServerFacts["thinks"] {
  if (/thinking/i.test(model)) return "always";
  return /instruct/i.test(model) ? "forced" : "template";
}

/** What Qwen advises, for a server that is ours; others have been set up by whoever runs them. */
export function qwenSampling(thinks: boolean): Readonly<Record<string, unknown>> {
  return thinks ? { temperature: 0.6, top_p: 0.95, top_k: 20 } : { temperature: 0.7, top_p: 0.8, top_k: 20 };
}
