import path from "node:path";
import { openApp } from "../app.ts";
import type { IndexEvent } from "../indexing/index-event.ts";
import { Failure } from "../media/failure.ts";
import { plainText } from "../media/plain-text.ts";
import { type CliMessages, cliMessages } from "../messages/cli.ts";
import { followCaptions } from "./caption-events.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { printJson, printLine } from "./output.ts";
import { showStatus } from "./status-line.ts";

interface IndexCommandOptions {
  readonly watch?: boolean;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly json?: boolean;
  /** After indexing, let whatever sees write a sentence for each shot. */
  readonly captions?: boolean;
}

type IndexEnd = Extract<IndexEvent, { type: "index-end" }>;

export async function runIndex(
  paths: readonly string[],
  { watch = false, dryRun = false, wait = false, json = false, captions = false }: IndexCommandOptions,
  { config, signal }: CommandContext,
): Promise<number> {
  const say = cliMessages("", process.env).index;
  const roots = paths.map((root) => path.resolve(root));
  if (captions && watch) throw captionsWhileWatching();
  await using app = openApp(config);
  // Before hours of indexing, not after them: whether there are eyes at all.
  const caption = captions ? await app.openCaptions() : undefined;
  let end: IndexEnd | undefined;
  for await (const event of app.index({ roots, watch, wait, dryRun }, signal)) {
    if (json) printJson(event);
    else print(event, say, dryRun);
    if (event.type === "index-end") end = event;
  }
  const status = statusOf(end, watch);
  if (!caption || signal.aborted) return status;
  const captioned = await followCaptions(caption({ roots, wait, dryRun }, signal), json);
  return captioned === exitStatus.done ? status : captioned;
}

function captionsWhileWatching(): Failure {
  return new Failure({
    code: "invalid-input",
    message: "--captions and --watch do not go together.",
    remedy: "Watch in one window, and run `sightline index --captions` when there is time for it.",
  });
}

/** Stopping is how watching ends: no failure. */
function statusOf(end: IndexEnd | undefined, watch: boolean): number {
  if (end?.interrupted && !watch) return exitStatus.interrupted;
  return end && end.failed.length > 0 ? exitStatus.someUnreadable : exitStatus.done;
}

function print(event: IndexEvent, say: CliMessages["index"], dryRun: boolean): void {
  const name = (file: string) => plainText(path.basename(file), 60);
  switch (event.type) {
    case "index-waiting":
      process.stderr.write(`${say.waiting(event.holder.pid, event.holder.host)}\n`);
      break;
    case "index-plan":
      process.stderr.write(`${say.plan(event)}; ${say.estimate(event.estimate.ms, event.estimate.bytes)}\n`);
      for (const root of event.notMounted) process.stderr.write(`${say.notMounted(plainText(root, 500))}\n`);
      break;
    case "index-progress":
      showStatus(say.progress(event.done, event.total, event.rate, event.etaMs, name(event.path)));
      break;
    case "index-file":
      showStatus("");
      process.stderr.write(`${fileLine(event, say)}\n`);
      break;
    case "index-end":
      showStatus("");
      printEnd(event, say, dryRun);
      break;
    default:
      event satisfies never;
  }
}

function fileLine(event: Extract<IndexEvent, { type: "index-file" }>, say: CliMessages["index"]): string {
  const segments = event.segments === undefined ? "" : `  (${say.segments(event.segments)})`;
  return `${say.status[event.status]}  ${plainText(event.path, 500)}${segments}`;
}

function printEnd(end: IndexEnd, say: CliMessages["index"], dryRun: boolean): void {
  if (end.interrupted) process.stderr.write(`${say.interrupted}\n`);
  printLine(dryRun ? say.dryRun : say.end(end));
  if (end.failed.length === 0) return;
  process.stderr.write(`${say.failures(end.failed.length)}\n`);
  for (const { path: file, message, remedy } of end.failed) {
    process.stderr.write(
      `  ${plainText(file, 500)}\n    ${plainText(message, 500)}\n    → ${plainText(remedy, 500)}\n`,
    );
  }
}
