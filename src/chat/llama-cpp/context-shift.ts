import type {
  ChatHistoryItem,
  ChatModelFunctions,
  ChatWrapper,
  LLamaChatContextShiftOptions,
  Tokenizer,
} from "node-llama-cpp";

const cut = "(Cut to save room.)";

/**
 * Makes a history fit by leaving out whole turns, oldest first, and then by cutting the oldest tool results of the
 * present one. The package's own way forgets the text that describes the tools, and throws at the first shift.
 */
export function dropOldestTurns(functions: ChatModelFunctions): LLamaChatContextShiftOptions {
  return {
    strategy: ({ chatHistory, maxTokensCount, tokenizer, chatWrapper }) => {
      const fits = (history: readonly ChatHistoryItem[]) =>
        countTokens(history, functions, chatWrapper, tokenizer) <= maxTokensCount;
      return { chatHistory: fitted([...chatHistory], fits) };
    },
  };
}

function fitted(
  all: ChatHistoryItem[],
  fits: (history: readonly ChatHistoryItem[]) => boolean,
): ChatHistoryItem[] {
  let history = all;
  while (!fits(history)) {
    const shorter = withoutOldestTurn(history) ?? withResultCut(history);
    if (!shorter) return history;
    history = shorter;
  }
  return history;
}

/** Undefined when only the present turn is left. System texts before the first question stay. */
function withoutOldestTurn(history: readonly ChatHistoryItem[]): ChatHistoryItem[] | undefined {
  const questions = history.flatMap((item, index) => (item.type === "user" ? [index] : []));
  const [first, second] = questions;
  if (first === undefined || second === undefined) return undefined;
  return [...history.slice(0, first), ...history.slice(second)];
}

/** The oldest tool result that is long enough to be worth it; undefined when there is none. */
function withResultCut(history: readonly ChatHistoryItem[]): ChatHistoryItem[] | undefined {
  for (const [index, item] of history.entries()) {
    if (item.type !== "model") continue;
    const at = item.response.findIndex(
      (part) =>
        typeof part !== "string" &&
        part.type === "functionCall" &&
        String(part.result).length > 2 * cut.length,
    );
    if (at < 0) continue;
    const response = item.response.map((part, i) =>
      i === at && typeof part !== "string" && part.type === "functionCall" ? { ...part, result: cut } : part,
    );
    return history.with(index, { type: "model", response });
  }
  return undefined;
}

function countTokens(
  history: readonly ChatHistoryItem[],
  functions: ChatModelFunctions,
  chatWrapper: ChatWrapper,
  tokenizer: Tokenizer,
): number {
  const { contextText } = chatWrapper.generateContextState({
    chatHistory: history,
    availableFunctions: functions,
  });
  return contextText.tokenize(tokenizer).length;
}
