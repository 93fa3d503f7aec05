import path from "node:path";
import { openApp } from "../app.ts";
import type { Finding } from "../media/citation.ts";
import { Failure } from "../media/failure.ts";
import type { MediaKind } from "../media/media-item.ts";
import { plainText } from "../media/plain-text.ts";
import { formatSpan } from "../media/time-code.ts";
import { cliMessages } from "../messages/cli.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { printJson, printLine } from "./output.ts";
import { hitsJson } from "./result-json.ts";

interface SearchOptions {
  readonly image?: string;
  readonly clip?: string;
  readonly kind?: MediaKind;
  readonly in?: string;
  readonly limit: number;
  readonly json?: boolean;
}

export async function runSearch(
  words: readonly string[],
  options: SearchOptions,
  { config, signal }: CommandContext,
): Promise<number> {
  const text = words.join(" ").trim();
  if (!text && !options.image && !options.clip) {
    throw new Failure({
      code: "invalid-input",
      message: "Nothing to search for.",
      remedy:
        'Give words, a picture or a clip: sightline search "red car", --image still.png, --clip party.mp4#t=12,18',
    });
  }
  await using app = openApp(config);
  const scope = options.in === undefined ? {} : { under: path.resolve(options.in) };
  const library = await app.openLibrary({ ...scope, searchOnly: true });
  const { findings, coverage } = await library.find(
    {
      limit: options.limit,
      ...(text ? { text } : {}),
      ...(options.image ? { imageFile: path.resolve(options.image) } : {}),
      ...(options.clip ? { clip: options.clip } : {}),
      ...(options.kind ? { kind: options.kind } : {}),
    },
    signal,
  );
  if (options.json) {
    printJson(hitsJson(findings, coverage));
    return exitStatus.done;
  }
  const say = cliMessages(text, process.env);
  if (findings.length === 0) printLine(say.nothingFound(say.examined(coverage)));
  for (const [index, finding] of findings.entries()) printFinding(index + 1, finding);
  if (coverage.unknownWords.length > 0) printLine(say.unknownWords(coverage.unknownWords));
  return exitStatus.done;
}

function printFinding(number: number, finding: Finding): void {
  const place = [plainText(path.basename(finding.path), 80), formatSpan(finding.span)]
    .filter(Boolean)
    .join("  ");
  printLine(`${String(number).padStart(2)}  ${place}  (${finding.source})`);
  if (finding.text) printLine(`    ${plainText(finding.text, 160)}`);
}
