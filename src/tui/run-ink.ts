import type { Chat } from "./chat.ts";
import { endFirstPrompt, showFirstPrompt } from "./first-prompt.ts";
import { openHistory } from "./history.ts";
import { openKeyReader } from "./keys.ts";
import { paintFor } from "./paint-for.ts";
import { terminalQuery } from "./picture-protocol.ts";
import { press } from "./press.ts";
import { greet } from "./start.ts";
import { openTerminalPictures } from "./terminal-pictures.ts";

const tickMs = 120;

/** The chat on a terminal, until the person leaves. */
export async function runInk(chat: Chat, env: NodeJS.ProcessEnv): Promise<void> {
  const paint = paintFor(env);
  // What Ink loads reads these while it is imported, so nothing of React may be imported before.
  if (paint.colour === "none") process.env.FORCE_COLOR = "0";
  process.env.NODE_ENV ??= "production";

  chat.store.change({ picks: true });
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
  const first = showFirstPrompt(env, chat.say);
  first.listen(take);
  const { renderScreen } = await import("./screen.tsx");
  first.erase();
  const screen = renderScreen({
    store: chat.store,
    say: chat.say,
    paint,
    addressOf: chat.links.addressOf,
    pictures,
  });
  process.stdout.write(terminalQuery(env));
  const ticking = setInterval(() => {
    const { run, tasks, takingUp, tick } = chat.store.get();
    if (run || takingUp || tasks.length > 0) chat.store.change({ tick: tick + 1 });
  }, tickMs);
  const greeting = greet(chat);
  try {
    await Promise.race([chat.left, failed(greeting)]);
  } finally {
    clearInterval(ticking);
    clearTimeout(waiting);
    screen.unmount();
    endFirstPrompt();
  }
}

/** Ends only when the work fails. */
async function failed(work: Promise<void>): Promise<never> {
  await work;
  return new Promise<never>(() => {});
}
