import type { App } from "../app.ts";
import { failureOf } from "../media/system-failure.ts";
import { failureIn } from "../messages/failures.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { type Chat, openChat } from "./chat.ts";
import { blocksOfConversation, openStore } from "./chat-state.ts";
import { endIndexing, showIndexState } from "./index-while-chatting.ts";
import type { ModelChoices } from "./model-command.ts";
import type { Page } from "./moment-links.ts";
import { openSaving } from "./saving.ts";
import { openPicker } from "./session-picker.ts";
import type { SavedSession } from "./sessions.ts";

export interface ChatOptions {
  /** Absolute. */
  readonly libraryFolder: string;
  readonly openApp: () => Promise<App>;
  readonly say: TuiMessages;
  readonly under?: string;
  readonly openPage?: (app: App, token: string) => Promise<Page>;
  readonly models?: ModelChoices;
  /** What the terminal can show; left out, nothing of it. */
  readonly shows?: { readonly links: boolean; readonly pictures: boolean };
  /** The saved session to go on with. */
  readonly session?: SavedSession;
  /** Saved sessions to choose from before anything is asked. */
  readonly choose?: readonly SavedSession[];
}

/** A chat that saves itself, with what was said before on the screen. */
export function startChat(options: ChatOptions): Chat {
  const { session, choose, say, libraryFolder, shows } = options;
  const store = openStore();
  const saving = openSaving(store, libraryFolder, {
    failed: ({ message }) => store.add({ type: "warning", text: say.notSaved(message) }),
    wentElsewhere: () => store.add({ type: "note", text: say.wentElsewhere }),
  });
  const inner = openChat({ ...options, store, saving, showsPictures: shows?.pictures ?? false });
  if (shows?.links) inner.links.turnOn();
  // What is typed from now on is asked in it.
  if (session) void inner.takeUp(session);
  if (choose) store.change({ picker: openPicker(libraryFolder, choose) });
  const chat: Chat = {
    ...inner,
    [Symbol.asyncDispose]: async () => {
      await endIndexing(chat);
      await inner[Symbol.asyncDispose]();
    },
  };
  return chat;
}

/** Where nothing can answer but the built-in responder: how to bring a language model. */
async function hint({ models, say }: Chat): Promise<readonly string[]> {
  const choices = await models?.list();
  return choices?.length === 1 ? [say.bringModel] : [];
}

/** Opens the library behind the prompt and says what is there, or what a person can do first. */
export async function greet(chat: Chat): Promise<void> {
  const { store, say } = chat;
  try {
    const files = await showIndexState(chat);
    if (files === 0) return store.add({ type: "greeting", text: say.greetingEmpty });
    const { model } = await chat.library();
    const { takingUp, picker } = store.get();
    const goesOn = takingUp || blocksOfConversation(store.get()).some(({ type }) => type === "question");
    if (!goesOn && !picker)
      store.add({
        type: "greeting",
        text: [say.greeting(files, say.modelName(model.name)), ...(await hint(chat))].join("\n"),
      });
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    store.add({ type: "failure", failure: failureIn(say.language, failure) });
  }
}
