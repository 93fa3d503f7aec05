import { type Conversation, restoreConversation } from "../agent/conversation.ts";
import type { Citation } from "../media/citation.ts";
import type { Store } from "./chat-state.ts";
import { openSessionFile, type SavedSession } from "./sessions.ts";

export interface Saving {
  /** Writes the messages and blocks that are new since the last time. */
  save(conversation: Conversation): Promise<void>;
}

/** Saves a chat as it goes. `taken` is the session that it goes on with. */
export function openSaving(store: Store, libraryFolder: string, taken: SavedSession | undefined): Saving {
  let file = openSessionFile(libraryFolder, taken?.id);
  let messages = taken?.messages.length ?? 0;
  let blocks = store.get().blocks.length;
  let current: Conversation | undefined;
  return {
    save: async (conversation) => {
      if (current !== undefined && current !== conversation) {
        file = openSessionFile(libraryFolder);
        messages = 0;
      }
      current = conversation;
      const all = store.get().blocks;
      const rows = [
        ...conversation.messages.slice(messages).map((message) => ({ message })),
        ...all
          .slice(blocks)
          .filter(({ type }) => type !== "greeting" && type !== "note")
          .map((block) => ({ block })),
      ];
      messages = conversation.messages.length;
      blocks = all.length;
      if (rows.length > 0) await file.add(rows);
    },
  };
}

/** The conversation of a saved session, with its handles. */
export function conversationOf({ messages }: SavedSession): Conversation {
  return restoreConversation(messages);
}

/** What the last answer of a saved session cites. */
export function citationsOf({ blocks }: SavedSession): readonly Citation[] {
  const last = blocks.findLast((block) => block.type === "citations");
  return last?.moments.map(({ citation }) => citation) ?? [];
}
