import { existsSync } from "node:fs";
import path from "node:path";
import { Failure } from "../media/failure.ts";
import { tuiMessages } from "../messages/tui.ts";
import { chatModels } from "./chat-models.ts";
import type { CommandContext } from "./command-context.ts";
import { drawsOn } from "./early-chat.ts";
import { exitStatus } from "./exit.ts";

export interface ChatCommandOptions {
  readonly print?: string;
  readonly outputFormat?: "text" | "json" | "stream-json";
  readonly continue?: boolean;
  readonly resume?: string | true;
  readonly screenReader?: boolean;
}

/** The chat; with `-p`, or a question on stdin, one answer and no chat. */
export async function runChat(
  paths: readonly string[],
  options: ChatCommandOptions,
  context: CommandContext,
): Promise<number> {
  refuseUnknownPath(paths[0]);
  if (options.continue || options.resume) await refuseWithoutTerminal(options, context);
  const question = options.print ?? (process.stdin.isTTY ? undefined : await readAll(process.stdin));
  if (question !== undefined || !process.stdout.isTTY)
    return answerOnce(question ?? "", paths, options, context);
  const { config } = context;
  const { startChat } = await import("../tui/start.ts");
  const say = tuiMessages(process.env);
  const plain = options.screenReader || !drawsOn(process, process.env);
  const { paintFor } = await import("../tui/paint-for.ts");
  const paint = paintFor(process.env);
  const session = await sessionOf(options, config.library);
  await using chat = startChat({
    libraryFolder: config.library,
    openApp: async () => (await import("../app.ts")).openApp(config),
    openPage: async (app, token) => {
      const { openLibraryPage } = await import("../http/serve.ts");
      const { ownVersion } = await import("../own-version.ts");
      return openLibraryPage(app, { token, config, version: ownVersion(), report: () => {} });
    },
    models: chatModels(config, say),
    say,
    ...(paths[0] === undefined ? {} : { under: path.resolve(paths[0]) }),
    shows: { links: !plain && paint.links, pictures: !plain && paint.colour !== "none" },
    ...session,
  });
  context.signal.addEventListener("abort", () => chat.leave());
  if (context.signal.aborted) chat.leave();
  if (plain) await (await import("../tui/run-plain.ts")).runPlain(chat);
  else await (await import("../tui/run-ink.ts")).runInk(chat, process.env);
  return context.signal.aborted ? exitStatus.interrupted : exitStatus.done;
}

/** Also what a mistyped command comes to, since the chat is what opens without one. */
function refuseUnknownPath(given: string | undefined): void {
  if (given === undefined || existsSync(given)) return;
  throw new Failure({
    code: "invalid-input",
    message: `${given} is neither a command nor a file or folder.`,
    remedy: "`sightline --help` lists the commands.",
  });
}

async function answerOnce(
  question: string,
  [under]: readonly string[],
  { outputFormat }: ChatCommandOptions,
  context: CommandContext,
): Promise<number> {
  if (question.trim() === "") {
    throw new Failure({
      code: "invalid-input",
      message: "There is no question, and no terminal to ask one in.",
      remedy: 'Give one: sightline -p "when does the red car pass?"',
    });
  }
  const options = {
    ...(outputFormat ? { outputFormat } : {}),
    ...(under === undefined ? {} : { in: under }),
  };
  const { runAsk } = await import("./ask-command.ts");
  return runAsk([question], options, context);
}

async function sessionOf(options: ChatCommandOptions, library: string) {
  if (!options.continue && options.resume === undefined) return undefined;
  const { listSessions, readSession } = await import("../tui/sessions.ts");
  const named = typeof options.resume === "string" ? options.resume : undefined;
  if (named === undefined && options.resume) {
    const choose = await listSessions(library);
    if (choose.length > 0) return { choose };
  }
  const session = named === undefined ? (await listSessions(library))[0] : await readSession(library, named);
  if (session) return { session };
  throw new Failure({
    code: "not-found",
    message:
      named === undefined
        ? "There is no saved conversation yet."
        : `No saved conversation is named ${named}.`,
    remedy: "Start one with `sightline`; /sessions lists those that are there.",
  });
}

/** A conversation is gone on with at a terminal; without one the answer names those that are there. */
async function refuseWithoutTerminal(
  { print }: ChatCommandOptions,
  { config }: CommandContext,
): Promise<void> {
  if (print === undefined && process.stdin.isTTY && process.stdout.isTTY) return;
  const { listSessions } = await import("../tui/sessions.ts");
  const { sessionFacts } = await import("../tui/session-picker.ts");
  const say = tuiMessages(process.env);
  const rows = (await listSessions(config.library))
    .slice(0, 20)
    .map((one) => `  ${one.id}  ${one.title} · ${sessionFacts(one, say)}`);
  process.stderr.write(rows.map((row) => `${row}\n`).join(""));
  throw new Failure({
    code: "invalid-input",
    message: "A saved conversation is gone on with in the chat, at a terminal.",
    remedy: "Run `sightline -r ID` there; -p alone answers one question.",
  });
}

async function readAll(input: NodeJS.ReadStream): Promise<string> {
  let text = "";
  for await (const chunk of input.setEncoding("utf8")) text += String(chunk);
  return text;
}
