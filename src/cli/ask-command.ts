import path from "node:path";
import type { AgentEvent } from "../agent/agent-event.ts";
import { openApp } from "../app.ts";
import { plainText } from "../media/plain-text.ts";
import { formatSpan } from "../media/time-code.ts";
import { type CliMessages, cliMessages } from "../messages/cli.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { printJson, printLine } from "./output.ts";
import { answerJson, logToolCall, type RunEnd, type ToolCallLog } from "./result-json.ts";
import { showStatus } from "./status-line.ts";

interface AskOptions {
  readonly think?: boolean;
  readonly in?: string;
  readonly json?: boolean;
  readonly outputFormat?: "text" | "json" | "stream-json";
}

export async function runAsk(
  words: readonly string[],
  options: AskOptions,
  { config, signal }: CommandContext,
): Promise<number> {
  const question = words.join(" ").trim();
  const format = options.outputFormat ?? (options.json ? "json" : "text");
  const say = cliMessages(question, process.env);
  await using app = openApp(config);
  const library = await app.openLibrary(options.in === undefined ? {} : { under: path.resolve(options.in) });
  const thinking = options.think ? "on" : "auto";
  const run = library.ask(question, await library.startConversation(), { thinking }, signal);
  const { end, calls } = await follow(run, format, say);
  if (format === "json") printJson(answerJson(end, library.model.name, calls));
  if (format === "text") printAnswer(end, say);
  if (end.reason === "aborted") return exitStatus.interrupted;
  return end.reason === "failed" ? exitStatus.failed : exitStatus.done;
}

async function follow(run: AsyncIterable<AgentEvent>, format: string, say: CliMessages) {
  const calls: ToolCallLog[] = [];
  let end: RunEnd | undefined;
  for await (const event of run) {
    if (format === "stream-json") printJson(event);
    logToolCall(calls, event);
    if (event.type === "tool-start" && format === "text") showStatus(say.working(event.name));
    if (event.type === "run-end") end = event;
  }
  if (!end) throw new Error("The run ended without a run-end event.");
  return { end, calls };
}

function printAnswer(end: RunEnd, say: CliMessages): void {
  showStatus("");
  for (const line of end.answer.split("\n")) printLine(plainText(line, 4_000));
  if (end.citations.length > 0) printLine("");
  for (const [index, citation] of end.citations.entries()) {
    const place = [plainText(path.basename(citation.path), 80), formatSpan(citation.span)]
      .filter(Boolean)
      .join("  ");
    printLine(`  [${index + 1}] ${place}  ${say.check(citation.check)}`);
  }
  for (const warning of end.warnings) process.stderr.write(`${plainText(warning, 500)}\n`);
  if (end.failure)
    process.stderr.write(`sightline: ${plainText(end.failure.message, 2_000)}\n  → ${end.failure.remedy}\n`);
}
