import { type Conversation, restoreConversation } from "../agent/conversation.ts";
import type { Citation } from "../media/citation.ts";
import type { Store } from "./chat-state.ts";
import {
  openSessionFile,
  type PartialTurn,
  type SavedSession,
  type SessionFile,
  type SessionRow,
} from "./sessions.ts";
import type { Block } from "./view.ts";

/** Text that has come since is written after so long; what is finished is written at once. */
const partialMs = 1000;

/** Writes a chat down as it goes, so that what was said outlives the program. */
export interface Saving {
  /** Writes what is new: finished blocks, and messages where a conversation is given. */
  save(conversation?: Conversation): void;
  /** Saves while a turn is at work, until the answer is called. */
  follow(conversation: Conversation): () => void;
  /** Goes on in the file of `session`, or in a new one. What is on the screen so far is not written. */
  turnTo(session: SavedSession | undefined): void;
}

export interface SavingListener {
  /** Nothing can be written; heard once. */
  failed(error: Error): void;
  /** Another chat went on in the same file: from here on all of this one is written to a file of its own. */
  wentElsewhere(): void;
}

export function openSaving(store: Store, libraryFolder: string, listener: SavingListener): Saving {
  let file: SessionFile = openSessionFile(libraryFolder);
  /** All that the conversation has in its file, and what a chat that was killed left out of it. */
  let written: SessionRow[] = [];
  let mended: readonly SessionRow[] = [];
  let messages = 0;
  let blocks = store.get().blocks.length;
  let partialAt = 0;
  /** Of the turn at work, so much is written. */
  let partialLength = 0;
  let works = true;

  const add = (rows: readonly SessionRow[]) => {
    if (rows.length === 0 || !works) return;
    const fresh = [...mended, ...rows];
    mended = [];
    written.push(...fresh);
    try {
      if (file.add(fresh)) return;
      file = openSessionFile(libraryFolder);
      file.add(written);
      listener.wentElsewhere();
    } catch (error) {
      works = false;
      listener.failed(error as Error);
    }
  };
  const save = (conversation?: Conversation) => {
    const all = store.get().blocks;
    const fresh = all.slice(blocks).filter(isKept);
    const said = conversation?.messages.slice(messages) ?? [];
    // A message is a turn that is whole: what was written of it before counts no more.
    if (said.length > 0) partialLength = 0;
    const partial = conversation && partialOf(store, conversation, partialLength);
    partialLength += partial?.more.length ?? 0;
    messages += said.length;
    blocks = all.length;
    partialAt = performance.now();
    add([
      ...said.map((message) => ({ message })),
      ...fresh.map((block) => ({ block })),
      ...(partial ? [{ partial }] : []),
    ]);
  };

  return {
    save,
    follow: (conversation) => {
      let seen = "";
      const unsubscribe = store.subscribe(() => {
        const state = store.get();
        const text = state.run?.text ?? "";
        const grown = text !== seen && performance.now() - partialAt > partialMs;
        if (state.blocks.length === blocks && conversation.messages.length === messages && !grown) return;
        seen = text;
        save(conversation);
      });
      return unsubscribe;
    },
    turnTo: (session) => {
      file = openSessionFile(libraryFolder, session);
      written = [...(session?.rows ?? [])];
      mended = session?.mended ?? [];
      messages = session?.messages.length ?? 0;
      blocks = store.get().blocks.length;
      partialLength = 0;
      works = true;
    },
  };
}

/** What only helps at the screen is left out. */
function isKept({ type }: Block): boolean {
  return type !== "command" && type !== "greeting" && type !== "note" && type !== "expanded";
}

function partialOf(store: Store, conversation: Conversation, written: number): PartialTurn | undefined {
  const { run } = store.get();
  if (!run || run.ended || run.text.trim() === "") return undefined;
  const last = conversation.messages.findLast(({ role }) => role === "assistant");
  if (last?.role === "assistant" && last.text === run.text) return undefined;
  return { more: run.text.slice(written), shown: run.live };
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
