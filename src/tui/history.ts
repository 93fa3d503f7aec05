import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { WaitingQuestion } from "./chat-state.ts";

const mostKept = 500;

/** What was asked before, oldest first. */
export interface History {
  entries(): readonly WaitingQuestion[];
  add(question: WaitingQuestion): void;
}

const attachment = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("image"), path: z.string() }),
  z.object({ kind: z.literal("clip"), path: z.string(), startMs: z.number(), endMs: z.number() }),
]);
const entry = z.union([
  z.string().transform((text) => ({ text, attachments: [] })),
  z.object({ text: z.string(), attachments: z.array(attachment) }),
]);

/**
 * Kept in `history.jsonl` of a library folder: a line each, a JSON string, or an object where something was attached. A
 * folder that cannot be written loses it.
 */
export function openHistory(libraryFolder: string): History {
  const file = path.join(libraryFolder, "history.jsonl");
  let entries: WaitingQuestion[] | undefined;
  const load = () => {
    entries ??= readEntries(file);
    return entries;
  };
  return {
    entries: load,
    add: ({ text, attachments }) => {
      const known = load();
      const row = JSON.stringify(attachments.length === 0 ? text : { text, attachments });
      const last = known.at(-1);
      if (last?.text === text && JSON.stringify(last.attachments) === JSON.stringify(attachments)) return;
      known.push({ text, attachments });
      try {
        mkdirSync(libraryFolder, { recursive: true });
        appendFileSync(file, `${row}\n`);
      } catch {
        // The question itself matters more than its place in the history.
      }
    },
  };
}

function readEntries(file: string): WaitingQuestion[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .flatMap((row) => {
        const { data } = entry.safeParse(parse(row));
        return data === undefined ? [] : [data];
      })
      .slice(-mostKept);
  } catch {
    return [];
  }
}

function parse(row: string): unknown {
  try {
    return JSON.parse(row);
  } catch {
    return undefined;
  }
}
