import { plainText } from "../../media/plain-text.ts";

/** The last lines that a program wrote, for the failure that may follow. */
export interface LogTail {
  push(text: string): void;
  /** The last lines that tell of trouble, or the last of all; plain, on one line. */
  trouble(): string;
  includes(text: string): boolean;
}

const keptLines = 60;
const longestLine = 2000;

export function createLogTail(): LogTail {
  const lines: string[] = [];
  let rest = "";
  return {
    push(text) {
      const parts = (rest + text).split(/\r?\n/);
      rest = (parts.pop() ?? "").slice(-longestLine);
      for (const line of parts) if (line.trim() !== "") lines.push(line.slice(0, longestLine));
      lines.splice(0, Math.max(0, lines.length - keptLines));
    },
    trouble() {
      const all = rest.trim() === "" ? lines : [...lines, rest];
      const telling = all.filter((line) =>
        /\bE\b|error|fail|abort|assert|terminate|out of memory/i.test(line),
      );
      const shown = (telling.length > 0 ? telling : all).slice(-3);
      return plainText(shown.map(withoutStamp).join(" | "), 400);
    },
    includes: (text) => rest.includes(text) || lines.some((line) => line.includes(text)),
  };
}

/** "0.00.339.175 I srv  llama_server: model loaded" → "llama_server: model loaded" */
function withoutStamp(line: string): string {
  return line.replace(/^[\d.]+ [A-Z] (?:\w+ +)?/, "").trim();
}
