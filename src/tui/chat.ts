import type { Conversation } from "../agent/conversation.ts";
import type { App } from "../app.ts";
import type { Library } from "../library.ts";
import type { Citation } from "../media/citation.ts";
import { detailOf, Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { askOnce } from "./ask.ts";
import type { Store, WaitingQuestion } from "./chat-state.ts";
import { emptyRun } from "./view.ts";

/** Files that `@` can name. */
const mostNamed = 20_000;

/** What a command or a key acts on. */
export interface Chat extends AsyncDisposable {
  readonly store: Store;
  readonly say: TuiMessages;
  /** Absolute. */
  readonly libraryFolder: string;
  app(): Promise<App>;
  library(): Promise<Library>;
  conversation(): Promise<Conversation>;
  /** What the last answer cites; its position plus one is the number on the screen. */
  citations(): readonly Citation[];
  lastQuestion(): string;
  /** What can be named with `@`; empty until the library is open. */
  media(): readonly MediaItem[];
  /** Asks, or waits for its turn while another question is at work. */
  ask(question: WaitingQuestion): void;
  /** Stops model and tools; false when nothing was at work. */
  stop(): boolean;
  /** Forgets the conversation, or takes another one up. */
  use(conversation: Conversation | undefined, cited?: readonly Citation[]): void;
  /** Opens the library anew, so that what was indexed meanwhile is seen. */
  reopen(): void;
  leave(): void;
  /** When the person leaves. */
  readonly left: Promise<void>;
}

export interface ChatParts {
  readonly store: Store;
  readonly say: TuiMessages;
  readonly libraryFolder: string;
  readonly openApp: () => Promise<App>;
  readonly under?: string;
  /** Called after each turn, however it ended. */
  readonly afterTurn?: (conversation: Conversation) => Promise<void>;
}

export function openChat(parts: ChatParts): Chat {
  const { store, say } = parts;
  let app: Promise<App> | undefined;
  let library: Promise<Library> | undefined;
  let conversation: Promise<Conversation> | undefined;
  let citations: readonly Citation[] = [];
  let media: readonly MediaItem[] = [];
  let stopping: AbortController | undefined;
  let working: Promise<void> | undefined;
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });

  const getApp = () => {
    app ??= parts.openApp();
    return app;
  };
  const getLibrary = async () => {
    library ??= (async () =>
      (await getApp()).openLibrary(parts.under === undefined ? {} : { under: parts.under }))();
    try {
      const opened = await library;
      media = await opened.store.list({ limit: mostNamed });
      store.change({ model: { name: opened.model.name, contextTokens: opened.model.contextTokens } });
      return opened;
    } catch (error) {
      library = undefined;
      throw error;
    }
  };
  const getConversation = async () => {
    const opened = await getLibrary();
    conversation ??= opened.startConversation();
    return conversation;
  };

  const turn = async (question: WaitingQuestion, signal: AbortSignal) => {
    try {
      const opened = { library: await getLibrary(), conversation: await getConversation() };
      citations = await askOnce(store, opened, question, signal);
      await parts.afterTurn?.(opened.conversation);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      store.add({ type: "failure", failure: detailOf(error) });
    }
  };
  const work = async () => {
    for (;;) {
      const [next, ...queue] = store.get().queue;
      if (next === undefined) return;
      stopping = new AbortController();
      // At work from here on: opening the library and its model may take long, and can be stopped.
      store.change({ queue, run: emptyRun });
      store.add({ type: "question", ...next });
      await turn(next, stopping.signal);
      stopping = undefined;
      store.change({ run: undefined, stopping: false });
    }
  };

  return {
    store,
    say,
    libraryFolder: parts.libraryFolder,
    app: getApp,
    library: getLibrary,
    conversation: getConversation,
    citations: () => citations,
    lastQuestion: () => {
      const asked = store.get().blocks.findLast((block) => block.type === "question");
      return asked?.text ?? "";
    },
    media: () => media,
    ask: (question) => {
      store.change({ queue: [...store.get().queue, question] });
      working ??= work().finally(() => {
        working = undefined;
      });
    },
    stop: () => {
      if (!stopping || stopping.signal.aborted) return false;
      stopping.abort();
      store.change({ stopping: true });
      return true;
    },
    use: (taken, cited = []) => {
      conversation = taken === undefined ? undefined : Promise.resolve(taken);
      citations = cited;
    },
    reopen: () => {
      library = undefined;
    },
    leave: () => leave(),
    left,
    [Symbol.asyncDispose]: async () => {
      store.change({ queue: [] });
      stopping?.abort();
      await working;
      await (await app)?.[Symbol.asyncDispose]();
    },
  };
}
