import { appendFile, mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ChatMessage } from "../chat/chat-model.ts";
import { plainText } from "../media/plain-text.ts";
import type { Block } from "./view.ts";

/** One line of a session's file: a message of the conversation, or finished blocks of the screen. */
type Row = { readonly message: ChatMessage } | { readonly block: Block };

export interface SavedSession {
  readonly id: string;
  readonly title: string;
  readonly messages: readonly ChatMessage[];
  readonly blocks: readonly Block[];
}

/** A session's file in `sessions/` of the library folder; made with the first line. */
export function openSessionFile(libraryFolder: string, id: string = newId()) {
  const folder = path.join(libraryFolder, "sessions");
  let last: Promise<void> = Promise.resolve();
  return {
    id,
    /** Adds rows in the order of the calls; thumbnails are left out, they are decoded again from the files. */
    add: (rows: readonly Row[]): Promise<void> => {
      const text = rows.map((row) => `${JSON.stringify(row, withoutPictures)}\n`).join("");
      last = last.then(async () => {
        await mkdir(folder, { recursive: true });
        await appendFile(path.join(folder, `${id}.jsonl`), text);
      });
      return last;
    },
  };
}

export async function readSession(libraryFolder: string, id: string): Promise<SavedSession | undefined> {
  if (!/^[\w-]+$/.test(id)) return undefined;
  try {
    const text = await readFile(path.join(libraryFolder, "sessions", `${id}.jsonl`), "utf8");
    const rows = text.split("\n").flatMap(parseRow);
    const blocks = rows.flatMap((row) => ("block" in row ? [row.block] : []));
    const messages = rows.flatMap((row) => ("message" in row ? [row.message] : []));
    const first = blocks.find((block) => block.type === "question");
    return { id, title: plainText(first?.text ?? "", 60), messages, blocks };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Newest first. */
export async function listSessions(libraryFolder: string): Promise<readonly SavedSession[]> {
  const names = await readdir(path.join(libraryFolder, "sessions")).catch(() => []);
  const ids = names.flatMap((name) => (name.endsWith(".jsonl") ? [name.slice(0, -6)] : []));
  const found = await Promise.all(
    ids
      .sort()
      .reverse()
      .map((id) => readSession(libraryFolder, id)),
  );
  return found.filter((one) => one !== undefined);
}

function newId(): string {
  return `${new Date().toISOString().slice(0, 19).replace(/[:]/g, "-")}-${process.pid.toString(36)}`;
}

function withoutPictures(key: string, value: unknown): unknown {
  return key === "thumbnail" ? undefined : value;
}

/** The last line of a program that was killed may be half a line. */
function parseRow(text: string): readonly Row[] {
  try {
    const row: unknown = JSON.parse(text);
    return row !== null && typeof row === "object" && ("message" in row || "block" in row)
      ? [row as Row]
      : [];
  } catch {
    return [];
  }
}
