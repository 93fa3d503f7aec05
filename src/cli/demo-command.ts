import path from "node:path";
import type { Conversation } from "../agent/conversation.ts";
import { type App, openApp } from "../app.ts";
import { evaluateAnswer, type Verdict } from "../demo/evaluate.ts";
import { demoPaths, renderDemoLibrary } from "../demo/library.ts";
import type { DemoQuestion } from "../demo/question.ts";
import { demoQuestions } from "../demo/questions.ts";
import { demoReport, verdictLines } from "../demo/report.ts";
import type { IndexEvent } from "../indexing/index-event.ts";
import type { Library } from "../library.ts";
import { Failure } from "../media/failure.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { printJson, printLine } from "./output.ts";
import { answerJson, hitsJson, logToolCall, type RunEnd, type ToolCallLog } from "./result-json.ts";
import { showStatus } from "./status-line.ts";

interface DemoOptions {
  readonly seed: number;
  readonly json?: boolean;
}

/** Renders a library whose truth is known, indexes it, asks about it, and fails when one answer is wrong. */
export async function runDemo(
  _positional: readonly string[],
  { seed, json = false }: DemoOptions,
  { config, signal }: CommandContext,
): Promise<number> {
  const folder = path.join(config.library, "demo", `seed-${seed}`);
  const rendered = path.join(folder, "files");
  const library = path.join(folder, "library");
  const { media } = demoPaths(rendered);
  const say = (text: string) => process.stderr.write(`${text}\n`);

  const started = performance.now();
  const report = (fraction: number) => showStatus(`rendering ${Math.round(fraction * 100)} %`);
  const truth = await renderDemoLibrary(rendered, { seed, signal, report });
  showStatus("");
  say(`Rendered: ${media} (${seconds(started)})`);

  const { index: _, ...settings } = config;
  await using app = openApp({ ...settings, library });
  const indexStarted = performance.now();
  const end = await indexAll(app, media, signal);
  say(`Indexed: ${end.added} added, ${end.unchanged} unchanged (${seconds(indexStarted)})`);

  const verdicts: Verdict[] = [];
  const ask = questioner(app, rendered, signal);
  for (const question of demoQuestions(truth)) {
    showStatus(question.text);
    verdicts.push(evaluateAnswer(question, await ask(question), media));
    showStatus("");
    if (!json) for (const line of verdictLines(verdicts.at(-1) as Verdict)) say(line);
  }
  if (json) printJson({ seed, media, library, verdicts });
  else printLine(demoReport(verdicts));
  say(`Ask on: sightline --library "${library}" ask "when does someone enter the room?"`);
  return verdicts.every((verdict) => verdict.right) && end.failed.length === 0
    ? exitStatus.done
    : exitStatus.failed;
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

type IndexEnd = Extract<IndexEvent, { type: "index-end" }>;

async function indexAll(app: App, media: string, signal: AbortSignal): Promise<IndexEnd> {
  let end: IndexEnd | undefined;
  for await (const event of app.index({ roots: [media], wait: true }, signal)) {
    if (event.type === "index-progress")
      showStatus(`indexing ${event.done}/${event.total} ${path.basename(event.path)}`);
    if (event.type === "index-end") end = event;
  }
  showStatus("");
  signal.throwIfAborted();
  if (!end) throw new Error("Indexing ended without an index-end event.");
  for (const failure of end.failed) process.stderr.write(`${failure.path}: ${failure.message}\n`);
  return end;
}

/** Asks as the command line does, and answers with the JSON that it would print. */
function questioner(app: App, rendered: string, signal: AbortSignal) {
  const { media } = demoPaths(rendered);
  const conversations = new Map<string, { library: Library; conversation: Conversation }>();
  return async (question: DemoQuestion): Promise<Record<string, unknown>> => {
    if (question.kind === "search") {
      const library = await app.openLibrary();
      const request = { imageFile: path.join(rendered, question.image), limit: 10 };
      const { findings, coverage } = await library.find(request, signal);
      return hitsJson(findings, coverage);
    }
    const earlier = question.after === undefined ? undefined : conversations.get(question.after);
    const library =
      earlier?.library ??
      (await app.openLibrary(question.in ? { under: path.join(media, question.in) } : {}));
    const conversation = earlier?.conversation ?? (await library.startConversation());
    conversations.set(question.id, { library, conversation });
    return askOnce(library, conversation, question.text, signal);
  };
}

async function askOnce(
  library: Library,
  conversation: Conversation,
  question: string,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const calls: ToolCallLog[] = [];
  let end: RunEnd | undefined;
  for await (const event of library.ask(question, conversation, { thinking: "auto" }, signal)) {
    logToolCall(calls, event);
    if (event.type === "run-end") end = event;
  }
  if (end?.reason === "aborted") {
    throw new Failure({ code: "interrupted", message: "The demo was stopped.", remedy: "sightline demo" });
  }
  if (!end) throw new Error("The run ended without a run-end event.");
  return answerJson(end, library.model.name, calls);
}
