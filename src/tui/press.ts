import type { Chat } from "./chat.ts";
import { type Draft, emptyDraft, type WaitingQuestion } from "./chat-state.ts";
import { commandNamed, isCommand, runCommand } from "./commands.ts";
import { accept, isWritten, suggest } from "./complete.ts";
import { editKey } from "./edit-key.ts";
import { type Editor, editorOf, emptyEditor, insert, textOf, vertical } from "./editor.ts";
import { graphemesOf } from "./graphemes.ts";
import type { History } from "./history.ts";
import { expand, noInserts, takePaste, takeTypedFiles } from "./inserts.ts";
import type { Key } from "./keys.ts";
import { pressInPicker } from "./session-picker.ts";
import { showResults, showThoughts } from "./show-again.ts";
import { greet } from "./start.ts";

/** What each key does. */
export function press(chat: Chat, history: History, key: Key): void {
  const { store } = chat;
  if (key.type === "reply") return;
  if (store.get().leaving && !(key.type === "named" && key.name === "interrupt"))
    store.change({ leaving: false });
  if (picking(chat, key)) return;
  if (key.type === "paste") {
    const { text, inserts } = takePaste(store.get().inserts, key.text);
    store.change({ inserts });
    write(chat, insert(store.get().editor, text));
    return;
  }
  if (store.get().search !== undefined && searching(chat, history, key)) return;
  if (key.type === "text") {
    write(chat, insert(store.get().editor, key.text));
    return;
  }
  if (inPopup(chat, key.name)) return;
  const edited = editKey(store.get().editor, key.name);
  if (edited) write(chat, edited);
  else actions[key.name]?.(chat, history);
}

function write(chat: Chat, editor: Editor): void {
  const { store, say, media } = chat;
  const popup = suggest(editor, media(), say, (word, typed) => commandNamed(word)?.complete?.(chat, typed));
  store.change({ editor, historyAt: undefined, popup });
}

/** While saved conversations are offered, every key is for them. */
function picking(chat: Chat, key: Key): boolean {
  const { store } = chat;
  const { picker } = store.get();
  if (!picker) return false;
  const picked = pressInPicker(picker, key);
  if (picked.type === "looking") store.change({ picker: picked.picker });
  else store.change({ picker: undefined });
  if (picked.type === "left" && store.get().blocks.length === 0) void greet(chat);
  if (picked.type === "taken") void chat.rest().then(() => chat.takeUp(picked.session));
  return true;
}

/** While suggestions are shown, arrows choose, Tab and Enter take one, Esc puts them away. */
function inPopup(chat: Chat, name: string): boolean {
  const { store } = chat;
  const { popup, editor } = store.get();
  if (!popup) return false;
  const count = popup.suggestions.length;
  const whole = name === "enter" && isWritten(editor, popup);
  if (name === "up") store.change({ popup: { ...popup, chosen: (popup.chosen + count - 1) % count } });
  else if (name === "down") store.change({ popup: { ...popup, chosen: (popup.chosen + 1) % count } });
  else if (name === "escape") store.change({ popup: undefined });
  else if (name === "tab") complete(chat, accept(editor, popup));
  else if (name === "enter" && !whole) store.change({ editor: accept(editor, popup), popup: undefined });
  else {
    store.change({ popup: undefined });
    return false;
  }
  return true;
}

/** What was completed may be completed further: a command by its argument, a folder by those in it. */
function complete(chat: Chat, editor: Editor): void {
  write(chat, editor);
  const { popup } = chat.store.get();
  const isDone = popup && popup.suggestions.length === 1 && isWritten(editor, popup);
  if (isDone) chat.store.change({ popup: undefined });
}

/** Ctrl+R: what is typed looks for the newest question that holds it; Ctrl+R again for the one before. */
function searching(
  { store }: Chat,
  history: History,
  key: Exclude<Key, { type: "paste" | "reply" }>,
): boolean {
  const { search = "", historyAt } = store.get();
  const look = (words: string, below: number) => {
    const at = history.entries().findLastIndex((entry, index) => index < below && entry.text.includes(words));
    const found = history.entries()[at];
    store.change({
      search: words,
      ...(found === undefined ? {} : { ...written(found), historyAt: at }),
    });
  };
  const newest = history.entries().length;
  if (key.type === "text") look(search + key.text, newest);
  else if (key.name === "backspace") look(graphemesOf(search).slice(0, -1).join(""), newest);
  else if (key.name === "search-history") look(search, historyAt ?? newest);
  else if (key.name === "escape" || key.name === "interrupt")
    store.change({ ...store.get().draft, draft: emptyDraft, search: undefined, historyAt: undefined });
  else {
    store.change({ search: undefined, historyAt: undefined });
    return key.name === "tab";
  }
  return true;
}

const actions: Readonly<Record<string, (chat: Chat, history: History) => void>> = {
  enter: send,
  escape: (chat) => {
    chat.stop();
  },
  interrupt: (chat) => {
    const { editor, leaving } = chat.store.get();
    if (chat.stop()) return;
    if (editor.letters.length > 0)
      chat.store.change({ ...emptyDraft, historyAt: undefined, popup: undefined });
    else if (leaving) chat.leave();
    else chat.store.change({ leaving: true });
  },
  "end-of-input": (chat) => {
    if (chat.store.get().editor.letters.length === 0) chat.leave();
  },
  "search-history": ({ store }) => {
    const { editor, inserts, historyAt, draft } = store.get();
    // Esc gives back what was being written.
    const left = historyAt === undefined ? { editor, inserts } : draft;
    store.change({ search: "", popup: undefined, draft: left });
  },
  up: (chat, history) => lookBack(chat, history, -1),
  down: (chat, history) => lookBack(chat, history, 1),
  "toggle-thoughts": showThoughts,
  "toggle-results": showResults,
  "toggle-thinking": ({ store }) => store.change({ thinking: store.get().thinking === "on" ? "off" : "on" }),
};

function send(chat: Chat, history: History): void {
  const { store } = chat;
  const text = textOf(store.get().editor);
  if (text.endsWith("\\")) {
    store.change({ editor: editorOf(`${text.slice(0, -1)}\n`) });
    return;
  }
  if (text.trim() === "") return;
  const typed = takeTypedFiles(store.get().inserts, text);
  const question = expand(typed.text, typed.inserts);
  store.change({ editor: emptyEditor, inserts: noInserts, historyAt: undefined, popup: undefined });
  history.add(question); // Pastes in full: their marks mean nothing later.
  if (text.trim() === "?") void runCommand(chat, "/help");
  else if (isCommand(text)) void runCommand(chat, text.trim());
  else chat.ask(question);
}

/** A line up or down in the text; past its ends, through what was asked before. */
function lookBack({ store }: Chat, history: History, step: -1 | 1): void {
  const { editor, inserts, historyAt, draft } = store.get();
  const moved = historyAt === undefined ? vertical(editor, step) : undefined;
  if (moved) {
    store.change({ editor: moved });
    return;
  }
  const entries = history.entries();
  const at = (historyAt ?? entries.length) + step;
  if (at < 0 || at > entries.length || (historyAt === undefined && step > 0)) return;
  const entry = entries[at];
  store.change(
    entry === undefined
      ? { ...draft, draft: emptyDraft, historyAt: undefined }
      : {
          ...written(entry),
          historyAt: at,
          ...(historyAt === undefined ? { draft: { editor, inserts } } : {}),
        },
  );
}

/** A question as it stood in the editor, its marks good again for what was attached. */
function written({ text, attachments }: WaitingQuestion): Draft {
  return { editor: editorOf(text), inserts: { ...noInserts, attachments } };
}
