import { readdirSync } from "node:fs";
import path from "node:path";
import { plainText } from "../media/plain-text.ts";
import type { Suggestion } from "./chat-state.ts";

const mostShown = 50;

/** Folders that a path being typed can go on to; hidden ones only where a dot was typed. */
export function folderSuggestions(typed: string): readonly Suggestion[] {
  const cut = typed.lastIndexOf("/") + 1;
  const above = typed.slice(0, cut);
  const begun = typed.slice(cut);
  if (above === "" && begun.startsWith("-")) return [];
  return foldersIn(path.resolve(expandHome(above || ".")))
    .filter((name) => begun.startsWith(".") || !name.startsWith("."))
    .slice(0, mostShown)
    .map((name) => ({ label: `${above}${plainText(name, 80)}/`, detail: "", text: `${above}${name}/` }));
}

export function expandHome(given: string): string {
  return given.replace(/^~(?=\/|$)/, process.env.HOME ?? "~");
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
      .sort();
  } catch {
    return [];
  }
}
