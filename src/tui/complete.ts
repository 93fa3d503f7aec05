import { basename } from "node:path";
import { Fzf } from "fzf";
import type { MediaItem } from "../media/media-item.ts";
import { plainText } from "../media/plain-text.ts";
import { formatTimeCode } from "../media/time-code.ts";
import type { TuiMessages } from "../messages/tui.ts";
import type { Popup, Suggestion } from "./chat-state.ts";
import { commands } from "./commands.ts";
import type { Editor } from "./editor.ts";

const mostSuggestions = 50;

/** The word before the cursor that can be completed, and where it starts. */
export function wordToComplete({
  letters,
  at,
}: Editor): { readonly from: number; readonly word: string } | undefined {
  const start = Math.max(letters.lastIndexOf(" ", at - 1), letters.lastIndexOf("\n", at - 1)) + 1;
  const word = at === 0 ? "" : letters.slice(start, at).join("");
  if (word.startsWith("@")) return { from: start, word };
  return word.startsWith("/") && start === 0 ? { from: 0, word } : undefined;
}

/** Suggestions for the word before the cursor, best first; undefined where there is nothing to suggest. */
export function suggest(editor: Editor, media: readonly MediaItem[], say: TuiMessages): Popup | undefined {
  const found = wordToComplete(editor);
  if (!found) return undefined;
  const all = found.word.startsWith("@") ? media.map(mediaSuggestion) : commandSuggestions(say);
  const finder = new Fzf(all, { selector: (one: Suggestion) => one.label, limit: mostSuggestions });
  const matches: readonly { readonly item: Suggestion }[] = finder.find(
    found.word.startsWith("@") ? found.word.slice(1) : found.word,
  );
  const suggestions = matches.map(({ item }) => item);
  return suggestions.length === 0 ? undefined : { suggestions, chosen: 0, from: found.from };
}

/** The editor with the chosen suggestion in the place of the word. */
export function accept({ letters, at }: Editor, { suggestions, chosen, from }: Popup): Editor {
  const put = [...(suggestions[chosen]?.text ?? "")];
  return { letters: [...letters.slice(0, from), ...put, ...letters.slice(at)], at: from + put.length };
}

function commandSuggestions(say: TuiMessages): readonly Suggestion[] {
  return commands.map(({ name, usage }) => ({
    label: `/${name}`,
    detail: say.commands[name],
    text: usage === `/${name}` ? usage : `/${name} `,
  }));
}

function mediaSuggestion(item: MediaItem): Suggestion {
  const name = plainText(basename(item.path), 80);
  const amount =
    item.durationMs !== undefined ? formatTimeCode(item.durationMs) : item.pages ? `${item.pages} p.` : "";
  return { label: name, detail: `${item.kind} ${amount}`.trim(), text: `${name} ` };
}
