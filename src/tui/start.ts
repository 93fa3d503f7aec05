import type { App } from "../app.ts";
import { detailOf, Failure } from "../media/failure.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { type Chat, openChat } from "./chat.ts";
import { openStore } from "./chat-state.ts";
import { endIndexing, showIndexState } from "./index-while-chatting.ts";
import { citationsOf, conversationOf, openSaving } from "./saving.ts";
import type { SavedSession } from "./sessions.ts";

export interface ChatOptions {
  /** Absolute. */
  readonly libraryFolder: string;
  readonly openApp: () => Promise<App>;
  readonly say: TuiMessages;
  readonly under?: string;
  /** The saved session to go on with. */
  readonly session?: SavedSession;
}

/** A chat that saves itself, with what was said before on the screen. */
export function startChat(options: ChatOptions): Chat {
  const { session, say } = options;
  const store = openStore();
  if (session) {
    const questions = session.blocks.filter(({ type }) => type === "question").length;
    store.add(...session.blocks, { type: "note", text: say.resumed(questions) });
  }
  const saving = openSaving(store, options.libraryFolder, session);
  const chat = openChat({ ...options, store, afterTurn: saving.save });
  if (session) chat.use(conversationOf(session), citationsOf(session));
  return {
    ...chat,
    [Symbol.asyncDispose]: async () => {
      await endIndexing(chat);
      await chat[Symbol.asyncDispose]();
    },
  };
}

/** Opens the library behind the prompt and says what is there, or what a person can do first. */
export async function greet(chat: Chat): Promise<void> {
  const { store, say } = chat;
  try {
    const files = await showIndexState(chat);
    if (files === 0) return store.add({ type: "greeting", text: say.greetingEmpty });
    const { model } = await chat.library();
    const goesOn = store.get().blocks.some(({ type }) => type === "question");
    if (!goesOn) store.add({ type: "greeting", text: say.greeting(files, model.name) });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    store.add({ type: "failure", failure: detailOf(error) });
  }
}
