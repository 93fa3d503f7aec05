import { plainText } from "../media/plain-text.ts";
import { failureOf } from "../media/system-failure.ts";
import { failureIn } from "../messages/failures.ts";
import type { Chat } from "./chat.ts";
import { citationCommands } from "./citation-commands.ts";
import type { Command } from "./command.ts";
import { conversationCommands } from "./conversation-commands.ts";
import { folderSuggestions } from "./folder-suggestions.ts";
import { modelSuggestions, showModel, switchModel } from "./model-command.ts";

const mostFailuresNamed = 10;

/** Whether a text is a command; a path such as /home/me/a.jpg is none. */
export function isCommand(text: string): boolean {
  return /^\/[a-z?]+(?:\s|$)/i.test(text.trim());
}

export function commandNamed(word: string): Command | undefined {
  const name = word.toLowerCase();
  return commands.find((one) => `/${one.name}` === name || (name === "/?" && one.name === "help"));
}

export async function runCommand(chat: Chat, text: string): Promise<void> {
  const [word = ""] = text.split(/\s/, 1);
  const command = commandNamed(word);
  const { store, say } = chat;
  store.add({ type: "command", text });
  if (!command) return store.add({ type: "note", text: say.unknownCommand(word) });
  try {
    const said = await command.run(chat, text.slice(word.length).trim());
    if (said !== undefined)
      store.add({ type: "note", text: said === false ? say.usage(command.usage) : said });
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    store.add({ type: "failure", failure: failureIn(say.language, failure) });
  }
}

const generalCommands: readonly Command[] = [
  {
    name: "help",
    usage: "/help",
    run: async ({ say }) => {
      const narrow = (process.stdout.columns ?? 80) < 70;
      const widest = Math.max(...commands.map(({ usage }) => usage.length));
      const row = ({ name, usage }: Command) =>
        narrow ? `${usage}\n  ${say.commands[name]}` : `${usage.padEnd(widest + 2)}${say.commands[name]}`;
      return [...commands.map(row), "", ...say.keys].join("\n");
    },
  },
  {
    name: "model",
    usage: "/model [NAME | FILE.gguf]",
    complete: modelSuggestions,
    run: async (chat, argument) => (argument === "" ? showModel(chat) : switchModel(chat, argument)),
  },
  {
    name: "think",
    usage: "/think on|off|auto",
    complete: ({ say }) =>
      (["on", "off", "auto"] as const).map((mode) => ({
        label: mode,
        detail: say.thinkingMode(mode),
        text: mode,
      })),
    run: async ({ store, say }, mode) => {
      if (mode !== "on" && mode !== "off" && mode !== "auto") return false;
      store.change({ thinking: mode });
      return say.thinkingMode(mode);
    },
  },
  {
    name: "index",
    usage: "/index PATH | --demo | --stop",
    complete: ({ say }, typed) => [
      ...["--demo", "--stop"].map((label) => ({ label, detail: say.indexChoice(label), text: label })),
      ...folderSuggestions(typed),
    ],
    run: async (chat, argument) => {
      if (argument === "" || (/^--/.test(argument) && !["--demo", "--stop"].includes(argument))) return false;
      const { startIndexing, stopIndexing } = await import("./index-while-chatting.ts");
      return argument === "--stop" ? stopIndexing(chat) : startIndexing(chat, argument);
    },
  },
  {
    name: "forget",
    usage: "/forget PATH [--yes]",
    complete: (_, typed) => folderSuggestions(typed),
    run: async (chat, argument) =>
      argument === "" ? false : (await import("./forget-while-chatting.ts")).forgetPath(chat, argument),
  },
  {
    name: "library",
    usage: "/library",
    run: async (chat) => {
      const { roots, failures, counts } = await (await chat.app()).state();
      const line = chat.say.libraryLine(counts?.items ?? 0, counts?.segments ?? 0, failures.length);
      const more = failures.length > mostFailuresNamed ? [`  ${chat.say.moreFailed}`] : [];
      const failed = failures
        .slice(0, mostFailuresNamed)
        .map((one) => `  ✗ ${plainText(failureIn(chat.say.language, one).message, 400)}`);
      const folders = roots.map((root) => `  ${plainText(root, 300)}`);
      return [chat.libraryFolder, line, ...folders, ...failed, ...more].join("\n");
    },
  },
];

export const commands: readonly Command[] = [
  ...generalCommands,
  ...citationCommands,
  ...conversationCommands,
  {
    name: "quit",
    usage: "/quit",
    run: async (chat) => {
      chat.leave();
      return undefined;
    },
  },
];
