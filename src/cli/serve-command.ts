import { openApp } from "../app.ts";
import { serveLibrary } from "../http/serve.ts";
import { cliMessages } from "../messages/cli.ts";
import { ownVersion } from "../own-version.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { printLine } from "./output.ts";

interface ServeCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly token?: string;
}

/** Serves the page, the API and MCP until it is interrupted. */
export async function runServe(
  _positional: readonly string[],
  { port, host, token }: ServeCommandOptions,
  { config, signal }: CommandContext,
): Promise<number> {
  const say = cliMessages("", process.env).serve;
  await using app = openApp(config);
  await using serving = await serveLibrary(app, {
    port,
    host,
    config,
    version: ownVersion(),
    report: (error) =>
      process.stderr.write(`sightline: ${error instanceof Error ? error.stack : String(error)}\n`),
    ...(token === undefined ? {} : { token }),
  });
  printLine(say.listening(serving.link));
  process.stderr.write(`${say.stop}\n`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  return exitStatus.done;
}
