import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { ChatMessage } from "../chat/chat-model.ts";
import { plainText } from "../media/plain-text.ts";
import type { Block } from "./view.ts";

/** What a model had said of a turn that was not finished when it was written down. */
export interface PartialTurn {
  /** As the model wrote it, with handles; after what other rows of the same turn hold. */
  readonly more: string;
  /** The end of all of it, which is in no block yet, as people read it. */
  readonly shown: string;
}

/** One line of a session's file: a message of the conversation, a finished block of the screen, or the turn at work. */
export type SessionRow =
  | { readonly message: ChatMessage }
  | { readonly block: Block }
  | { readonly partial: PartialTurn };

export interface SavedSession {
  readonly id: string;
  readonly title: string;
  readonly messages: readonly ChatMessage[];
  readonly blocks: readonly Block[];
  /** When something was last said in it, as `Date.now()` gives it. */
  readonly at: number;
  readonly questions: number;
  /** At the end of `messages` and `blocks`, and not in the file: how a turn ended that the program did not survive. */
  readonly mended: readonly SessionRow[];
}

const mostListed = 200;

/** A session's file in `sessions/` of the library folder; made with the first line. */
export function openSessionFile(libraryFolder: string, id: string = newId()) {
  const folder = path.join(libraryFolder, "sessions");
  const file = path.join(folder, `${id}.jsonl`);
  let isTorn: boolean | undefined;
  return {
    id,
    /** Adds rows, thumbnails left out. At once: a program that is killed has no later. Throws what the disk throws. */
    add: (rows: readonly SessionRow[]): void => {
      mkdirSync(folder, { recursive: true });
      // What is put behind half a line would be lost with it.
      isTorn ??= endsInHalfALine(file);
      const text = rows.map((row) => `${JSON.stringify(row, withoutPictures)}\n`).join("");
      appendFileSync(file, isTorn ? `\n${text}` : text);
      isTorn = false;
    },
  };
}

function endsInHalfALine(file: string): boolean {
  return existsSync(file) && !/(?:^|\n)$/.test(readFileSync(file, "utf8"));
}

export async function readSession(libraryFolder: string, id: string): Promise<SavedSession | undefined> {
  if (!/^[\w-]+$/.test(id)) return undefined;
  const file = path.join(libraryFolder, "sessions", `${id}.jsonl`);
  try {
    const { mtimeMs } = await stat(file);
    const rows = (await readFile(file, "utf8")).split("\n").flatMap(parseRow);
    const mended = endOf(rows);
    const all = [...rows, ...mended];
    const blocks = all.flatMap((row) => ("block" in row ? [row.block] : []));
    const messages = all.flatMap((row) => ("message" in row ? [row.message] : []));
    const asked = blocks.filter((block) => block.type === "question");
    return {
      id,
      title: plainText(asked[0]?.text ?? "", 60),
      messages,
      blocks,
      at: mtimeMs,
      questions: asked.length,
      mended,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Those in which something was asked, the last used first. */
export async function listSessions(libraryFolder: string): Promise<readonly SavedSession[]> {
  const names = await readdir(path.join(libraryFolder, "sessions")).catch(() => []);
  const ids = names.flatMap((name) => (name.endsWith(".jsonl") ? [name.slice(0, -6)] : []));
  const newest = ids.sort().reverse().slice(0, mostListed);
  const found = await Promise.all(newest.map((id) => readSession(libraryFolder, id)));
  return found.flatMap((one) => (one && one.questions > 0 ? [one] : [])).sort((a, b) => b.at - a.at);
}

/** What is missing at the end of a file whose last turn was cut off; empty where the turn came to its end. */
function endOf(rows: readonly SessionRow[]): readonly SessionRow[] {
  const turn = rows.slice(rows.findLastIndex((row) => "message" in row) + 1);
  const partials = turn.flatMap((row) => ("partial" in row ? [row.partial] : []));
  const said = rows.findLast((row) => "message" in row)?.message;
  const asked = rows.findLast((row) => "block" in row)?.block.type === "question";
  const over = said === undefined || said.role === "system" || isAnswer(said);
  if (partials.length === 0 && over && !asked) return [];
  const text = partials.map(({ more }) => more).join("");
  const shown = partials.at(-1)?.shown ?? "";
  return [
    ...(text === "" ? [] : [{ message: { role: "assistant", text } } as const]),
    ...(shown.trim() === "" ? [] : [{ block: { type: "answer", text: shown } } as const]),
    { block: { type: "stopped" } },
  ];
}

function isAnswer(message: ChatMessage): boolean {
  return message.role === "assistant" && (message.toolCalls ?? []).length === 0;
}

function newId(): string {
  const random = Math.floor(Math.random() * 36 ** 3).toString(36);
  return `${new Date().toISOString().slice(0, 19).replace(/[:]/g, "-")}-${process.pid.toString(36)}${random}`;
}

function withoutPictures(key: string, value: unknown): unknown {
  return key === "thumbnail" ? undefined : value;
}

/** The last line of a program that was killed may be half a line. */
function parseRow(text: string): readonly SessionRow[] {
  try {
    const row: unknown = JSON.parse(text);
    const known =
      row !== null && typeof row === "object" && ("message" in row || "block" in row || "partial" in row);
    return known ? [row as SessionRow] : [];
  } catch {
    return [];
  }
}
