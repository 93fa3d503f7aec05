import type { Thinking } from "../chat/chat-model.ts";
import type { Attachment } from "../media/attachment.ts";
import { type Editor, emptyEditor } from "./editor.ts";
import { type Inserts, noInserts } from "./inserts.ts";
import type { Picker } from "./session-picker.ts";
import type { Block, RunView } from "./view.ts";

/** A line of the popup above the status row. */
export interface Suggestion {
  readonly label: string;
  readonly detail: string;
  /** What takes the place of the word being written. */
  readonly text: string;
  /** More about it, while it is the one that is chosen. */
  readonly preview?: string;
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

/** What is being written, with what its marks stand for. */
export interface Draft {
  readonly editor: Editor;
  readonly inserts: Inserts;
}

export const emptyDraft: Draft = { editor: emptyEditor, inserts: noInserts };

/** The work of a command that takes a while. */
export interface Task {
  readonly what: string;
  /** Of the clock that `performance.now()` reads. */
  readonly since: number;
  readonly isStopping: boolean;
}

/** How far indexing is. */
export interface IndexingView {
  /** 0..1 */
  readonly fraction: number;
  /** What is done where it is not files that are counted. */
  readonly what?: string;
  readonly done?: number;
  readonly total?: number;
  readonly etaMs?: number;
}

/** Everything that the screen shows. */
export interface ChatState {
  /** Finished blocks, oldest first; only ever appended to. */
  readonly blocks: readonly Block[];
  /** The number of blocks that were there before the present conversation. */
  readonly since: number;
  readonly run: RunView | undefined;
  readonly stopping: boolean;
  /** What commands are doing, oldest first. */
  readonly tasks: readonly Task[];
  /** A saved conversation is being read; it stands on the screen in a moment. */
  readonly takingUp: boolean;
  readonly editor: Editor;
  readonly inserts: Inserts;
  /** Where in the history the editor is; undefined: a text of its own. */
  readonly historyAt: number | undefined;
  /** The text of its own that was left for the history. */
  readonly draft: Draft;
  readonly search: string | undefined;
  readonly popup: Popup | undefined;
  /** Saved conversations to choose from, in the place of the prompt. */
  readonly picker: Picker | undefined;
  readonly queue: readonly WaitingQuestion[];
  readonly thinking: Thinking;
  readonly showThoughts: boolean;
  readonly showResults: boolean;
  readonly model: { readonly name: string; readonly contextTokens: number } | undefined;
  /** Of the newest turn that counted its tokens. */
  readonly usage: { readonly promptTokens: number; readonly tokensPerSecond: number } | undefined;
  readonly index: string;
  /** Undefined while nothing is being indexed. */
  readonly indexing: IndexingView | undefined;
  /** Choices can be offered in the place of the prompt; plain lines cannot. */
  readonly picks: boolean;
  /** The terminal shows more of a picture than half blocks can. */
  readonly finePictures: boolean;
  /** Ctrl+C was pressed once with nothing to stop or clear. */
  readonly leaving: boolean;
  readonly tick: number;
}

export const firstState: ChatState = {
  blocks: [],
  since: 0,
  run: undefined,
  stopping: false,
  tasks: [],
  takingUp: false,
  editor: emptyEditor,
  inserts: noInserts,
  historyAt: undefined,
  draft: emptyDraft,
  search: undefined,
  popup: undefined,
  picker: undefined,
  queue: [],
  thinking: "auto",
  showThoughts: false,
  showResults: false,
  model: undefined,
  usage: undefined,
  index: "",
  indexing: undefined,
  picks: false,
  finePictures: false,
  leaving: false,
  tick: 0,
};

/** The blocks of the present conversation. */
export function blocksOfConversation({ blocks, since }: ChatState): readonly Block[] {
  return blocks.slice(since);
}

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
