import type { TuiMessages } from "../messages/tui.ts";
import type { Chat } from "./chat.ts";
import type { Suggestion } from "./chat-state.ts";

export interface Command {
  readonly name: keyof TuiMessages["commands"];
  readonly usage: string;
  /** Gives what to say; throws `Failure`. `undefined`: nothing, or the arguments were wrong when `false`. */
  run(chat: Chat, argument: string): Promise<string | undefined | false>;
  /** What the argument can be, where that is known; `typed` is what is there of it. */
  complete?(chat: Chat, typed: string): readonly Suggestion[];
}
