import type { Thinking } from "../chat/chat-model.ts";
import { plainText } from "../media/plain-text.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { columnsOf } from "./graphemes.ts";
import { type Line, line } from "./line.ts";
import { cutLine } from "./wrap.ts";

export interface StatusFacts {
  readonly model: string | undefined;
  readonly thinking: Thinking;
  /** 0: not known. */
  readonly tokensPerSecond: number;
  /** 0..1; undefined where the model does not count. */
  readonly contextUsed: number | undefined;
  /** "412 files", "indexing 3/12". */
  readonly index: string;
  readonly waiting: number;
}

/** The last row of the screen: what matters least goes first as the window narrows. */
export function statusRow(facts: StatusFacts, say: TuiMessages, columns: number): Line {
  // [text, how much it matters]
  const all: readonly (readonly [string, number])[] = [
    [plainText(say.modelName(facts.model ?? ""), 40), 5],
    [facts.thinking === "auto" ? "" : say.thinkingMode(facts.thinking), 2],
    [facts.tokensPerSecond > 0 ? say.tokensPerSecond(rounded(facts.tokensPerSecond)) : "", 1],
    [facts.contextUsed === undefined ? "" : say.contextUsed(Math.round(facts.contextUsed * 100)), 3],
    [facts.index, 4],
    [facts.waiting > 0 ? say.queued(facts.waiting) : "", 6],
    [say.help, 0],
  ];
  let parts = all.filter(([text]) => text !== "");
  const joined = () => parts.map(([text]) => text).join(" · ");
  while (parts.length > 1 && columnsOf(joined()) > columns) {
    const least = Math.min(...parts.map(([, weight]) => weight));
    parts = parts.filter(([, weight]) => weight !== least);
  }
  return cutLine(line(joined(), { dim: true }), columns);
}

function rounded(rate: number): number {
  return rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate);
}
