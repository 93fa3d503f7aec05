import type { App } from "../app.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { type ChatLibrary, type ChatLibraryParts, openChatLibrary } from "./chat-library.ts";
import { blocksOfConversation, type Store } from "./chat-state.ts";
import type { ModelChoices } from "./model-command.ts";
import { openTasks, type Tasks } from "./tasks.ts";
import { openTurns, type Turns, type TurnsParts } from "./turns.ts";

/** What a command or a key acts on. */
export interface Chat
  extends Omit<ChatLibrary, "close">,
    Omit<Turns, "stop">,
    Pick<Tasks, "during">,
    AsyncDisposable {
  readonly store: Store;
  readonly say: TuiMessages;
  /** Absolute. */
  readonly libraryFolder: string;
  /** Undefined where only one model can answer. */
  readonly models: ModelChoices | undefined;
  lastQuestion(): string;
  /** Stops whatever is at work, answers and commands; false when nothing was. */
  stop(): boolean;
  /** Stops what is at work, too. */
  switchTo(open: () => Promise<App>): Promise<void>;
  leave(): void;
  /** When the person leaves. */
  readonly left: Promise<void>;
}

export interface ChatParts extends ChatLibraryParts, TurnsParts {
  readonly libraryFolder: string;
  readonly models?: ModelChoices;
}

export function openChat(parts: ChatParts): Chat {
  const { store, say, libraryFolder, models } = parts;
  const { close, ...library } = openChatLibrary(parts);
  const turns = openTurns(library, parts);
  const { during, ...tasks } = openTasks(store);
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const stopAll = async () => {
    await turns.rest();
    await tasks.end();
  };

  return {
    ...library,
    ...turns,
    store,
    say,
    libraryFolder,
    models,
    during,
    lastQuestion: () => {
      const asked = blocksOfConversation(store.get()).findLast((block) => block.type === "question");
      return asked?.text ?? "";
    },
    stop: () => [turns.stop(), tasks.stop()].some(Boolean),
    switchTo: async (open) => {
      await stopAll();
      await library.switchTo(open);
    },
    leave: () => leave(),
    left,
    [Symbol.asyncDispose]: async () => {
      await stopAll();
      await close();
    },
  };
}
