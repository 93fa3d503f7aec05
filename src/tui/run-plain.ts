import { createInterface } from "node:readline";
import type { Chat } from "./chat.ts";
import { isCommand, runCommand } from "./commands.ts";
import { expand, noInserts, takeTypedFiles } from "./inserts.ts";
import { plainRows } from "./plain-rows.ts";
import { sessionFacts } from "./session-picker.ts";
import { greet } from "./start.ts";

/**
 * The chat line by line, without cursor movement, colours or boxes: for TERM=dumb and screen readers. Ctrl+C stops an
 * answer that is at work, and leaves where none is.
 */
export async function runPlain(chat: Chat): Promise<void> {
  const { store, say } = chat;
  const input = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const typed = new Set<string>();
  let shown = 0;
  let isLeft = false;
  void chat.left.then(() => {
    isLeft = true;
  });
  const ask = () => isLeft || process.stdout.write("> ");
  let idle = true;
  const show = () => {
    const { blocks, run, queue } = store.get();
    const { showThoughts, showResults } = store.get();
    for (const block of blocks.slice(shown)) {
      // What was typed stands on the screen already; what was asked in an earlier life of the chat does not.
      if (block.type === "question" && typed.delete(block.text)) continue;
      for (const row of plainRows(block, { say, showThoughts, showResults }))
        process.stdout.write(`${row}\n`);
    }
    shown = blocks.length;
    const over = run === undefined && queue.length === 0;
    if (over && !idle) ask();
    idle = over;
  };
  const unsubscribe = store.subscribe(show);
  const interrupt = () => {
    if (!chat.stop()) chat.leave();
  };
  // A first Ctrl+C would end the program, as it ends a command.
  const others = process.listeners("SIGINT");
  process.removeAllListeners("SIGINT");
  process.on("SIGINT", interrupt);
  const offers = store.get().picker?.sessions ?? [];
  for (const [at, one] of offers.entries())
    process.stdout.write(`${at + 1}  ${one.title} · ${sessionFacts(one, say)}\n`);
  await greet(chat);
  if (offers.length > 0) process.stdout.write(say.pickWhich);
  else ask();
  const pick = async (text: string) => {
    const session = offers[Number(text) - 1];
    if (text !== "" && !session) return process.stdout.write(say.pickWhich);
    store.change({ picker: undefined });
    if (session) await chat.takeUp(session);
    return ask();
  };
  input.on("line", (row) => {
    const text = row.trim();
    if (store.get().picker) void pick(text);
    else if (text === "") ask();
    else if (isCommand(text)) void runCommand(chat, text).then(ask);
    else {
      idle = false;
      const written = takeTypedFiles(noInserts, text);
      const question = expand(written.text, written.inserts);
      typed.add(question.text);
      chat.ask(question);
    }
  });
  input.once("close", () => chat.leave());
  await chat.left;
  process.stdout.write("\n"); // The shell's next row does not begin behind a prompt.
  unsubscribe();
  process.off("SIGINT", interrupt);
  for (const other of others) process.on("SIGINT", other);
  input.close();
}
