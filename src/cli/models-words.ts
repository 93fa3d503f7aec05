import { plainText } from "../media/plain-text.ts";
import { type CliMessages, cliMessages } from "../messages/cli.ts";

export type SayModels = CliMessages["models"];

/** Nothing is asked in these commands, so the locale chooses the language. */
export function sayModels(): SayModels {
  return cliMessages("", process.env).models;
}

export function shortRevision(revision: string): string {
  return plainText(revision.slice(0, 10), 10);
}

export function fileNames(files: readonly string[]): string {
  return plainText(files.join(", "), 300);
}
