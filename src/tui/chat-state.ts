import type { Thinking } from "../chat/chat-model.ts";
import type { Attachment } from "../media/attachment.ts";
import { type Editor, emptyEditor } from "./editor.ts";
import { type Inserts, noInserts } from "./inserts.ts";
import type { Block, RunView } from "./view.ts";

/** A line of the popup above the status row. */
export interface Suggestion {
  readonly label: string;
  readonly detail: string;
  /** What takes the place of the word being written. */
  readonly text: string;
}

export interface Popup {
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number;
  /** Where in the editor the word starts that a suggestion replaces. */
  readonly from: number;
}

export interface WaitingQuestion {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** Everything that the screen shows. */
export interface ChatState {
  /** Finished blocks, oldest first; only ever appended to. */
  readonly blocks: readonly Block[];
  readonly run: RunView | undefined;
  readonly stopping: boolean;
  readonly editor: Editor;
  readonly inserts: Inserts;
  /** Where in the history the editor is; undefined: a text of its own. */
  readonly historyAt: number | undefined;
  readonly search: string | undefined;
  readonly popup: Popup | undefined;
  readonly queue: readonly WaitingQuestion[];
  readonly thinking: Thinking;
  readonly showThoughts: boolean;
  readonly showResults: boolean;
  readonly model: { readonly name: string; readonly contextTokens: number } | undefined;
  readonly index: string;
  /** Ctrl+C was pressed once with nothing to stop or clear. */
  readonly leaving: boolean;
  readonly tick: number;
}

export const firstState: ChatState = {
  blocks: [],
  run: undefined,
  stopping: false,
  editor: emptyEditor,
  inserts: noInserts,
  historyAt: undefined,
  search: undefined,
  popup: undefined,
  queue: [],
  thinking: "auto",
  showThoughts: false,
  showResults: false,
  model: undefined,
  index: "",
  leaving: false,
  tick: 0,
};

export interface Store {
  get(): ChatState;
  change(part: Partial<ChatState>): void;
  add(...blocks: readonly Block[]): void;
  subscribe(listener: () => void): () => void;
}

export function openStore(first: ChatState = firstState): Store {
  let state = first;
  const listeners = new Set<() => void>();
  const change = (part: Partial<ChatState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  return {
    get: () => state,
    change,
    add: (...blocks) => change({ blocks: [...state.blocks, ...blocks] }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
