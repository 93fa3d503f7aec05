import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { ConfigOverrides } from "../config.ts";
import { ownVersion } from "../own-version.ts";
import { endFirstPrompt } from "../tui/first-prompt.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus, exitStatusOf } from "./exit.ts";
import { abortOnInterrupt } from "./interrupt.ts";
import { addModelsCommands, modelsGroup } from "./models-wiring.ts";

export type Run<Options> = (
  positional: readonly string[],
  options: Options,
  context: CommandContext,
) => Promise<number>;

/** Gives a command its code, which is loaded only when it runs. */
export type Wire = <Options>(command: Command, load: () => Promise<Run<Options>>) => void;

/** Runs one command line and answers its exit status. Each command's code is loaded only when it runs. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let status: number = exitStatus.done;
  const program = buildProgram((exit) => {
    status = exit;
  });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
  }
  return status;
}

function buildProgram(setStatus: (status: number) => void): Command {
  const program = new Command("sightline")
    .description("Ask questions about your own videos, pictures and documents, and get the moment cited.")
    .version(ownVersion())
    .option("--library <dir>", "where the index lives (SIGHTLINE_LIBRARY)")
    .option("--index <uri>", "the index on an object store instead: s3://bucket/prefix (SIGHTLINE_INDEX)")
    .addOption(
      new Option("--model <choice>", "what answers (SIGHTLINE_MODEL)").choices([
        "auto",
        "builtin",
        "local",
        "server",
      ]),
    )
    .option("--model-file <gguf>", "a chat model's file, for --model local")
    .option("--mmproj <gguf>", "the model's vision part, for --model local")
    .option("--server-url <url>", "an OpenAI-compatible endpoint, for --model server")
    .option(
      "--encoder <dir|id>",
      "what searches pictures: a model's folder, or an installed one (SIGHTLINE_ENCODER)",
    )
    .exitOverride()
    .configureOutput({
      writeErr: (text) => {
        endFirstPrompt();
        process.stderr.write(text);
      },
    })
    .showHelpAfterError("Run `sightline --help` for the commands.")
    .configureHelp({ showGlobalOptions: true });

  const wire: Wire = (command, load) =>
    command.action(async (...received: unknown[]) => {
      const positional = received
        .slice(0, -2)
        .flat()
        .filter((value): value is string => typeof value === "string");
      setStatus(await execute(await load(), positional, command));
    });

  wire(
    program
      .command("index [paths...]")
      .description("index files and folders, or bring the library up to date when none is named")
      .option("--watch", "stay, and keep the index current")
      .option("--dry-run", "say what would be done, and how long it would take")
      .option("--captions", "then let a model that sees write a sentence for every shot and picture")
      .option("--wait", "wait for another indexer of this library instead of failing")
      .option("--json", "a line of JSON per event"),
    async () => (await import("./index-command.ts")).runIndex,
  );
  wire(
    program
      .command("forget <paths...>")
      .description("take files and folders out of the library; the files themselves are not touched")
      .option("--dry-run", "say what would leave")
      .option("--wait", "wait for an indexer of this library instead of failing")
      .option("--json", "one JSON object"),
    async () => (await import("./forget-command.ts")).runForget,
  );
  wire(
    program
      .command("search [text...]")
      .description("find moments by words, by a picture, by a clip, or by words and picture together")
      .option("--image <file>", "a picture to look for")
      .option("--clip <file#t=a,b>", "a stretch of a video to look for")
      .addOption(
        new Option("--kind <kind>", "only these files").choices(["image", "video", "audio", "document"]),
      )
      .option("--in <path>", "only this file, or files under this folder")
      .option("--limit <n>", "at most this many results", wholeNumber, 10)
      .option("--json", "one JSON object"),
    async () => (await import("./search-command.ts")).runSearch,
  );
  wire(
    program
      .command("ask <question...>")
      .description("answer a question and cite the moments")
      .option("--think", "let the model think first")
      .option("--in <path>", "only this file, or files under this folder")
      .option("--json", "one JSON object")
      .addOption(new Option("--output-format <format>").choices(["text", "json", "stream-json"])),
    async () => (await import("./ask-command.ts")).runAsk,
  );
  addModelsCommands(program, wire);
  wire(
    program
      .command("serve")
      .description("serve the web page, the HTTP API and MCP on this machine")
      .option("--port <n>", "where to listen", portNumber, 7860)
      .option("--host <address>", "another address than this machine's own needs a token", "127.0.0.1")
      .option("--token <text>", "what clients have to send; made for you where it is needed"),
    async () => (await import("./serve-command.ts")).runServe,
  );
  wire(
    program
      .command("chat [path]", { isDefault: true })
      .description("chat about the library in this terminal; what a bare `sightline` opens")
      .option("-p, --print <question>", "answer one question on stdout, without a chat")
      .addOption(new Option("--output-format <format>").choices(["text", "json", "stream-json"]))
      .option("-c, --continue", "go on with the last conversation")
      .option("-r, --resume [id]", "go on with a saved conversation: this one, or one you choose")
      .option("--screen-reader", "plain lines: no spinner, no drawing"),
    async () => (await import("./chat-command.ts")).runChat,
  );
  wire(
    program
      .command("demo")
      .description(
        "render a small library, index it, ask it questions and compare the answers with the truth",
      )
      .option("--seed <n>", "which rendering", wholeNumber, 1)
      .option("--json", "one JSON object"),
    async () => (await import("./demo-command.ts")).runDemo,
  );
  wire(
    program
      .command("doctor")
      .description("say what is installed, what is missing and how to get it")
      .option("--json", "one JSON object"),
    async () => (await import("./doctor-command.ts")).runDoctor,
  );
  wire(
    program
      .command("mcp")
      .description("serve the library to Claude, VS Code and other MCP clients over stdin and stdout")
      .option("--root <dir...>", "a folder that clients may have indexed, besides those indexed before")
      .option("--client-roots", "let clients have the folders indexed that they say they work in"),
    async () => (await import("./mcp-command.ts")).runMcp,
  );
  wire(
    modelsGroup(program)
      .command("engine")
      .description("build llama-server, which runs a chat model with eyes, or install the one you have")
      .option("--binary <file>", "a llama-server to install instead of building one")
      .addOption(
        new Option("--gpu <kind>", "what it computes on beside the processor")
          .choices(["auto", "cuda", "vulkan", "metal", "none"])
          .default("auto"),
      )
      .option("--jobs <n>", "this many compilers at once", wholeNumber)
      .option("--again", "build anew although it is installed")
      .option("--json", "one JSON object"),
    async () => (await import("./engine-command.ts")).runModelsEngine,
  );
  return program;
}

async function execute<Options>(
  run: Run<Options>,
  positional: readonly string[],
  command: Command,
): Promise<number> {
  const interrupt = abortOnInterrupt();
  try {
    const all = command.optsWithGlobals<Options & ConfigOverrides>();
    const { library, index, model, modelFile, mmproj, serverUrl, encoder, hub } = all;
    const flags = Object.fromEntries(
      Object.entries({ library, index, model, modelFile, mmproj, serverUrl, encoder, hub }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    const { loadConfig } = await import("../config.ts");
    const config = loadConfig(flags, process.env);
    return await run(positional, all, { config, signal: interrupt.signal });
  } catch (error) {
    endFirstPrompt();
    return exitStatusOf(error, interrupt.signal);
  }
}

function portNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError("It must be a port number, 0 to 65535 (0: any that is free).");
  return value;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}
