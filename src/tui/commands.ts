import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Citation } from "../media/citation.ts";
import { detailOf, Failure } from "../media/failure.ts";
import { formatSpan } from "../media/time-code.ts";
import type { TuiMessages } from "../messages/tui.ts";
import type { Chat } from "./chat.ts";
import { conversationMarkdown } from "./export-markdown.ts";
import { play } from "./player.ts";

interface Command {
  readonly name: keyof TuiMessages["commands"];
  readonly usage: string;
  /** Gives what to say; throws `Failure`. `undefined`: nothing, or the arguments were wrong when `false`. */
  run(chat: Chat, argument: string): Promise<string | undefined | false>;
}

/** Whether a text is a command; a path such as /home/me/a.jpg is none. */
export function isCommand(text: string): boolean {
  return /^\/[a-z?]+(?:\s|$)/i.test(text.trim());
}

export async function runCommand(chat: Chat, text: string): Promise<void> {
  const [word = "", ...others] = text.split(/\s+/);
  const command = commands.find(({ name }) => `/${name}` === word.toLowerCase());
  const { store, say } = chat;
  if (!command) return store.add({ type: "note", text: say.unknownCommand(word) });
  try {
    const said = await command.run(chat, others.join(" "));
    if (said !== undefined)
      store.add({ type: "note", text: said === false ? say.usage(command.usage) : said });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    store.add({ type: "failure", failure: detailOf(error) });
  }
}

/** Runs with the cited moment that the argument numbers. */
function onCitation(
  work: (chat: Chat, citation: Citation, number: number) => Promise<string>,
): Command["run"] {
  return async (chat, argument) => {
    if (!/^\[?\d+\]?$/.test(argument)) return false;
    const number = Number(argument.replace(/[[\]]/g, ""));
    const cited = chat.citations();
    const citation = cited[number - 1];
    return citation ? work(chat, citation, number) : chat.say.noCitation(number, cited.length);
  };
}

const judge = (verdict: "like" | "wrong") =>
  onCitation(async (chat, { mediaId, span }, number) => {
    await (await chat.app()).recordFeedback({ verdict, query: chat.lastQuestion(), mediaId, span });
    return verdict === "like" ? chat.say.liked(number) : chat.say.markedWrong(number);
  });

export const commands: readonly Command[] = [
  {
    name: "help",
    usage: "/help",
    run: async ({ say }) =>
      [
        ...commands.map(({ name, usage }) => `${usage.padEnd(24)}${say.commands[name]}`),
        "",
        ...say.keys,
      ].join("\n"),
  },
  {
    name: "model",
    usage: "/model",
    run: async (chat) => {
      const { name, runsOn, contextTokens } = (await chat.library()).model;
      return chat.say.modelLine(name, runsOn, contextTokens);
    },
  },
  {
    name: "think",
    usage: "/think on|off|auto",
    run: async ({ store, say }, mode) => {
      if (mode !== "on" && mode !== "off" && mode !== "auto") return false;
      store.change({ thinking: mode });
      return say.thinkingMode(mode);
    },
  },
  {
    name: "index",
    usage: "/index PATH | --demo",
    run: async (chat, argument) => {
      if (argument === "") return false;
      const { startIndexing } = await import("./index-while-chatting.ts");
      return startIndexing(chat, argument);
    },
  },
  {
    name: "library",
    usage: "/library",
    run: async (chat) => {
      const { roots, failures, counts } = await (await chat.app()).state();
      const line = chat.say.libraryLine(counts?.items ?? 0, counts?.segments ?? 0, failures.length);
      return [chat.libraryFolder, line, ...roots.map((root) => `  ${root}`)].join("\n");
    },
  },
  {
    name: "open",
    usage: "/open N",
    run: onCitation(async ({ say }, citation) => {
      const place = `${citation.path} ${formatSpan(citation.span)}`.trim();
      const player = await play(citation, process.env);
      return player === undefined ? say.noPlayer(place) : say.opened(player, place);
    }),
  },
  {
    name: "clip",
    usage: "/clip N",
    run: onCitation(async (chat, { path: media, span }, number) => {
      const tool = (await chat.library()).tools.find(({ name }) => name === "export_clip");
      if (!tool || span.kind !== "time")
        return chat.say.usage(`/clip N: [${number}] ${path.basename(media)}`);
      const input = tool.input.parse({ media, startMs: span.startMs, endMs: span.endMs });
      const signal = new AbortController().signal;
      return (await tool.execute(input, { signal, progress: () => {} })).text;
    }),
  },
  { name: "like", usage: "/like N", run: judge("like") },
  { name: "wrong", usage: "/wrong N", run: judge("wrong") },
  {
    name: "sessions",
    usage: "/sessions",
    run: async (chat) => {
      const { listSessions } = await import("./sessions.ts");
      const sessions = await listSessions(chat.libraryFolder);
      if (sessions.length === 0) return chat.say.noSessions;
      const rows = sessions.slice(0, 20).map(({ id, title }) => `${id}  ${title}`);
      return [...rows, chat.say.resumeHint].join("\n");
    },
  },
  {
    name: "new",
    usage: "/new",
    run: async (chat) => {
      chat.use(undefined);
      return chat.say.newSession;
    },
  },
  {
    name: "export",
    usage: "/export [FILE.md]",
    run: async (chat, argument) => {
      const file = path.resolve(argument || `sightline-${new Date().toISOString().slice(0, 10)}.md`);
      try {
        await writeFile(file, conversationMarkdown(chat.store.get().blocks, chat.say), { flag: "wx" });
      } catch (error) {
        const remedy = chat.say.usage("/export FILE.md");
        throw new Failure(
          { code: "invalid-input", message: (error as Error).message, remedy },
          { cause: error },
        );
      }
      return chat.say.exported(file);
    },
  },
  {
    name: "stats",
    usage: "/stats",
    run: async ({ store, say }) => {
      const { blocks } = store.get();
      const questions = blocks.filter(({ type }) => type === "question").length;
      const ms = blocks.flatMap((block) => (block.type === "tool-done" ? [block.ms] : []));
      const seconds = (ms.reduce((sum, one) => sum + one, 0) / 1000).toFixed(1);
      return say.statsLine(questions, ms.length, seconds);
    },
  },
  {
    name: "quit",
    usage: "/quit",
    run: async (chat) => {
      chat.leave();
      return undefined;
    },
  },
];
