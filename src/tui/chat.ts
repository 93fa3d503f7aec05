import { resolveHandles, toCitation } from "../agent/citations.ts";
import type { Conversation } from "../agent/conversation.ts";
import type { App } from "../app.ts";
import type { Library } from "../library.ts";
import type { Citation } from "../media/citation.ts";
import { detailOf } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import { failureOf } from "../media/system-failure.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { askOnce } from "./ask.ts";
import { blocksOfConversation, type Store, type WaitingQuestion } from "./chat-state.ts";
import { continued } from "./continued.ts";
import type { ModelChoices } from "./model-command.ts";
import { type MomentLinks, openMomentLinks, type Page } from "./moment-links.ts";
import { citationsOf, conversationOf, type Saving } from "./saving.ts";
import type { SavedSession } from "./sessions.ts";
import { type Block, emptyRun } from "./view.ts";

/** Files that `@` can name. */
const mostNamed = 20_000;

/** What a command or a key acts on. */
export interface Chat extends AsyncDisposable {
  readonly store: Store;
  readonly say: TuiMessages;
  /** Absolute. */
  readonly libraryFolder: string;
  readonly links: MomentLinks;
  /** Undefined where only one model can answer. */
  readonly models: ModelChoices | undefined;
  app(): Promise<App>;
  library(): Promise<Library>;
  /** What the last answer cites; its position plus one is the number on the screen. */
  citations(): readonly Citation[];
  lastQuestion(): string;
  /** What can be named with `@`; empty until the library is open. */
  media(): readonly MediaItem[];
  /** Asks, or waits for its turn while another question is at work. */
  ask(question: WaitingQuestion): void;
  /** Stops model and tools; false when nothing was at work. */
  stop(): boolean;
  /** Stops what is at work, forgets what waits, and is done when it has ended. */
  rest(): Promise<void>;
  /** Forgets the conversation; what was asked stays saved. */
  startAfresh(): void;
  /** Goes on with a saved conversation, with what was said in it on the screen. */
  takeUp(session: SavedSession): void;
  /** Goes on with another app; where that cannot be opened, with the one before, and throws `Failure`. */
  switchTo(open: () => Promise<App>): Promise<void>;
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
  readonly saving: Saving;
  /** The web page, for links to cited moments. */
  readonly openPage?: (app: App, token: string) => Promise<Page>;
  readonly models?: ModelChoices;
}

export function openChat(parts: ChatParts): Chat {
  const { store, say, saving } = parts;
  let open = parts.openApp;
  let app: Promise<App> | undefined;
  let library: Promise<Library> | undefined;
  let conversation: Promise<Conversation> | undefined;
  let citations: readonly Citation[] = [];
  /** The conversation of the turn at work. */
  let speaking: Conversation | undefined;
  let media: readonly MediaItem[] = [];
  let stopping: AbortController | undefined;
  let working: Promise<void> | undefined;
  let isOver = false;
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });

  const getApp = () => {
    // What is still under way when the person leaves waits for good: nobody would close what it opened.
    if (isOver) return new Promise<never>(() => {});
    app ??= open();
    return app;
  };
  const { openPage } = parts;
  const links = openMomentLinks(openPage && (async (token) => openPage(await getApp(), token)));
  const openLibrary = async () => {
    const opened = await (await getApp()).openLibrary(
      parts.under === undefined ? {} : { under: parts.under },
    );
    media = await opened.store.list({ limit: mostNamed });
    const { name, contextTokens } = opened.model;
    store.change({ model: { name, contextTokens } });
    return opened;
  };
  const getLibrary = async () => {
    const opening = library ?? openLibrary();
    library = opening;
    try {
      return await opening;
    } catch (error) {
      if (library === opening) library = undefined;
      throw error;
    }
  };

  /** Nothing to ask yet: what one can do here, and no command for a shell. */
  const whereEmpty = async (): Promise<Block | undefined> => {
    const state = await getApp().then(
      (opened) => opened.state(),
      () => undefined,
    );
    if (state === undefined || (state.counts?.items ?? 0) > 0) return undefined;
    if (store.get().indexing) return { type: "note", text: say.nothingIndexedSoFar };
    return state.roots.length === 0 ? { type: "greeting", text: say.greetingEmpty } : undefined;
  };

  const turn = async (question: WaitingQuestion, signal: AbortSignal) => {
    try {
      saving.save();
      const opened = await getLibrary();
      conversation ??= opened.startConversation();
      const spoken = await conversation;
      speaking = spoken;
      const unfollow = saving.follow(spoken);
      try {
        citations = await askOnce(store, { library: opened, conversation: spoken, links }, question, signal);
      } finally {
        unfollow();
        speaking = undefined;
        saving.save(spoken);
      }
    } catch (error) {
      const failure = failureOf(error);
      if (!failure) throw error;
      store.add((await whereEmpty()) ?? { type: "failure", failure: detailOf(failure) });
      saving.save();
    }
  };
  const work = async () => {
    for (;;) {
      const [next, ...queue] = store.get().queue;
      if (next === undefined) return;
      stopping = new AbortController();
      // At work from here on: opening the library and its model may take long, and can be stopped.
      store.change({ queue, run: { ...emptyRun, turnSince: performance.now() } });
      const asked = continued(next, blocksOfConversation(store.get()));
      store.add({ type: "question", ...asked });
      await turn(asked, stopping.signal);
      stopping = undefined;
      store.change({ run: undefined, stopping: false });
    }
  };

  const rest = async () => {
    store.change({ queue: [] });
    stopping?.abort();
    await working;
  };
  const close = async () => {
    // First, so that a link followed meanwhile gets no page of what is being closed.
    const closing = app;
    app = undefined;
    library = undefined;
    await links.closePage();
    await (await closing?.catch(() => undefined))?.[Symbol.asyncDispose]();
  };

  return {
    store,
    say,
    libraryFolder: parts.libraryFolder,
    links,
    models: parts.models,
    app: getApp,
    library: getLibrary,
    citations: () => {
      // Numbers are on the screen before what they stand for is checked.
      const said = store.get().run?.text ?? "";
      const cited = speaking ? resolveHandles(said, speaking.find).cited : [];
      return cited.length > 0 ? cited.map((one) => toCitation(one, "unchecked")) : citations;
    },
    lastQuestion: () => {
      const asked = blocksOfConversation(store.get()).findLast((block) => block.type === "question");
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
    rest,
    switchTo: async (next) => {
      await rest();
      const before = open;
      open = next;
      await close();
      try {
        await getLibrary();
      } catch (error) {
        open = before;
        await close();
        throw error;
      }
    },
    startAfresh: () => {
      conversation = undefined;
      citations = [];
      store.change({ since: store.get().blocks.length, usage: undefined });
      saving.turnTo(undefined);
    },
    takeUp: (session) => {
      const { blocks } = store.get();
      store.change({ since: blocks.length, usage: undefined, blocks: [...blocks, ...session.blocks] });
      store.add({ type: "note", text: say.resumed(session.questions) });
      saving.turnTo(session);
      conversation = Promise.resolve(conversationOf(session));
      citations = citationsOf(session);
    },
    reopen: () => {
      library = undefined;
    },
    leave: () => leave(),
    left,
    [Symbol.asyncDispose]: async () => {
      await rest();
      await links[Symbol.asyncDispose]();
      isOver = true;
      await close();
    },
  };
}
