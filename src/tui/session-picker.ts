import { Fzf } from "fzf";
import { plainText } from "../media/plain-text.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { columnsOf } from "./graphemes.ts";
import type { Key } from "./keys.ts";
import { type Line, piece } from "./line.ts";
import type { SavedSession } from "./sessions.ts";
import { cutLine } from "./wrap.ts";

/** Saved conversations, of which one is to be gone on with. */
export interface Picker {
  /** The library that they are about. */
  readonly libraryFolder: string;
  readonly sessions: readonly SavedSession[];
  /** What was typed; only those whose first question fits it are offered. */
  readonly filter: string;
  /** Among those offered. */
  readonly chosen: number;
}

export type Picked =
  | { readonly type: "looking"; readonly picker: Picker }
  | { readonly type: "taken"; readonly session: SavedSession }
  | { readonly type: "left" };

const widestRow = 100;
const dim = { dim: true } as const;

export function openPicker(libraryFolder: string, sessions: readonly SavedSession[]): Picker {
  return { libraryFolder, sessions, filter: "", chosen: 0 };
}

/** In the order given while nothing is typed, else the best first. */
export function offered({ sessions, filter }: Picker): readonly SavedSession[] {
  if (filter.trim() === "") return sessions;
  const finder = new Fzf(sessions, { selector: (one: SavedSession) => one.title });
  return finder.find(filter.trim()).map(({ item }: { readonly item: SavedSession }) => item);
}

/** What a key makes of the choice. */
export function pressInPicker(picker: Picker, key: Key): Picked {
  const looking = (part: Partial<Picker>): Picked => ({ type: "looking", picker: { ...picker, ...part } });
  const typed = (filter: string) => looking({ filter, chosen: 0 });
  if (key.type === "reply") return looking({});
  if (key.type !== "named") return typed(picker.filter + key.text.replace(/\s+/g, " "));
  const rows = offered(picker);
  const step = (by: number) =>
    looking({ chosen: Math.max(0, Math.min(rows.length - 1, picker.chosen + by)) });
  switch (key.name) {
    case "up":
      return step(-1);
    case "down":
      return step(1);
    case "page-up":
      return step(-8);
    case "page-down":
      return step(8);
    case "backspace":
      return typed([...picker.filter].slice(0, -1).join(""));
    case "enter": {
      const session = rows[picker.chosen];
      return session ? { type: "taken", session } : looking({});
    }
    case "escape":
    case "interrupt":
    case "end-of-input":
      return { type: "left" };
    default:
      return looking({});
  }
}

/** The choice as rows of at most `columns`: a head, at most `most` conversations. */
export function pickerRows(picker: Picker, say: TuiMessages, columns: number, most: number): Line[] {
  const rows = offered(picker);
  const shown = Math.max(1, Math.min(10, most - 1));
  const first = Math.max(0, Math.min(picker.chosen - 3, rows.length - shown));
  const folder = plainText(picker.libraryFolder, 200);
  const head = cutLine([piece(`${say.pickSession} · ${say.pickKeys} · ${folder}`, dim)], columns);
  if (rows.length === 0) return [head, cutLine([piece(`  ${say.noneFits}`, dim)], columns)];
  return [
    head,
    ...rows
      .slice(first, first + shown)
      .map((one, at) => sessionRow(one, first + at === picker.chosen, say, columns)),
  ];
}

function sessionRow(session: SavedSession, chosen: boolean, say: TuiMessages, available: number): Line {
  const columns = Math.min(available, widestRow);
  const facts = columns < 60 ? formatWhen(session.at) : sessionFacts(session, say);
  const room = Math.max(8, columns - columnsOf(facts) - 4);
  const title = cutLine([piece(session.title, chosen ? { inverse: true } : undefined)], room);
  const gap = " ".repeat(Math.max(2, room - columnsOf(title.map(({ text }) => text).join("")) + 2));
  return cutLine([piece(chosen ? "› " : "  "), ...title, piece(`${gap}${facts}`, dim)], columns);
}

/** "3 questions · 2026-11-24 21:14" */
export function sessionFacts({ questions, at }: SavedSession, say: TuiMessages): string {
  return `${say.questions(questions)} · ${formatWhen(at)}`;
}

/** On this machine's clock: "2026-11-24 21:14". */
function formatWhen(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
