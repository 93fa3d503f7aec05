import type { Thinking } from "../chat-model.ts";
import type { ServerFacts } from "./probe.ts";

/** What goes into a request so that the model thinks, or does not. */
export interface ThinkingPlan {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The answer's beginning that the server is to continue: an opened thought. */
  readonly opening?: string;
}

const openedThought = "<think>\n";

/** Continuing a begun answer: vLLM, SGLang and llama.cpp know these fields. */
export const continuation = { continue_final_message: true, add_generation_prompt: false } as const;

/** `auto` leaves it to the model. A server that is not known to take a switch is sent none: some refuse it. */
export function planThinking(facts: ServerFacts, thinking: Thinking, budgetTokens: number): ThinkingPlan {
  const budget = facts.server === "llama.cpp" ? { reasoning_budget_tokens: budgetTokens } : {};
  if (facts.thinks === "effort") {
    const effort = { on: { reasoning_effort: "medium" }, off: { reasoning_effort: "none" }, auto: {} };
    return { fields: effort[thinking] };
  }
  if (facts.thinks === "template") {
    const wanted =
      thinking === "auto" ? {} : { chat_template_kwargs: { enable_thinking: thinking === "on" } };
    return { fields: { ...wanted, ...budget } };
  }
  if (facts.thinks === "forced" && thinking === "on") return { fields: {}, opening: openedThought };
  return { fields: facts.thinks === "always" ? budget : {} };
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
