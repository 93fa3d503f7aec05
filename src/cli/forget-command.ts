import path from "node:path";
import { openApp } from "../app.ts";
import { Failure } from "../media/failure.ts";
import { plainText } from "../media/plain-text.ts";
import { cliMessages } from "../messages/cli.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { printJson, printLine } from "./output.ts";

interface ForgetCommandOptions {
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly json?: boolean;
}

export async function runForget(
  given: readonly string[],
  { dryRun = false, wait = false, json = false }: ForgetCommandOptions,
  { config, signal }: CommandContext,
): Promise<number> {
  if (given.some((one) => one.trim() === "")) throw namesNothing();
  const { forget: say, index } = cliMessages("", process.env);
  const paths = given.map((one) => path.resolve(one));
  await using app = openApp(config);
  const onWaiting = ({ pid, host }: { readonly pid: number; readonly host: string }) =>
    void process.stderr.write(`${index.waiting(pid, host)}\n`);
  const forgotten = await app.forget({ paths, dryRun, wait, onWaiting }, signal);
  if (json) {
    printJson({ type: "forget-end", ...forgotten, dryRun });
    return exitStatus.done;
  }
  printLine(dryRun ? say.wouldForget(forgotten) : say.done(forgotten));
  for (const root of forgotten.roots) process.stderr.write(`${say.root(plainText(root, 500))}\n`);
  for (const place of forgotten.excluded) process.stderr.write(`${say.excluded(plainText(place, 500))}\n`);
  return exitStatus.done;
}

/** `""` would mean the folder that one stands in: what a script's empty variable must not forget. */
function namesNothing(): Failure {
  return new Failure({
    code: "invalid-input",
    message: "A path is empty.",
    remedy: 'Name files and folders: sightline forget "/home/me/Videos"',
  });
}
