import { appendFileSync, mkdirSync, readFileSync, statSync } from "node:fs";
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
  /** What the file held. */
  readonly rows: readonly SessionRow[];
  /** How long it was. */
  readonly bytes: number;
}

/** Where in the sessions of a library a chat writes. */
export interface SessionFile {
  /**
   * Adds rows, thumbnails left out. At once: a program that is killed has no later. Adds nothing and gives false where
   * another program has written there since. Throws what the disk throws.
   */
  add(rows: readonly SessionRow[]): boolean;
}

const mostListed = 200;

/** A session's file in `sessions/` of the library folder, as it was read, or a new one: made with the first line. */
export function openSessionFile(
  libraryFolder: string,
  { id, bytes }: Pick<SavedSession, "id" | "bytes"> = { id: newId(), bytes: 0 },
): SessionFile {
  const folder = path.join(libraryFolder, "sessions");
  const file = path.join(folder, `${id}.jsonl`);
  let known = bytes;
  let isTorn: boolean | undefined;
  return {
    add: (rows) => {
      mkdirSync(folder, { recursive: true });
      if (sizeOf(file) !== known) return false;
      // What is put behind half a line would be lost with it.
      isTorn ??= known > 0 && !readFileSync(file, "utf8").endsWith("\n");
      const text = rows.map((row) => `${JSON.stringify(row, withoutPictures)}\n`).join("");
      const written = isTorn ? `\n${text}` : text;
      appendFileSync(file, written);
      isTorn = false;
      known += Buffer.byteLength(written);
      return true;
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

export async function readSession(libraryFolder: string, id: string): Promise<SavedSession | undefined> {
  if (!/^[\w-]+$/.test(id)) return undefined;
  const file = path.join(libraryFolder, "sessions", `${id}.jsonl`);
  try {
    const { mtimeMs } = await stat(file);
    const content = await readFile(file);
    const rows = content.toString("utf8").split("\n").flatMap(parseRow);
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
      rows,
      bytes: content.length,
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
