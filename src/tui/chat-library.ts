import type { App } from "../app.ts";
import type { Library } from "../library.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Store } from "./chat-state.ts";
import { type MomentLinks, openMomentLinks, type Page } from "./moment-links.ts";

/** Files that `@` can name. */
const mostNamed = 20_000;

/** What a chat asks of: opened when it is first needed, and anew when the model or the index has changed. */
export interface ChatLibrary {
  readonly links: MomentLinks;
  app(): Promise<App>;
  library(): Promise<Library>;
  /** What can be named with `@`; empty until the library is open. */
  media(): readonly MediaItem[];
  /** Goes on with another app; where that cannot be opened, with the one before, and throws `Failure`. */
  switchTo(open: () => Promise<App>): Promise<void>;
  /** Opens the library anew, so that what was indexed meanwhile is seen. */
  reopen(): void;
  /** For good: nothing is opened after it. */
  close(): Promise<void>;
}

export interface ChatLibraryParts {
  readonly store: Store;
  readonly openApp: () => Promise<App>;
  /** Only this file, or files below this folder. */
  readonly under?: string;
  /** The web page, for links to cited moments. */
  readonly openPage?: (app: App, token: string) => Promise<Page>;
}

export function openChatLibrary({ store, openApp, under, openPage }: ChatLibraryParts): ChatLibrary {
  let open = openApp;
  let app: Promise<App> | undefined;
  let library: Promise<Library> | undefined;
  let media: readonly MediaItem[] = [];
  let isOver = false;

  const getApp = () => {
    // What is still under way when the person leaves waits for good: nobody would close what it opened.
    if (isOver) return new Promise<never>(() => {});
    app ??= open();
    return app;
  };
  const links = openMomentLinks(openPage && (async (token) => openPage(await getApp(), token)));
  const openLibrary = async () => {
    const opened = await (await getApp()).openLibrary(under === undefined ? {} : { under });
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
  const closeApp = async () => {
    // First, so that a link followed meanwhile gets no page of what is being closed.
    const closing = app;
    app = undefined;
    library = undefined;
    await links.closePage();
    await (await closing?.catch(() => undefined))?.[Symbol.asyncDispose]();
  };

  return {
    links,
    app: getApp,
    library: getLibrary,
    media: () => media,
    switchTo: async (next) => {
      const before = open;
      open = next;
      await closeApp();
      try {
        await getLibrary();
      } catch (error) {
        open = before;
        await closeApp();
        throw error;
      }
    },
    reopen: () => {
      library = undefined;
    },
    close: async () => {
      await links[Symbol.asyncDispose]();
      isOver = true;
      await closeApp();
    },
  };
}
