import { flagsWithValue } from "./early-flags.ts";

const flags = new Set(["chat", "-c", "--continue"]);

/** Whether this command line opens the chat and nothing else; false where that takes more than a look. */
export function opensChat(args: readonly string[]): boolean {
  return args.every((arg, i) => {
    const isValue = flagsWithValue.has(args[i - 1] ?? "");
    return isValue || flags.has(arg) || flagsWithValue.has(arg.split("=")[0] ?? "");
  });
}

/** Whether the chat draws on this terminal, and does not only print lines. */
export function drawsOn(
  { stdin, stdout }: { stdin: { isTTY?: boolean }; stdout: { isTTY?: boolean } },
  env: NodeJS.ProcessEnv,
): boolean {
  return Boolean(stdin.isTTY && stdout.isTTY) && env.TERM !== "dumb" && !env.CI;
}

/** Shows the prompt and keeps what is typed while the rest is loaded. */
export async function showPromptEarly(env: NodeJS.ProcessEnv): Promise<void> {
  const { tuiMessages } = await import("../messages/tui.ts");
  const { showFirstPrompt } = await import("../tui/first-prompt.ts");
  showFirstPrompt(env, tuiMessages(env));
}
