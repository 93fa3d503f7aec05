import path from "node:path";
import type { Chat } from "./chat.ts";
import { blocksOfConversation } from "./chat-state.ts";
import type { Command } from "./command.ts";
import { openPicker, sessionFacts } from "./session-picker.ts";

/** Commands on conversations as a whole. */
export const conversationCommands: readonly Command[] = [
  {
    name: "sessions",
    usage: "/sessions [N]",
    run: async (chat, argument) => {
      const { listSessions } = await import("./sessions.ts");
      const sessions = await listSessions(chat.libraryFolder);
      if (sessions.length === 0) return chat.say.noSessions;
      const number = /^\d+$/.test(argument) ? Number(argument) : undefined;
      if (number === undefined && argument !== "") return false;
      if (number !== undefined) {
        const session = sessions[number - 1];
        if (session === undefined) return chat.say.noSession(number, sessions.length);
        await chat.rest();
        await chat.takeUp(session);
        return undefined;
      }
      if (chat.store.get().picks) {
        chat.store.change({ picker: openPicker(chat.libraryFolder, sessions) });
        return undefined;
      }
      const rows = sessions
        .slice(0, 20)
        .map((one, at) => `${String(at + 1).padStart(2)}  ${one.title} · ${sessionFacts(one, chat.say)}`);
      return [...rows, chat.say.pickByNumber].join("\n");
    },
  },
  {
    name: "new",
    usage: "/new",
    run: async (chat) => {
      await chat.rest();
      chat.startAfresh();
      return chat.say.newSession;
    },
  },
  {
    name: "export",
    usage: "/export [FILE.md]",
    run: async (chat, argument) => {
      const { exportConversation } = await import("./export.ts");
      const file = path.resolve(argument || `sightline-${new Date().toISOString().slice(0, 10)}.md`);
      return exportConversation(chat, file);
    },
  },
  {
    name: "stats",
    usage: "/stats",
    run: async ({ store, say }: Chat) => {
      const blocks = blocksOfConversation(store.get());
      const questions = blocks.filter(({ type }) => type === "question").length;
      const ms = blocks.flatMap((block) => (block.type === "tool-done" ? [block.ms] : []));
      const seconds = (ms.reduce((sum, one) => sum + one, 0) / 1000).toFixed(1);
      return say.statsLine(questions, ms.length, seconds);
    },
  },
];
