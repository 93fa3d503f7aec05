import path from "node:path";
import type { CaptionEvent } from "../indexing/caption-library.ts";
import { plainText } from "../media/plain-text.ts";
import { cliMessages } from "../messages/cli.ts";
import { exitStatus } from "./exit.ts";
import { printJson, printLine } from "./output.ts";
import { showStatus } from "./status-line.ts";

/** Prints what captioning says of itself, and answers the exit status. */
export async function followCaptions(events: AsyncIterable<CaptionEvent>, json: boolean): Promise<number> {
  let status: number = exitStatus.done;
  for await (const event of events) {
    if (json) printJson(event);
    else print(event);
    if (event.type !== "caption-end") continue;
    if (event.failed.length > 0) status = exitStatus.someUnreadable;
    if (event.interrupted) status = exitStatus.interrupted;
  }
  return status;
}

function print(event: CaptionEvent): void {
  const { captions: say, index } = cliMessages("", process.env);
  switch (event.type) {
    case "caption-plan":
      process.stderr.write(`${say.plan(event)}\n`);
      break;
    case "caption-progress":
      showStatus(
        say.progress(
          event.done,
          event.total,
          event.etaMs,
          `${plainText(path.basename(event.path), 40)}: ${event.text}`,
        ),
      );
      break;
    case "caption-end":
      showStatus("");
      for (const { path: file, message, remedy } of event.failed) {
        process.stderr.write(
          `${plainText(file, 500)}\n  ${plainText(message, 500)}\n  → ${plainText(remedy, 500)}\n`,
        );
      }
      if (event.interrupted) process.stderr.write(`${index.interrupted}\n`);
      printLine(say.end(event.written, event.wordless));
      break;
    default:
      event satisfies never;
  }
}
