import type { Chat } from "./chat.ts";
import { openHistory } from "./history.ts";
import { openKeyReader } from "./keys.ts";
import { liveRows } from "./live-rows.ts";
import { type Paint, paintLine } from "./paint.ts";
import { paintFor } from "./paint-for.ts";
import { terminalQuery } from "./picture-protocol.ts";
import { press } from "./press.ts";
import { greet } from "./start.ts";
import { openTerminalPictures } from "./terminal-pictures.ts";

const tickMs = 120;

/** The chat on a terminal, until the person leaves. */
export async function runInk(chat: Chat, env: NodeJS.ProcessEnv): Promise<void> {
  const { stdin, stdout } = process;
  const paint = paintFor(env);
  // What Ink loads reads these while it is imported, so nothing of React may be imported before.
  if (paint.colour === "none") process.env.FORCE_COLOR = "0";
  process.env.NODE_ENV ??= "production";

  chat.store.change({ picks: true });
  if (paint.links) chat.links.turnOn();
  const reader = openKeyReader();
  const history = openHistory(chat.libraryFolder);
  let waiting: NodeJS.Timeout | undefined;
  const pictures = openTerminalPictures(env);
  const hear = (reply: string) => {
    pictures.hear(reply);
    chat.store.change({ finePictures: !["blocks", "none"].includes(pictures.protocol()) });
  };
  hear("");
  const take = (chunk: string) => {
    clearTimeout(waiting);
    for (const key of reader.push(chunk)) {
      if (key.type === "reply") hear(key.text);
      else press(chat, history, key);
    }
    // A lone escape is the key Esc when nothing follows it.
    if (reader.isWaiting())
      waiting = setTimeout(() => {
        for (const key of reader.flush()) press(chat, history, key);
      }, 30);
  };
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.on("data", take);
  stdout.write("\u001b[?2004h");
  const eraseFirst = drawFirst(chat, paint);
  const { renderScreen } = await import("./screen.tsx");
  // What is cited already, in a conversation that is gone on with, shall have its links, too.
  if (paint.links && chat.citations().length > 0) await chat.links.start();
  eraseFirst();
  const screen = renderScreen({
    store: chat.store,
    say: chat.say,
    paint,
    addressOf: chat.links.addressOf,
    pictures,
  });
  stdout.write(terminalQuery(env));
  const ticking = setInterval(() => {
    const { run, tick } = chat.store.get();
    if (run) chat.store.change({ tick: tick + 1 });
  }, tickMs);
  const greeting = greet(chat);
  try {
    await Promise.race([chat.left, failed(greeting)]);
  } finally {
    clearInterval(ticking);
    clearTimeout(waiting);
    stdin.off("data", take);
    screen.unmount();
    stdout.write("\u001b[?2004l");
    stdin.setRawMode(false);
    stdin.pause();
  }
}

/** The prompt, drawn by hand while Ink is still loaded; what it gives erases it again. Keys are kept meanwhile. */
function drawFirst({ store, say }: Chat, paint: Paint): () => void {
  const { stdout } = process;
  const size = { columns: stdout.columns || 80, height: Math.max(2, (stdout.rows || 24) - 2) };
  const { rows, cursor } = liveRows(store.get(), { ...size, say, now: performance.now() });
  const below = rows.length - 1 - cursor.y;
  const back = `${below > 0 ? `\u001b[${below}A` : ""}\r${cursor.x > 0 ? `\u001b[${cursor.x}C` : ""}`;
  stdout.write(rows.map((row) => paintLine(row, paint)).join("\r\n") + back);
  return () => {
    stdout.write(`\r${cursor.y > 0 ? `\u001b[${cursor.y}A` : ""}\u001b[J`);
  };
}

/** Ends only when the work fails. */
async function failed(work: Promise<void>): Promise<never> {
  await work;
  return new Promise<never>(() => {});
}
