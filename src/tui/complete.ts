import { basename, dirname } from "node:path";
import { Fzf } from "fzf";
import type { MediaItem } from "../media/media-item.ts";
import { plainText } from "../media/plain-text.ts";
import { formatTimeCode } from "../media/time-code.ts";
import type { TuiMessages } from "../messages/tui.ts";
import type { Popup, Suggestion } from "./chat-state.ts";
import { commands } from "./commands.ts";
import { type Editor, textOf } from "./editor.ts";
import { graphemesOf } from "./graphemes.ts";

const mostSuggestions = 50;

/** The part before the cursor that can be completed, and where it starts. */
interface ToComplete {
  readonly from: number;
  readonly word: string;
  /** The command whose argument `word` is. */
  readonly command?: string;
}

export type CompleteArgument = (command: string, typed: string) => readonly Suggestion[] | undefined;

export function wordToComplete({ letters, at }: Editor): ToComplete | undefined {
  const start = Math.max(letters.lastIndexOf(" ", at - 1), letters.lastIndexOf("\n", at - 1)) + 1;
  const word = at === 0 ? "" : letters.slice(start, at).join("");
  if (word.startsWith("@")) return { from: start, word };
  if (word.startsWith("/") && start === 0) return { from: 0, word };
  const end = letters.indexOf(" ");
  const command = letters.slice(0, Math.max(0, end)).join("");
  if (!/^\/[a-z?]+$/i.test(command) || at <= end) return undefined;
  return { from: end + 1, word: letters.slice(end + 1, at).join(""), command };
}

/** Suggestions for what is before the cursor, best first; undefined where there is nothing to suggest. */
export function suggest(
  editor: Editor,
  media: readonly MediaItem[],
  say: TuiMessages,
  completeArgument: CompleteArgument = () => undefined,
): Popup | undefined {
  const found = wordToComplete(editor);
  if (!found) return undefined;
  const all = allFor(found, media, say, completeArgument);
  const finder = new Fzf(all, { selector: (one: Suggestion) => one.label, limit: mostSuggestions });
  const matches: readonly { readonly item: Suggestion }[] = finder.find(found.word.replace(/^@/, ""));
  const suggestions = matches.map(({ item }) => item);
  return suggestions.length === 0 ? undefined : { suggestions, chosen: 0, from: found.from };
}

function allFor(
  { word, command }: ToComplete,
  media: readonly MediaItem[],
  say: TuiMessages,
  completeArgument: CompleteArgument,
): readonly Suggestion[] {
  if (command !== undefined) return completeArgument(command, word) ?? [];
  return word.startsWith("@") ? media.map((item) => mediaSuggestion(item, say)) : commandSuggestions(say);
}

/** The editor with the chosen suggestion in the place of the word. */
export function accept({ letters, at }: Editor, { suggestions, chosen, from }: Popup): Editor {
  const put = graphemesOf(suggestions[chosen]?.text ?? "");
  return { letters: [...letters.slice(0, from), ...put, ...letters.slice(at)], at: from + put.length };
}

/** True where Enter has nothing to add: the chosen one stands there, or a folder does and none below it was chosen. */
export function isWritten(editor: Editor, { suggestions, chosen, from }: Popup): boolean {
  const bare = (text = "") => text.trim().replace(/(?<=.)\/$/, "");
  const written = editor.letters.slice(from).join("").trim();
  const namesFolder = from > 0 && chosen === 0 && /[^ ]\/$/.test(written);
  const one = suggestions[chosen];
  return namesFolder || one?.label === textOf(editor) || bare(written) === bare(one?.text);
}

function commandSuggestions(say: TuiMessages): readonly Suggestion[] {
  return commands.map(({ name, usage }) => ({
    label: `/${name}`,
    detail: say.commands[name],
    text: usage === `/${name}` ? usage : `/${name} `,
  }));
}

function mediaSuggestion(item: MediaItem, say: TuiMessages): Suggestion {
  const { durationMs, pages, width, height, takenAt } = item;
  const name = plainText(basename(item.path), 80);
  const amount = durationMs !== undefined ? formatTimeCode(durationMs) : pages ? say.pages(pages) : "";
  const detail = [say.kinds[item.kind], amount].filter(Boolean).join(" ");
  const facts = [
    detail,
    plainText(dirname(item.path), 200),
    width && height ? `${width}×${height}` : "",
    takenAt === undefined ? "" : new Date(takenAt).toISOString().slice(0, 10),
  ];
  return { label: name, detail, text: `${name} `, preview: facts.filter(Boolean).join(" · ") };
}
