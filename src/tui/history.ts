import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

const mostKept = 500;

/** What was asked before, oldest first. */
export interface History {
  entries(): readonly string[];
  add(text: string): void;
}

/** Kept in `history.jsonl` of a library folder: a JSON string a line. A folder that cannot be written loses it. */
export function openHistory(libraryFolder: string): History {
  const file = path.join(libraryFolder, "history.jsonl");
  let entries: string[] | undefined;
  const load = () => {
    entries ??= readEntries(file);
    return entries;
  };
  return {
    entries: load,
    add: (text) => {
      const known = load();
      if (known.at(-1) === text) return;
      known.push(text);
      try {
        mkdirSync(libraryFolder, { recursive: true });
        appendFileSync(file, `${JSON.stringify(text)}\n`);
      } catch {
        // The question itself matters more than its place in the history.
      }
    },
  };
}

function readEntries(file: string): string[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .flatMap((row) => {
        const value = parse(row);
        return typeof value === "string" ? [value] : [];
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
