import type { Chat } from "./chat.ts";
import type { Block } from "./view.ts";

/**
 * Ctrl+T: thoughts are shown from now on, or no more. Those of the last turn stand in the terminal's own history, which
 * cannot be drawn anew; they are printed below, in full.
 */
export function showThoughts(chat: Chat): void {
  const { store, say } = chat;
  const shows = !store.get().showThoughts;
  store.change({ showThoughts: shows });
  if (!shows) store.add({ type: "note", text: say.thoughtsHidden });
  else printAgain(chat, (block) => block.type === "thought", say.noThoughts);
}

/** Ctrl+O: the same for what the tools found. */
export function showResults(chat: Chat): void {
  const { store, say } = chat;
  const shows = !store.get().showResults;
  store.change({ showResults: shows });
  if (!shows) store.add({ type: "note", text: say.resultsHidden });
  else printAgain(chat, (block) => block.type === "tool-done" || block.type === "tool-failed", say.noResults);
}

function printAgain({ store }: Chat, isMeant: (block: Block) => boolean, none: string): void {
  const { blocks, run } = store.get();
  const asked = blocks.findLastIndex((block) => block.type === "question");
  const meant = asked < 0 ? [] : blocks.slice(asked).filter(isMeant);
  if (meant.length > 0) store.add({ type: "expanded", blocks: meant });
  else if (!run) store.add({ type: "note", text: none });
}
